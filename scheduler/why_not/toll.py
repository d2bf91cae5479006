"""What a counted block goes on saying when only some people's own weeks have changed.

Of some rows of seats every one of the block's people needs so many in every plan. Where a change
gives no seats, it is enough to count anew for those whom it touches: if all of them together still
need more than there are, nothing has to be planned again to know that it cannot be. Changes only
ever give room, so what people needed under some of them they need without these all the more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from domain.calendar import monday_of
from domain.concession import Concession, DoctorAllows, HeldSeatUsed, touched
from domain.plan import Plan
from domain.problem import Problem
from domain.remedy import GuestElsewhere, MoreNurses
from domain.why_not import Ask, Block
from scheduler.capacity_rows import CapacityRow
from scheduler.model import PROMISES, Model
from scheduler.planner import build_model
from scheduler.program import Bools
from scheduler.rules.rule import Rule
from scheduler.targets import narrowed
from scheduler.walks import zone_masks
from scheduler.weeks import Berth, weeks_of
from scheduler.why_not.own import in_place


@dataclass(frozen=True, slots=True)
class Toll:
    """A block, the rows that it counts, how many of their `seats` each of its people needs; found
    under some changes."""

    block: Block
    rows: tuple[CapacityRow, ...]
    needs: Mapping[str, int]
    seats: int
    under: frozenset[Concession]


@dataclass(frozen=True, slots=True)
class Case:
    """The question under some changes: the problem with them, and the plan in force."""

    problem: Problem
    plan: Plan
    ask: Ask
    changes: tuple[Concession, ...]


def missing(toll: Toll, case: Case, rules: Sequence[Rule]) -> int:
    """How many seats are missing under these changes, as far as the toll can tell: above 0 it is
    proven that the seat cannot be had, 0 says nothing."""
    fresh = [one for one in case.changes if one not in toll.under]
    whose = touched(fresh)
    if whose is None or _gives_seats(toll.rows, fresh):
        return 0
    gone = {p for one in fresh if isinstance(one, GuestElsewhere) for p in one.patients}
    needs = dict(toll.needs) | dict.fromkeys(gone, 0)
    for patient in sorted((whose | {case.ask.patient}) & toll.needs.keys() - gone):
        needs[patient] = min(needs[patient], _need(toll.rows, case, patient, rules))
    return max(0, sum(needs.values()) - toll.seats)


def _gives_seats(rows: Iterable[CapacityRow], changes: Iterable[Concession]) -> bool:
    cells = {(row.zone, row.turn.day, row.turn.shift) for row in rows}
    for one in changes:
        match one:
            case HeldSeatUsed(zone, turn) if (zone, turn.day, turn.shift) in cells:
                return True
            case MoreNurses(zone, shift, days, _) if any((zone, d, shift) in cells for d in days):
                return True
    return False


def _need(rows: Iterable[CapacityRow], case: Case, patient: str, rules: Iterable[Rule]) -> int:
    """Seats of the rows that the patient needs in every week that keeps all sessions; more than
    there can be if there is none."""
    let_go = {one.rule for one in case.changes
              if isinstance(one, DoctorAllows) and one.patient == patient}  # fmt: skip
    hard = [rule for rule in rules if rule.hard and rule.name not in let_go]
    model = build_model(narrowed(case.problem, frozenset({patient})), hard)
    counted = tuple(rows)
    return sum(_need_in_week(counted, case, model, patient, one) for one in case.problem.mondays)


def _need_in_week(
    rows: tuple[CapacityRow, ...], case: Case, model: Model, patient: str, monday: date
) -> int:
    kept = len(case.plan.by_week.get((patient, monday), ()))
    asked = patient == case.ask.patient and monday == monday_of(case.ask.turn.day)
    if not kept and not asked:
        return 0
    weeks = weeks_of(model, patient, monday, tuple(zone_masks(model).items()), (PROMISES,))
    keep: Bools = (weeks.choice >= 0).sum(axis=1) >= max(1, kept)
    if asked:
        weeks = in_place(model, case.ask, weeks)
        right = [i for i, one in enumerate(weeks.berths) if one.turn == case.ask.turn and one.seats]
        keep &= np.isin(weeks.choice, right).any(axis=1)
    uses = np.array([_used(rows, berth) for berth in weeks.berths] + [0], np.int64)
    found = uses[weeks.choice[keep]].sum(axis=1)
    return int(found.min()) if len(found) else 1 << 20


def _used(rows: Iterable[CapacityRow], berth: Berth) -> int:
    """How many of the rows a session in the berth counts in."""
    return sum(
        row.zone == berth.zone and row.turn == berth.turn and berth.seats | row.seats == row.seats
        for row in rows
    )
