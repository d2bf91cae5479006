"""The fairness ledger: what a roster means for each nurse, and what is carried on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from domain.calendar import monday_of
from domain.nurse_roster import Duty, NurseAccount, NurseRoster
from domain.nurse_terms import DutyKind, NurseBalance, NurseBurden, NurseDayKind
from domain.problem import Problem
from domain.ward import WORKDAYS, Ward

AwayOn = Mapping[tuple[str, date], NurseDayKind]


def worked(ward: Ward, roster: NurseRoster, nurse: str) -> int:
    """Minutes of the nurse's duties; a mark that the ward does not have counts none."""
    mine = roster.by_nurse.get(nurse, ())
    return sum(ward.kind[duty.kind].minutes for duty in mine if duty.kind in ward.kind)


def trained(ward: Ward, nurse: str, away: AwayOn) -> int:
    """Minutes of days of training, each a day's work by the contract."""
    daily = ward.nurse[nurse].weekly_minutes // WORKDAYS
    return daily * sum(away.get((nurse, day)) is NurseDayKind.TRAINING for day in ward.days)


def goal(ward: Ward, nurse: str, away: AwayOn) -> int:
    """Minutes of duties that would leave no rest owed, and none taken in advance."""
    owed = ward.balance(nurse, NurseBurden.REST)
    return ward.due(nurse, away) - trained(ward, nurse, away) - owed


def accounts(ward: Ward, roster: NurseRoster) -> tuple[NurseAccount, ...]:
    """Everybody's row of the ledger, by code."""
    return tuple(_account(ward, roster, nurse) for nurse in ward.nurse)


def carried(ward: Ward, roster: NurseRoster) -> tuple[NurseBalance, ...]:
    """What each nurse brings along into the next roster, by nurse and burden."""
    rows = (row for one in accounts(ward, roster) for row in _carried(one))
    return tuple(rows)


def owed_by_week(ward: Ward, roster: NurseRoster) -> Mapping[tuple[str, date], int]:
    """Minutes of rest owed to each nurse at the end of each week, by its Monday."""
    found: dict[tuple[str, date], int] = {}
    for nurse in ward.nurse:
        owed = ward.balance(nurse, NurseBurden.REST)
        for monday in ward.problem.mondays:
            week = Ward(Problem(ward.problem.register, monday), ())
            mine = (one for one in roster.by_nurse.get(nurse, ()) if monday_of(one.day) == monday)
            part = NurseRoster.of(monday, 1, mine, roster.away)
            work = worked(week, part, nurse) + trained(week, nurse, roster.away_on)
            owed += work - week.due(nurse, roster.away_on)
            found[nurse, monday] = owed
    return found


def _account(ward: Ward, roster: NurseRoster, nurse: str) -> NurseAccount:
    mine = roster.by_nurse.get(nurse, ())
    work = worked(ward, roster, nurse) + trained(ward, nurse, roster.away_on)
    due, owed = ward.due(nurse, roster.away_on), ward.balance(nurse, NurseBurden.REST)
    return NurseAccount(
        nurse,
        work,
        due,
        owed,
        owed + work - due,
        _count(ward, mine, night=True),
        _count(ward, mine, night=False),
        weekends(ward, mine),
        sum(duty.lead for duty in mine),
        {burden: ward.balance(nurse, burden) for burden in NurseBurden},
    )


def _carried(account: NurseAccount) -> Iterable[NurseBalance]:
    brought = account.brought
    amounts = {
        NurseBurden.REST: account.owed_after,
        NurseBurden.NIGHT: brought[NurseBurden.NIGHT] + account.nights,
        NurseBurden.LATE: brought[NurseBurden.LATE] + account.late,
        NurseBurden.WEEKEND: brought[NurseBurden.WEEKEND] + account.weekends,
    }
    return (NurseBalance(account.nurse, burden, amount) for burden, amount in amounts.items())


def _count(ward: Ward, mine: Iterable[Duty], *, night: bool) -> int:
    kinds: list[DutyKind] = [ward.kind[duty.kind] for duty in mine if duty.kind in ward.kind]
    return sum(ward.night(kind) if night else ward.late(kind) for kind in kinds)


def weekends(ward: Ward, mine: Iterable[Duty]) -> int:
    """Weekends with a duty on either day."""
    days = {duty.day for duty in mine}
    return sum(any(day in days for day in pair) for pair in ward.weekends)
