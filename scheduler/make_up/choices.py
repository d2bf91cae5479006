"""Every legal way for one patient to spend what is left of a week after a missed session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from domain.bad_day import Wait
from domain.calendar import Turn, monday_of
from domain.plan import Assignment, Plan
from domain.waiting import Waiting
from scheduler.make_up.floor import Ground
from scheduler.model import PROMISES
from scheduler.timetable import tiers_of
from scheduler.weeks import Berth, weeks_of


@dataclass(frozen=True, slots=True)
class Choice:
    """The turns still to come, one more than are planned now: `extra` are those that are not
    planned, the first of them the one that is offered; `given_up` are planned sessions that they
    replace. `cost` is by tier, of the patient's week alone."""

    extra: tuple[Berth, ...]
    given_up: tuple[Assignment, ...]
    wait: Wait | None
    hours: int
    cost: tuple[int, ...]

    @property
    def offered(self) -> Berth:
        """Where the missed session is made up."""
        return self.extra[0]

    @property
    def order(self) -> tuple[object, ...]:
        """Less is better, as far as the patient alone can say."""
        over = 0 if self.wait is None else max(0, self.wait.over)
        turns = tuple((one.turn.day, one.turn.shift) for one in self.extra)
        return (over, len(self.given_up), self.cost, turns)


def choices(
    there: Ground,
    plan: Plan,
    counted: Waiting,
    missed: Assignment,
    gone: frozenset[Turn],
    hours: int,
) -> tuple[Choice, ...]:
    """Every choice that makes the session up within so many hours of its own start, in turns
    that have not begun. `plan` is without the missed session; of its week only the patient's
    sessions in turns that are gone stay for certain."""
    patient = missed.patient
    mine = plan.by_patient.get(patient, ())
    _hold(there, missed, [row for row in mine if row.turn in gone], gone)
    planned = {row.turn: row for row in mine if row.turn not in gone}
    start = there.problem.shift[missed.shift].interval(missed.day).start
    found = []
    for berths, cost in _weeks(there, patient, missed):
        ahead = {one.turn: one for one in berths if one.turn not in gone}
        extra = tuple(one for turn, one in ahead.items() if turn not in planned)
        given_up = tuple(row for turn, row in planned.items() if turn not in ahead)
        if len(extra) != len(given_up) + 1:
            continue
        begin = there.problem.shift[extra[0].turn.shift].interval(extra[0].turn.day).start
        late = begin - start
        if late <= timedelta(hours=hours):
            wait = counted.longest(patient, [one.turn.day for one in berths])
            whole = -(-late // timedelta(hours=1))
            found.append(Choice(extra, given_up, wait, whole, cost))
    return tuple(sorted(found, key=lambda one: one.order))


def _hold(
    there: Ground, missed: Assignment, done: Iterable[Assignment], gone: frozenset[Turn]
) -> None:
    """What has begun is as it was; nothing else can be put there, nor into the missed turn."""
    model, patient = there.model, missed.patient
    kept = {row.turn: row.station for row in done}
    for turn in gone | {missed.turn}:
        if turn in kept:
            model.barred[patient].discard(turn)
            model.seats[patient, turn] = model.bit[kept[turn]]
        else:
            model.bar(patient, turn)
    later = [turn for turn in model.promises.get(patient, ()) if turn not in gone]
    model.promises[patient] = [*kept, *later]


def _weeks(
    there: Ground, patient: str, missed: Assignment
) -> Iterator[tuple[tuple[Berth, ...], tuple[int, ...]]]:
    """Every legal week with its costs, in order of time within."""
    model = there.model
    zones = tuple((c, model.mask(s)) for c, s in there.problem.zone_stations.items())
    tiers = tiers_of(model)
    weeks = weeks_of(model, patient, monday_of(missed.day), zones, tiers)
    broken = tiers.index(PROMISES) if PROMISES in tiers else None
    for picked, cost in zip(weeks.choice[1:].tolist(), weeks.cost[1:].tolist(), strict=True):
        if broken is None or not cost[broken]:
            yield tuple(weeks.berths[i] for i in picked if i >= 0), tuple(cost)
