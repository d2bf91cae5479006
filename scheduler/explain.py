"""After the plan: who stays without sessions, and what is in the way.

Nothing here trusts the search. A patient's legal weeks are listed again, every seat that they
need is compared with who sits there in the plan, and the places that are named are checked to
block every one of these weeks, none of them in vain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from domain.calendar import WEEK, Turn, days_from
from domain.need import wanted_sessions
from domain.plan import Plan
from domain.problem import Problem
from domain.shortage import Cap, Clash, ClashKind, Obstacle, Place, Shortfall, Unplaced
from domain.words import Words, words
from scheduler.capacity import capacity
from scheduler.capacity_rows import CapacityRow, capacity_rows
from scheduler.clashes import clashes
from scheduler.model import PROMISES, Model
from scheduler.open_seats import OpenSeats
from scheduler.places import Spot, places
from scheduler.planner import build_model
from scheduler.program import Bools
from scheduler.rules import RULES
from scheduler.rules.rule import Rule
from scheduler.timetable import tiers_of
from scheduler.walks import zone_masks
from scheduler.weeks import Berth, Weeks, may_follow, weeks_of

_NO_WEEK = frozenset({ClashKind.NO_WEEK, ClashKind.NO_ZONE, ClashKind.PROMISE})


def reasons(
    problem: Problem, plan: Plan, rules: Iterable[Rule] = RULES, model: Model | None = None
) -> tuple[Unplaced, ...]:
    """Every patient's week with fewer sessions than wanted, and why. The plan must be legal.

    `model` is what `build_model` made of the same problem and rules; with it, nothing has to
    be encoded again.
    """
    shorts = tuple(_short_weeks(problem, plan))
    if not shorts:
        return ()
    hard = tuple(rule for rule in rules if rule.hard)
    whole = model or build_model(problem, hard)
    known = {
        (clash.patients[0], clash.monday): clash
        for clash in clashes(problem, hard, whole)
        if clash.kind in _NO_WEEK
    }
    proofs = capacity(problem, hard, whole).total.shortfalls
    inquiry = _Inquiry(whole, plan, OpenSeats(problem, hard))
    return tuple(
        inquiry.reason(
            short,
            known.get((short.patient, short.monday)),
            next((one for one in proofs if short.patient in one.patients), None),
        )
        for short in shorts
    )


@dataclass(frozen=True, slots=True)
class _Short:
    """A patient's week with fewer sessions than wanted."""

    patient: str
    monday: date
    wanted: int
    planned: int

    @property
    def gaps(self) -> dict[str, str | int | date]:
        """For every sentence about it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def _short_weeks(problem: Problem, plan: Plan) -> Iterator[_Short]:
    for patient in sorted(problem.patient):
        for monday in problem.mondays:
            wanted = wanted_sessions(problem, patient, monday)
            planned = len(plan.by_week.get((patient, monday), ()))
            if planned < wanted:
                yield _Short(patient, monday, wanted, planned)


@dataclass(frozen=True, slots=True)
class _Full:
    """A zone and turn without a seat for the patient: the row that is full, and with how many."""

    row: CapacityRow
    taken: int


class _Inquiry:
    """A plan's seats, asked for one patient after the other."""

    def __init__(self, model: Model, plan: Plan, seats: OpenSeats) -> None:
        self._model = model
        self._problem = model.problem
        self._plan = plan
        self._seats = seats
        self._masks = zone_masks(model)
        self._tiers = tiers_of(model)

    def reason(
        self,
        short: _Short,
        clash: Clash | None,
        shortfall: Shortfall | None,
    ) -> Unplaced:
        """Why the patient's week is short."""
        weeks = self._better(short)
        full = [self._full(short.patient, berth) for berth in weeks.berths]
        hit = needed(weeks.choice, np.array([one is not None for one in full], np.bool_))
        free = np.flatnonzero(~hit.any(axis=1))
        found: tuple[Obstacle, ...] = ()
        room: tuple[Turn, ...] = ()
        if len(free):
            room = tuple(weeks.berths[i].turn for i in weeks.choice[free[0]] if i >= 0)
        elif len(hit):
            named = [one for i in hitting_set(hit) if (one := full[i]) is not None]
            found = tuple(self._obstacles(short, named))
        return Unplaced(
            patient=short.patient,
            monday=short.monday,
            wanted=short.wanted,
            planned=short.planned,
            missing=short.wanted - short.planned,
            weeks=len(hit),
            obstacles=found,
            room=room,
            clash=clash,
            shortfall=shortfall,
            words=clash.words if clash else self._say(short, room, found, len(hit)),
        )

    # --- weeks that would be better -----------------------------------------------------------

    def _better(self, short: _Short) -> Weeks:
        """The legal weeks with more sessions than planned that the weeks around allow, in
        which every promise is kept."""
        zones = tuple(self._masks.items())
        weeks = weeks_of(self._model, short.patient, short.monday, zones, self._tiers)
        keep = (weeks.choice >= 0).sum(axis=1) > short.planned
        if PROMISES in self._tiers:
            keep &= weeks.cost[:, self._tiers.index(PROMISES)] == 0
        begins, ends = self._borders(short)
        keep &= begins[weeks.days[:, 0]] & ends[weeks.days[:, 1]]
        return replace(
            weeks, choice=weeks.choice[keep], cost=weeks.cost[keep], days=weeks.days[keep]
        )

    def _borders(self, short: _Short) -> tuple[Bools, Bools]:
        """On which days the week may begin and end, given what is planned around it."""
        patient, monday = short.patient, short.monday
        before = self._plan.by_week.get((patient, monday - WEEK), ())
        after = self._plan.by_week.get((patient, monday + WEEK), ())
        days = tuple(days_from(monday, 7))
        begins = [all(may_follow(self._model, patient, row.day, d) for row in before[-1:])
                  for d in days]  # fmt: skip
        ends = [all(may_follow(self._model, patient, d, row.day) for row in after[:1])
                for d in days]  # fmt: skip
        return np.array(begins, np.bool_), np.array(ends, np.bool_)

    # --- seats --------------------------------------------------------------------------------

    def _full(self, patient: str, berth: Berth) -> _Full | None:
        """The row that has no room for the patient; `None` if there is a seat."""
        taken = list(self._taken(patient, berth))
        rows = capacity_rows(self._model, berth.zone, berth.turn, [*taken, berth.seats])
        row = next(rows, None)
        if row is None:
            return None
        return _Full(row, sum(one | row.seats == row.seats for one in taken))

    def _taken(self, patient: str, berth: Berth) -> Iterator[int]:
        """For everybody else in the berth's zone and turn, the stations that would do."""
        stations = self._masks[berth.zone]
        for row in self._plan.by_turn.get(berth.turn, ()):
            own = self._model.mask((row.station,))
            if row.patient != patient and own & stations:
                yield own | self._model.allowed(row.patient, berth.turn) & stations

    def _obstacles(self, short: _Short, full: Iterable[_Full]) -> Iterator[Obstacle]:
        prescription = self._problem.prescription_of_week(short.patient, short.monday)
        kind = prescription.modality if prescription else None
        taken: dict[Spot, int] = {}
        for one in full:
            row = one.row
            whole = row.limit < row.seats.bit_count()
            names = () if whole else self._model.names(row.seats)
            spot = self._seats.spot(row.zone, row.turn, names, row.limit, kind)
            taken[spot] = one.taken
        for place, spots in places(self._problem, taken):
            yield _obstacle(place, sum(taken[spot] for spot in spots))

    # --- words --------------------------------------------------------------------------------

    def _say(
        self, short: _Short, room: tuple[Turn, ...], found: tuple[Obstacle, ...], weeks: int
    ) -> Words:
        if room:
            return words(
                "{patient}, week of {monday}: {planned} of {wanted} sessions, though there is "
                "room in {turns}",
                **short.gaps,
                turns=tuple(self._problem.say(turn) for turn in room),
            )
        obstacles = tuple(one.words for one in found)
        if weeks == 1:
            return words(
                "{patient}, week of {monday}: {planned} of {wanted} sessions; the only legal week "
                "needs a seat that is taken: {obstacles}",
                **short.gaps,
                obstacles=obstacles,
            )
        if weeks:
            return words(
                "{patient}, week of {monday}: {planned} of {wanted} sessions; each of {weeks} "
                "legal weeks needs a seat that is taken: {obstacles}",
                **short.gaps,
                weeks=weeks,
                obstacles=obstacles,
            )
        return words(
            "{patient}, week of {monday}: {planned} of {wanted} sessions, no legal week has more",
            **short.gaps,
        )


def _obstacle(place: Place, taken: int) -> Obstacle:
    if place.cap is Cap.NURSES:
        said = words(
            "{place}: {taken} of {seats} that the nurses may care for",
            place=place.words,
            taken=taken,
            seats=place.seats,
        )
    elif place.cap is Cap.HELD:
        said = words(
            "{place}: {taken} of {seats} seats, the others are held back",
            place=place.words,
            taken=taken,
            seats=place.seats,
        )
    else:
        said = words(
            "{place}: {taken} of {seats} seats", place=place.words, taken=taken, seats=place.seats
        )
    return Obstacle(place, taken, said)


def needed(choice: NDArray[np.int16], blocked: Bools) -> Bools:
    """Which blocked berths each week needs; shape: weeks x berths."""
    table: Bools = np.zeros((len(choice), len(blocked) + 1), np.bool_)
    np.put_along_axis(table, choice.astype(np.int64) % (len(blocked) + 1), True, axis=1)
    hit: Bools = table[:, :-1] & blocked
    return hit


def hitting_set(hit: Bools) -> list[int]:
    """Columns of which every row has at least one, and none of them in vain.

    Taken greedily, the one that most rows still need first, then left out again where the
    others will do.
    """
    chosen: list[int] = []
    open_ = np.ones(len(hit), np.bool_)
    while open_.any():
        chosen.append(int(hit[open_].sum(axis=0).argmax()))
        open_ &= ~hit[:, chosen[-1]]
    for column in tuple(chosen):
        rest = [one for one in chosen if one != column]
        if rest and bool(hit[:, rest].any(axis=1).all()):
            chosen = rest
    return sorted(chosen)
