"""What could lift a block: changes, each of which would undo one of its facts.

Every set of changes that makes room must undo a fact of every block, so that trying only these,
the cheapest sets first, finds the cheapest of all sets of the kinds that are here; of several
that ask the same of different people the first few are tried. Whether they help is never said
here; planning again says it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from domain.calendar import DAY, Turn, days_from, monday_of
from domain.center import Infection
from domain.concession import (
    MAY_ALLOW,
    AcceptsNight,
    ComesAnyway,
    Concession,
    DoctorAllows,
    HeldSeatUsed,
    NegativeReports,
    OtherPlace,
    PromiseReleased,
    TurnOpened,
    WorksOtherwise,
    shuts_by_choice,
)
from domain.need import wanted_sessions
from domain.patient import Night
from domain.problem import Problem
from domain.remedy import Crew, ExtraShift, GuestElsewhere, MoreNurses
from domain.shortage import Place
from domain.why_not import Ask, Block
from scheduler.open_seats import OpenSeats
from scheduler.rules.rule import Rule
from scheduler.why_not.own import Part

_ALIKE = 6
"""Changes of one kind that are tried for one block."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The question, with the turns that have begun: what was promised in them stays."""

    problem: Problem
    rules: tuple[Rule, ...]
    ask: Ask
    begun: Collection[Turn]

    @property
    def monday(self) -> date:
        """Of the week asked about."""
        return monday_of(self.ask.turn.day)


def for_own_week(scene: Scene, parts: Iterable[Part]) -> Iterator[Concession]:
    """What could lift a block by the patient's own facts."""
    yield from _other_place(scene)
    if scene.ask.turn not in scene.problem.turns:
        yield from _opening(scene, direct=True)
    for part in parts:
        if part.lock is not None:
            if part.lock.turn not in scene.begun:
                yield PromiseReleased(part.lock)
        elif part.rule.name in MAY_ALLOW:
            yield DoctorAllows(scene.ask.patient, part.rule.name)
        elif part.rule.name in _FOR_RULE:
            direct = part.model.allowed(scene.ask.patient, scene.ask.turn) == 0
            yield from islice(_FOR_RULE[part.rule.name](scene, direct), _ALIKE)


def own_changes(scene: Scene) -> Iterator[Concession]:
    """All that would give the patient other weeks to choose from."""
    yield from _night(scene, direct=False)
    yield from _absences(scene, direct=False)
    yield from _work(scene, direct=False)
    for rule in sorted(MAY_ALLOW):
        yield DoctorAllows(scene.ask.patient, rule)


def for_crowd(scene: Scene, block: Block) -> Iterator[Concession]:
    """What others could do to lift a block by counting."""
    yield from _other_place(scene)
    yield from islice(_promises(scene, block.people), _ALIKE)
    yield from _more_seats(scene, block.places)
    yield from islice(_closed_by_choice(scene, direct=False), _ALIKE)
    yield from islice(_guests(scene, block.people), _ALIKE)


def _other_place(scene: Scene) -> Iterator[Concession]:
    if scene.ask.zone or scene.ask.station:
        yield OtherPlace()


# --- the patient's own facts ------------------------------------------------------------------


def _near(scene: Scene, direct: bool) -> Iterator[date]:
    """Days whose facts can bar the turn; of the whole week, where it is not barred itself."""
    if direct:
        return days_from(scene.ask.turn.day - DAY, 3)
    return days_from(scene.monday - DAY, 9)


def _absences(scene: Scene, direct: bool) -> Iterator[Concession]:
    mine = scene.problem.absences.get(scene.ask.patient, ())
    for day in _near(scene, direct):
        if any(one.interval(day) is not None for one in mine):
            yield ComesAnyway(scene.ask.patient, day)


def _work(scene: Scene, direct: bool) -> Iterator[Concession]:
    for day in _near(scene, direct):
        if scene.problem.work_on(scene.ask.patient, day):
            yield WorksOtherwise(scene.ask.patient, day)


def _night(scene: Scene, direct: bool) -> Iterator[Concession]:
    del direct
    if scene.problem.patient[scene.ask.patient].night is Night.NEVER:
        yield AcceptsNight(scene.ask.patient)


def _blood(scene: Scene, direct: bool) -> Iterator[Concession]:
    del direct
    days = days_from(scene.monday, 7)
    status = (scene.problem.infection(scene.ask.patient, day) for day in days)
    if any(Infection.UNKNOWN in one for one in status):
        yield NegativeReports(scene.ask.patient, scene.problem.first_day - DAY)


def _opening(scene: Scene, direct: bool) -> Iterator[Concession]:
    turn = scene.ask.turn
    if turn in scene.problem.turns:
        yield from _closed_by_choice(scene, direct=direct)
        return
    status = scene.problem.infection(scene.ask.patient, turn.day)
    for zone in scene.problem.register.zones:
        if status <= zone.admits and _asked_for(scene, zone.code):
            yield ExtraShift((turn,), (Crew(zone.code, 1),))


def _asked_for(scene: Scene, zone: str) -> bool:
    ask = scene.ask
    if ask.station is not None:
        return scene.problem.station[ask.station].zone == zone
    return ask.zone in (None, zone)


def _closed_by_choice(scene: Scene, *, direct: bool) -> Iterator[Concession]:
    for turn in scene.problem.turns:
        here = turn == scene.ask.turn if direct else monday_of(turn.day) == scene.monday
        closures = scene.problem.register.closures
        if here and turn not in scene.begun and any(shuts_by_choice(c, turn) for c in closures):
            yield TurnOpened(turn)


_FOR_RULE: Mapping[str, Callable[[Scene, bool], Iterator[Concession]]] = {
    "availability": _absences,
    "work_overlap": _work,
    "work_recovery": _work,
    "night_rest": _work,
    "daily_load": _work,
    "night_eligible": _night,
    "zone_serology": _blood,
    "open_station": _opening,
}


# --- the crowd --------------------------------------------------------------------------------


def _promises(scene: Scene, people: Iterable[str]) -> Iterator[Concession]:
    for patient in people:
        for lock in scene.problem.locks.get(patient, ()):
            if lock.turn not in scene.begun:
                yield PromiseReleased(lock)


def _more_seats(scene: Scene, places: Iterable[Place]) -> Iterator[Concession]:
    """Held stations given away and further nurses, first in the turn that is asked for."""
    seats = OpenSeats(scene.problem, scene.rules)
    cells = [(place.zone, turn) for place in places for turn in _turns(scene.problem, place)]
    cells.sort(key=lambda cell: (cell[1] != scene.ask.turn, cell[1], cell[0]))
    held: list[Concession] = []
    nurses: list[Concession] = []
    for zone, turn in dict.fromkeys(cells):
        _, kept, unstaffed = seats.of(zone, turn).split(None)
        if turn in scene.begun:
            continue
        if unstaffed:
            nurses.append(MoreNurses(zone, turn.shift, (turn.day,), 1))
        elif kept:
            held.append(HeldSeatUsed(zone, turn))
    yield from (*held[:_ALIKE], *nurses[:_ALIKE])


def _turns(problem: Problem, place: Place) -> Iterator[Turn]:
    for turn in problem.turns:
        if place.shift in (None, turn.shift) and (not place.days or turn.day in place.days):
            yield turn


def _guests(scene: Scene, people: Iterable[str]) -> Iterator[Concession]:
    """Whoever needs least of another center comes first."""
    others = [one for one in people if one != scene.ask.patient]
    mondays = scene.problem.mondays
    wanted = {p: sum(wanted_sessions(scene.problem, p, m) for m in mondays) for p in others}
    for patient in sorted(others, key=lambda one: (wanted[one], one)):
        yield GuestElsewhere((patient,))
