"""What would it take? Every shortage, and what closes it, cheapest first, each solved anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from domain.plan import Plan
from domain.problem import Problem
from domain.remedied import remedied
from domain.remedy import GuestElsewhere, Remedy, RemedyKind
from domain.remedy_price import cost_of
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from scheduler.remedies.crowds import Crowd, among, beyond_help, crowds
from scheduler.remedies.fewest import Useless, fewer_sessions, fewest_elsewhere
from scheduler.remedies.fit import (
    Answer,
    Fit,
    fit,
    missing_at_least,
    plain_model,
    seats_all,
    short_of,
)
from scheduler.remedies.least import Amounts, least, smaller
from scheduler.remedies.parts import Kit, guests_kit, kits
from scheduler.remedies.terms import Closing, Helpless, Proven, Shortage, Terms


def closing(problem: Problem, terms: Terms, effort: Effort, onlooker: Onlooker) -> Closing:
    """The problem's shortages with what the terms allow to close them.

    `effort.seconds` are for each single question that is asked ("does everybody fit with
    this?"), of which there are a few dozen; most are answered in no time.
    """
    model = plain_model(problem)
    aside = beyond_help(model)
    whole = among(problem, frozenset(problem.patient) - frozenset(aside))
    world = _World(whole, terms, effort, onlooker)
    others = plain_model(whole) if aside else model
    parts = [(one, among(whole, frozenset(one.patients))) for one in crowds(others)]
    base = {one: fit(part, effort, onlooker, fewest=True) for one, part in parts}
    inquiries = [
        _Inquiry(world, crowd, part, base)
        for crowd, part in parts
        if base[crowd].answer is Answer.SHORT
    ]
    found = [answer for one in inquiries for answer in one.answers()]
    return Closing(
        shortages=tuple(one.shortage() for one in inquiries),
        remedies=tuple(sorted((one for one in found if isinstance(one, Proven)), key=_dearness)),
        helpless=tuple(one for one in found if isinstance(one, Helpless)),
        aside=aside,
        unsettled=tuple(one.zones for one, its in base.items() if its.answer is Answer.OPEN),
    )


def _dearness(one: Proven) -> tuple[int, int]:
    return one.cost.minutes, list(RemedyKind).index(one.kind)


@dataclass(frozen=True, slots=True)
class _World:
    """What every question of one run shares."""

    problem: Problem
    terms: Terms
    effort: Effort
    onlooker: Onlooker

    @property
    def stopped(self) -> bool:
        """True once somebody wants the answers that there are."""
        return bool(self.onlooker.stop.interrupted)

    def ask(self, problem: Problem) -> Fit:
        """Does everybody fit?"""
        if self.stopped:
            return Fit(Answer.OPEN, None, cost=0, bound=0, least=0)
        return fit(problem, self.effort, self.onlooker)


@dataclass(frozen=True, slots=True)
class _Inquiry:
    """One crowd that does not fit: its part of the problem, and how all crowds stand."""

    world: _World
    crowd: Crowd
    part: Problem
    base: Mapping[Crowd, Fit]

    @property
    def short(self) -> Fit:
        """How this crowd stands without remedies."""
        return self.base[self.crowd]

    def shortage(self) -> Shortage:
        """What is missing."""
        plan = self.short.plan
        return Shortage(
            self.crowd.zones,
            self.crowd.patients,
            self.short.least,
            short_of(self.part, plan) if plan is not None else {},
            self.short.fewest,
        )

    def answers(self) -> Iterator[Proven | Helpless]:
        """For each kind of remedy that the terms allow, the cheapest that was found to close the
        shortage, or else that none does."""
        terms = self.world.terms
        for kind, rows in kits(self.part, self.crowd.zones, terms).items():
            found = [answer for row in rows for answer in self._first(row)]
            closing_it = [one for one in found if isinstance(one, Proven)]
            proven = all(one.proven for one in found if isinstance(one, Helpless))
            yield min(closing_it, key=_dearness, default=Helpless(kind, self.crowd.zones, proven))
        if terms.fewer and RemedyKind.FEWER in terms.kinds:
            yield self._fewer()
        if RemedyKind.GUESTS in terms.kinds and self.short.plan is not None:
            yield self._guests(self.short.plan)

    def _first(self, row: Iterable[Kit]) -> Iterator[Proven | Helpless]:
        """The kits that do not close it, up to the first that does."""
        for kit in row:
            answer = self._tried(kit)
            yield answer
            if isinstance(answer, Proven):
                return

    # --- kits -----------------------------------------------------------------------------------

    def _tried(self, kit: Kit) -> Proven | Helpless:
        """The least of a kit that closes it. What counting seats allows is looked for first:
        mostly it closes, and then no smaller amounts can, for they do not even by counting."""
        kind, zones = kit.kind, self.crowd.zones
        asked = _Asked(self.world, self.part, kit, {(): self.short})
        amounts = least(kit.most, asked.might)
        if amounts is None:
            return Helpless(kind, zones, proven=True)
        if asked.answer(amounts) is not Answer.FITS:
            amounts = least(kit.most, lambda some: asked.answer(some) is Answer.FITS)
        if amounts is None:
            return Helpless(kind, zones, asked.answer(kit.most) is Answer.SHORT)
        if kit.core.isdisjoint(amounts):
            return Helpless(kind, zones, proven=True)
        enough = all(asked.answer(one) is Answer.SHORT for one in smaller(amounts))
        return self._judged(kind, kit.make(amounts), asked.fit(amounts).plan, least=enough)

    # --- patients -------------------------------------------------------------------------------

    def _fewer(self) -> Proven | Helpless:
        """Sessions given up by as few of the listed patients as will do."""
        terms, world = self.world.terms, self.world
        found = fewer_sessions(
            self.part, terms.fewer, terms.fewer_source, world.effort, world.onlooker
        )
        if isinstance(found, Useless):
            return Helpless(RemedyKind.FEWER, self.crowd.zones, found.proven)
        return self._judged(RemedyKind.FEWER, (found.remedy,), found.plan, least=found.fewest)

    def _guests(self, plan: Plan) -> Proven | Helpless:
        """Whoever has no place in the best plan goes elsewhere: nobody fewer would do. Where it
        gives some patients a part of their sessions, all or nothing is asked for; over several
        weeks, in which some may lack one week only, each is tried whether others are enough."""
        world, fewest = self.world, self.short.fewest
        away = short_of(self.part, plan)
        if not plan.by_patient.keys().isdisjoint(away):
            found = fewest_elsewhere(self.part, world.effort, world.onlooker)
            plan, fewest = found.plan, found.cost <= found.bound
            away = short_of(self.part, plan)
        if self.part.weeks > 1:
            return self._tried(guests_kit(away))
        rest = (row for row in plan.assignments if row.patient not in away)
        kept = Plan.of(plan.first_day, plan.weeks, rest)
        remedy = GuestElsewhere(tuple(sorted(away)))
        return self._judged(RemedyKind.GUESTS, (remedy,), kept, least=fewest)

    # --- the judge's word -----------------------------------------------------------------------

    def _judged(
        self, kind: RemedyKind, remedies: tuple[Remedy, ...], plan: Plan | None, *, least: bool
    ) -> Proven | Helpless:
        """The remedies as proven, if the judge of the whole center agrees: everybody else keeps
        the plan that there is without them. That fails where a day on which the center opens
        makes somebody due whose zone stays shut; such a remedy is not offered."""
        zones, whole = self.crowd.zones, self.world.problem
        others = [its.plan for crowd, its in self.base.items() if crowd != self.crowd]
        joined = _joined(plan, others) if plan is not None else None
        changed = remedied(whole, remedies)
        if joined is None or not seats_all(changed, joined, self.crowd.patients):
            return Helpless(kind, zones, proven=False)
        cost = cost_of(whole, remedies, self.world.terms.rates)
        return Proven(kind, zones, remedies, cost, joined, least)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Questions about amounts of one kit, each asked once."""

    world: _World
    part: Problem
    kit: Kit
    known: dict[tuple[tuple[str, int], ...], Fit]
    ruled_out: set[tuple[tuple[str, int], ...]] = field(default_factory=set)

    def might(self, amounts: Amounts) -> bool:
        """True unless counting seats proves that somebody goes short all the same."""
        key = _key(amounts)
        if key in self.known:
            return self.known[key].answer is Answer.FITS
        if not self.world.stopped and missing_at_least(plain_model(self._with(amounts))):
            self.ruled_out.add(key)
        return key not in self.ruled_out

    def answer(self, amounts: Amounts) -> Answer:
        """Whether everybody fits."""
        return Answer.SHORT if _key(amounts) in self.ruled_out else self.fit(amounts).answer

    def fit(self, amounts: Amounts) -> Fit:
        """The same with its plan."""
        key = _key(amounts)
        if key not in self.known:
            self.known[key] = self.world.ask(self._with(amounts))
        return self.known[key]

    def _with(self, amounts: Amounts) -> Problem:
        return remedied(self.part, self.kit.make(amounts))


def _key(amounts: Amounts) -> tuple[tuple[str, int], ...]:
    return tuple((name, many) for name, many in sorted(amounts.items()) if many)


def _joined(plan: Plan, others: Iterable[Plan | None]) -> Plan:
    """One plan of several crowds' plans."""
    rows = (row for one in (plan, *others) if one is not None for row in one.assignments)
    return Plan.of(plan.first_day, plan.weeks, rows)
