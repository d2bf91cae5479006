"""Small wards: two zones, three shifts or four, a handful of nurses, and random ones by seed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta
from random import Random
from typing import Any

from domain.calendar import Span, Turn
from domain.center import Center, Infection, Nurse, Shift, Station, Zone
from domain.nurse_roster import AwayDay, Duty, NurseNeed, NurseRoster
from domain.nurse_terms import (
    AWAY,
    Contract,
    DutyKind,
    NurseBalance,
    NurseBurden,
    NurseDay,
    NurseDayKind,
)
from domain.problem import Problem
from domain.register import Register
from domain.roster_marks import read_mark
from domain.rulebook import RuleRow
from domain.ward import Ward, usual_zone
from domain.words import Label

MONDAY = date(2026, 3, 2)
WORKDAYS = frozenset(range(1, 7))
EARLY = Shift("AM", Label("Morning", "早班"), time(7), time(11, 30), WORKDAYS, 30, early=True)
NOON = Shift("NOON", Label("Noon", "午班"), time(11, 30), time(16), WORKDAYS, 30)
EVENING = Shift("EVE", Label("Evening", "晚班"), time(16), time(21), WORKDAYS, 30)
NIGHT = Shift("NIGHT", Label("Night", "夜班"), time(22), time(6), WORKDAYS, 30, night=True)
TREATMENT = DutyKind(
    "治", Label("Treatment room", "治疗室"), frozenset(), time(8), time(16), 480, 1,
    frozenset(range(1, 6)),
)  # fmt: skip

SITE = Register(
    center=Center("HC", Label("Lakeside", "湖滨"), "Asia/Shanghai", date(2026, 1, 5)),
    zones=(
        Zone("A", Label("Main", "普通区"), frozenset({Infection.NEGATIVE})),
        Zone("B", Label("Hepatitis B", "乙肝区"), frozenset({Infection.HBV})),
    ),
    shifts=(EARLY, NOON, EVENING),
    stations=(Station("A01", "A"), Station("B01", "B")),
)


def day(number: int) -> date:
    """A day of the roster, the first is 0."""
    return MONDAY + timedelta(days=number)


def nurse(code: str, zones: str = "A", *skills: str, weekly: int = 2400) -> Nurse:
    """A nurse who may work in the zones named."""
    return Nurse(code, f"护士{code}", frozenset(zones), frozenset(skills), weekly)


def ward(
    nurses: Iterable[Nurse],
    needs: Iterable[NurseNeed] = (),
    *,
    weeks: int = 1,
    before: NurseRoster | None = None,
    **tables: Any,
) -> Ward:
    """A ward with these tables of its register."""
    register = replace(SITE, nurses=tuple(nurses), **tables)
    return Ward(Problem(register, MONDAY, weeks), tuple(sorted(needs)), before)


def need(
    number: int, shift: str, nurses: int, zone: str = "A", skill: str = "", aim: int | None = None
) -> NurseNeed:
    """Nurses wanted on a day; five patients for each."""
    wanted = nurses if aim is None else aim
    return NurseNeed(Turn(day(number), shift), zone, skill, nurses, wanted, 5 * nurses)


def roster(text: str, there: Ward, *, away: Iterable[AwayDay] = ()) -> NurseRoster:
    """A roster from lines such as `N1: 早 早 - 主夜`, the marks without running numbers."""
    duties = []
    for line in text.strip().splitlines():
        code, _, marks = line.strip().partition(":")
        for at, mark in enumerate(marks.split()):
            found = read_mark(there, code, day(at), mark).duty
            if found is not None:
                duties.append(found)
    return NurseRoster.of(MONDAY, there.problem.weeks, duties, away)


# --- random ones ------------------------------------------------------------------------------


def random_ward(seed: int) -> Ward:
    """A ward of two or three nurses over two weeks, with everything that rules speak of."""
    rng = Random(f"ward/{seed}")
    weeks = 2
    shifts = (EARLY, NOON, NIGHT) if rng.random() < 0.5 else (EARLY, EVENING, NIGHT)
    nurses = [
        nurse(f"N{at}", rng.choice(["A", "B", "AB"]), *rng.sample(["lead", "catheter"], 1),
              weekly=rng.choice([2400, 1200]))
        for at in range(rng.randint(2, 3))
    ]  # fmt: skip
    codes = [one.code for one in nurses]
    kinds = () if rng.random() < 0.5 else (*_kinds(shifts), TREATMENT)
    tables: dict[str, Any] = {
        "shifts": shifts,
        "duty_kinds": kinds,
        "contracts": tuple(_contract(rng, code, shifts) for code in codes if rng.random() < 0.6),
        "nurse_days": tuple(_day(rng, rng.choice(codes), shifts) for _ in range(3)),
        "nurse_ledger": tuple(
            NurseBalance(code, burden, rng.choice([-480, 480, 720]) if burden is NurseBurden.REST
                         else rng.randint(0, 3))
            for code in codes for burden in NurseBurden if rng.random() < 0.5
        ),
        "rules": (RuleRow("nurse_after_nights", MONDAY, True, rng.randint(1, 2)),),
    }  # fmt: skip
    return ward(nurses, _needs(rng, shifts), weeks=weeks, before=_before(rng, codes), **tables)


def random_roster(there: Ward, seed: int) -> NurseRoster:
    """Any roster at all of duties that the ward has; of three, two keep days away free."""
    rng = Random(f"roster/{seed}")
    duties = []
    for code in there.nurse:
        busy = rng.random()
        for at in there.days:
            free = seed % 3 and (code, at) in there.away
            if not free and rng.random() < busy:
                kind = rng.choice(there.kinds)
                zone = rng.choice([usual_zone(there, code), "A"]) if kind.shifts else ""
                duties.append(Duty(at, code, kind.code, zone))
    return NurseRoster.of(MONDAY, there.problem.weeks, duties, there.away_days)


def _kinds(shifts: tuple[Shift, ...]) -> Iterable[DutyKind]:
    for mark, shift in zip("早中夜", shifts, strict=True):
        minutes = 600 if shift.night else 450
        yield DutyKind(mark, shift.name, frozenset({shift.code}), shift.start, shift.end, minutes)


def _contract(rng: Random, code: str, shifts: tuple[Shift, ...]) -> Contract:
    allowed = frozenset(rng.sample([one.code for one in shifts], rng.randint(0, 2)))
    return Contract(
        code, allowed, rng.randint(3, 6), rng.randint(2, 6), rng.randint(0, 3), rng.randint(1, 4)
    )


def _day(rng: Random, code: str, shifts: tuple[Shift, ...]) -> NurseDay:
    kind = rng.choice(list(NurseDayKind))
    first = day(rng.randint(0, 13))
    shift = None
    if kind in (NurseDayKind.SHIFT, NurseDayKind.NOT_SHIFT):
        shift = rng.choice(shifts).code
    last = first + timedelta(days=rng.randint(0, 2) if kind in AWAY else 1)
    return NurseDay(code, kind, Span(first, last), shift, rng.randint(1, 3))


def _needs(rng: Random, shifts: tuple[Shift, ...]) -> Iterable[NurseNeed]:
    for number in range(14):
        if day(number).isoweekday() == 7:
            continue
        for shift in shifts:
            for zone in "AB":
                if rng.random() < 0.6:
                    nurses = rng.choice((1, 1, 1, 1, 3))
                    patients = 5 * nurses - rng.randint(0, 4)
                    aim = nurses + rng.randint(0, 1)
                    turn = Turn(day(number), shift.code)
                    yield NurseNeed(turn, zone, "", nurses, aim, patients)
            if rng.random() < 0.3:
                yield need(number, shift.code, 1, "", "lead")


def _before(rng: Random, codes: list[str]) -> NurseRoster | None:
    if rng.random() < 0.3:
        return None
    duties = [
        Duty(MONDAY - timedelta(days=ago), code, rng.choice("早夜"), "A")
        for code in codes
        for ago in range(1, 8)
        if rng.random() < 0.7
    ]
    return NurseRoster.of(MONDAY - timedelta(weeks=1), 1, duties)
