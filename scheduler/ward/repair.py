"""A nurse is ill: the fewest changes that leave the fewest gaps, and only then the rest.

Two searches. The first knows only gaps and changes, so that its bound is the proven minimum of
both. The second gives everything else its usual price below theirs; where it would change more
than the minimum, the first one's roster stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from domain.nurse_roster import AwayDay, Duty, DutyChange, NurseRoster
from domain.nurse_terms import NurseDayKind
from domain.ward import Ward
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from scheduler.roster.judge import judge
from scheduler.roster.shape import Cover, Roster, Shape, fixed
from scheduler.ward.check import RosterVerdict, check_roster
from scheduler.ward.draft import Draft
from scheduler.ward.leads import with_leads
from scheduler.ward.make import draft_of, solved_shape

_CHANGE = 50
"""Price of a day that differs, in the first search; a missing nurse costs at least 200."""
_GAPS = 1_000
"""By how much gaps and changes outweigh everything else in the second."""


@dataclass(frozen=True, slots=True)
class RepairedRoster:
    """The roster after the repair, what changed for whom, and the fewest changes that any
    roster with so few gaps has; `proven` if that is certain."""

    roster: NurseRoster
    changes: tuple[DutyChange, ...]
    fewest: int
    proven: bool
    verdict: RosterVerdict


def ill(roster: NurseRoster, nurse: str, first: date, last: date) -> NurseRoster:
    """The roster without the nurse's duties from a day to a day, both included; those days are
    marked as illness. Days that are away already keep their reason."""
    days = [day for day in roster.days if first <= day <= last]
    away = {(one.nurse, one.day): one for one in roster.away}
    for day in days:
        away.setdefault((nurse, day), AwayDay(day, nurse, NurseDayKind.ILL))
    duties = (one for one in roster.duties if one.nurse != nurse or one.day not in days)
    return NurseRoster.of(roster.first_day, roster.weeks, duties, away.values())


def repair_roster(
    ward: Ward, roster: NurseRoster, now: date, effort: Effort, onlooker: Onlooker
) -> RepairedRoster:
    """Fills what illness left open from a day on; days before stay as they are.

    `ward` must know of the days away that the roster has. Raises NoRoster.
    """
    draft = draft_of(ward)
    _keep_past(draft, roster, now)
    whole = draft.shape(roster, _CHANGE)
    bare = _bare(whole)
    first = solved_shape(draft, bare, effort, onlooker)
    fewest = _differ(whole, first.roster)
    second = solved_shape(draft, _weighed(whole), effort, onlooker)
    better = _bare_cost(bare, second.roster) <= _bare_cost(bare, first.roster)
    cells = second.roster if better else first.roster
    return _repaired(ward, roster, draft, cells, fewest, proven=first.proven)


def roster_changes(before: NurseRoster, after: NurseRoster) -> tuple[DutyChange, ...]:
    """Every nurse's day that differs, in order of day and nurse; leads do not count."""
    old = {(one.nurse, one.day): one for one in before.duties}
    found = {(one.nurse, one.day): one for one in after.duties}
    keys = sorted({*old, *found}, key=lambda key: (key[1], key[0]))
    return tuple(
        DutyChange(nurse, day, old.get((nurse, day)), found.get((nurse, day)))
        for nurse, day in keys
        if _plain(old.get((nurse, day))) != _plain(found.get((nurse, day)))
    )


def _plain(duty: Duty | None) -> tuple[str, str] | None:
    return None if duty is None else (duty.kind, duty.zone)


def _keep_past(draft: Draft, roster: NurseRoster, now: date) -> None:
    cells = draft.cells(roster)
    shape = draft.shape()
    for nurse, row in zip(draft.nurses, cells, strict=True):
        for day, at in draft.day.items():
            if day < now:
                asked = draft.asked[nurse]
                asked.barred = {cell for cell in asked.barred if cell[0] != at}
                asked.barred |= fixed(shape, at, row[at])


def _bare(shape: Shape) -> Shape:
    """Only gaps and changes cost anything."""
    people = tuple(
        replace(
            person,
            wishes=(),
            sums=tuple(one for one in person.sums if one.under is None and one.over is None),
            weekends=tuple(one for one in person.weekends if one.over is None),
        )
        for person in shape.people
    )
    return replace(shape, people=people, covers=tuple(_gap_only(shape.covers)))


def _gap_only(covers: Iterable[Cover]) -> Iterable[Cover]:
    """Aims have a price on both sides; a gap only where somebody is missing."""
    return (cover for cover in covers if not cover.over)


def _weighed(shape: Shape) -> Shape:
    """Gaps and changes far above everything else."""
    covers = tuple(
        cover if cover.over else replace(cover, under=cover.under * _GAPS) for cover in shape.covers
    )
    return replace(shape, covers=covers, change=shape.change * _GAPS)


def _bare_cost(bare: Shape, cells: Roster) -> int:
    return judge(bare, cells).cost


def _differ(shape: Shape, cells: Roster) -> int:
    start = shape.start or ()
    return sum(
        one != other
        for row, old in zip(cells, start, strict=True)
        for one, other in zip(row, old, strict=True)
    )


def _repaired(
    ward: Ward, roster: NurseRoster, draft: Draft, cells: Roster, fewest: int, *, proven: bool
) -> RepairedRoster:
    made = NurseRoster.of(roster.first_day, roster.weeks, draft.duties(cells), roster.away)
    kept = {(one.nurse, one.day): one for one in roster.duties}
    same = (
        replace(one, until=old.until)
        if (old := kept.get((one.nurse, one.day))) and old.kind == one.kind
        else one
        for one in made.duties
    )
    timed = NurseRoster.of(made.first_day, made.weeks, same, made.away)
    after = with_leads(ward, timed, roster.duties)
    return RepairedRoster(
        after, roster_changes(roster, after), fewest, proven, check_roster(ward, after)
    )
