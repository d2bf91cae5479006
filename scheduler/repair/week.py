"""One week of a plan mended: first the turns, then the stations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.by_patient import by_patient
from domain.changes import changes
from domain.plan import Assignment, Plan
from scheduler.repair.measures import MEASURES, Measure
from scheduler.repair.question import Question
from scheduler.repair.repaired import LeftOut, Minimum, OwnCost
from scheduler.repair.reseat import Reseated, reseated
from scheduler.repair.retime import Found, Retimed, retimed
from scheduler.repair.situation import Situation


@dataclass(frozen=True)
class Mended:
    """A week's new sessions and what is proven of them."""

    situation: Situation
    rows: tuple[Assignment, ...]
    minima: tuple[Minimum, ...]
    own: tuple[OwnCost, ...]
    left_out: tuple[LeftOut, ...]
    overdue: frozenset[str]
    asked: int


def mended(question: Question) -> Mended:
    """The week as it is best mended within the effort."""
    situation = question.situation
    times = retimed(question)
    seats = reseated(question, times.berths)
    return Mended(
        situation=situation,
        rows=seats.rows,
        minima=tuple(_minima(question, times, seats)),
        own=tuple(OwnCost(f.tier, f.cost, f.bound) for f in times.tiers if f.tier not in MEASURES),
        left_out=tuple(_left_out(situation, times, seats.rows)),
        overdue=times.overdue,
        asked=len(times.berths),
    )


def _minima(question: Question, times: Retimed, seats: Reseated) -> Iterator[Minimum]:
    by_tier = {one.tier: one for one in times.tiers}
    for measure in Measure:
        found = by_tier[measure]
        if measure is Measure.STATIONS:
            yield Minimum(measure, seats.moved, _fewest_stations(question, times, by_tier))
        else:
            yield Minimum(measure, found.cost, found.bound)


def _fewest_stations(question: Question, times: Retimed, by_tier: Mapping[int, Found]) -> int:
    """Sessions that must change their station if no more than the proven least change their
    time: of those at shut stations, all that do neither that nor are left out."""
    if any(by_tier[one].bound < by_tier[one].cost for one in MEASURES[:-1]):
        return 0
    shut = tuple(_shut(question))
    gone = by_tier[Measure.SESSIONS].cost + by_tier[Measure.UNPLACED].cost
    others = sum(row.patient not in times.berths for row in shut)
    tier = by_tier[Measure.STATIONS]
    return max(tier.bound + others if tier.bound >= tier.cost else 0, len(shut) - gone)


def _shut(question: Question) -> Iterator[Assignment]:
    """Planned sessions still to begin whose station is shut."""
    situation, problem = question.situation, question.situation.problem
    for zone, turn in question.room.short:
        for row in question.room.crowd[zone, turn]:
            if turn in situation.turns and not problem.is_open(row.station, turn):
                yield row


def _left_out(
    situation: Situation, times: Retimed, rows: tuple[Assignment, ...]
) -> Iterator[LeftOut]:
    planned = by_patient(rows)
    for patient in sorted(times.berths):
        mine = planned.get(patient, ())
        missing = times.owed[patient] - len(mine)
        if missing > 0:
            due = (*situation.held.get(patient, ()), *situation.due.get(patient, ()))
            before, after = (Plan.of(situation.monday, 1, some) for some in (due, mine))
            lost = [one.before for one in changes(before, after) if one.after is None]
            dropped = tuple(row for row in lost if row is not None)
            yield LeftOut(patient, situation.monday, missing, dropped)
