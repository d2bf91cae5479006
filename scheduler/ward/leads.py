"""Who leads each turn: of those there who can, whoever has led least."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from domain.calendar import Turn
from domain.nurse_roster import Duty, NurseRoster
from domain.ward import Ward
from scheduler.ward.needs import LEAD


def with_leads(ward: Ward, roster: NurseRoster, keep: Iterable[Duty] = ()) -> NurseRoster:
    """The roster with a lead in every turn that has somebody who can lead and asks for one.

    `keep` are duties of an earlier roster whose leads stay where they are still there. A duty
    over several turns leads all of them or none.
    """
    kept = {_key(duty) for duty in keep if duty.lead}
    asked = {need.turn for need in ward.needs if need.skill == LEAD}
    able = ward.with_skill(LEAD)
    led: Counter[str] = Counter()
    leading: set[Duty] = set()
    for day in roster.days:
        there = [one for one in roster.by_day.get(day, ()) if one.nurse in able]
        free = {turn for turn in asked if turn.day == day}
        for duty in sorted(there, key=lambda one: (_key(one) not in kept, led[one.nurse])):
            turns = _turns(ward, duty)
            if turns and turns <= free:
                free -= turns
                led[duty.nurse] += 1
                leading.add(duty)
    duties = (replace(one, lead=one in leading) for one in roster.duties)
    return NurseRoster.of(roster.first_day, roster.weeks, duties, roster.away)


def _key(duty: Duty) -> tuple[str, date, str]:
    return (duty.nurse, duty.day, duty.kind)


def _turns(ward: Ward, duty: Duty) -> set[Turn]:
    kind = ward.kind.get(duty.kind)
    return {Turn(duty.day, shift) for shift in kind.shifts} if kind is not None else set()
