"""Tests of water and dialysate: what is tested where and how often, the limit and the level at
which to act before it is reached, and the list by which every machine comes round.

Limits are dated rows with a source; a center's own rows take precedence from their day on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.words import Words, words


class Medium(StrEnum):
    """What is sampled."""

    WATER = "water"
    DIALYSATE = "dialysate"


@dataclass(frozen=True, slots=True)
class WaterTest:
    """A row of the catalog of tests."""

    code: str
    title: Words
    unit: str


WATER_TESTS: tuple[WaterTest, ...] = (
    WaterTest("bacteria", words("bacteria"), "CFU/mL"),
    WaterTest("endotoxin", words("endotoxin"), "EU/mL"),
    WaterTest("free_chlorine", words("free chlorine"), "mg/L"),
    WaterTest("hardness", words("hardness"), "mg/L"),
    WaterTest("ro_conductivity", words("conductivity of the water"), "uS/cm"),
    WaterTest("aluminium", words("aluminum"), "mg/L"),
    WaterTest("total_chlorine", words("total chlorine"), "mg/L"),
    WaterTest("copper", words("copper"), "mg/L"),
    WaterTest("fluoride", words("fluoride"), "mg/L"),
    WaterTest("lead", words("lead"), "mg/L"),
    WaterTest("nitrate", words("nitrate"), "mg/L"),
    WaterTest("sulfate", words("sulfate"), "mg/L"),
    WaterTest("zinc", words("zinc"), "mg/L"),
    WaterTest("calcium", words("calcium"), "mg/L"),
    WaterTest("magnesium", words("magnesium"), "mg/L"),
    WaterTest("potassium", words("potassium"), "mg/L"),
    WaterTest("sodium", words("sodium"), "mg/L"),
)
WATER_TEST: dict[str, WaterTest] = {test.code: test for test in WATER_TESTS}


_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Every:
    """An interval: whole calendar months, or days."""

    months: int = 0
    days: int = 0

    @property
    def short(self) -> bool:
        """True if it is less than a week: then nothing is due on a day on which the center is
        closed, but on the next one."""
        return self.months == 0 and self.days < _WEEK_DAYS

    def after(self, day: date) -> date:
        """The last day on which the next one is in time; of a month that is too short, its
        end."""
        first = _month_after(day, self.months)
        last = _month_after(day, self.months + 1) - timedelta(days=1)
        return min(last, first + timedelta(days=day.day - 1)) + timedelta(days=self.days)


def _month_after(day: date, months: int) -> date:
    """The first day of the month so many after that of `day`."""
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class WaterLimit:
    """From a day on: a value above `limit` fails (with `strict`, also one that equals it), one
    above `action` asks for action before that. A row without a limit is for keeping only. A
    center's own row has `who` entered it; of two rows of one day the later entered counts."""

    test: str
    medium: Medium
    valid_from: date
    every: Every
    limit: float | None
    action: float | None = None
    strict: bool = False
    source: str = ""
    enabled: bool = True
    who: str = ""


_SINCE = date(2021, 1, 1)
_SOP = words("Blood-purification SOP 2021, second hand: check the printed book")
_YY = words("YY 0572-2015, second hand: check the printed standard")
_DAILY = words("Blood-purification SOP 2021, second hand: daily check of the water plant")
_MONTHLY, _QUARTERLY, _YEARLY, _EACH_DAY = Every(1), Every(3), Every(12), Every(days=1)


def _row(
    test: str, medium: Medium, every: Every, limit: float | None, source: Words,
    action: float | None = None, *, strict: bool = False,
) -> WaterLimit:  # fmt: skip
    return WaterLimit(test, medium, _SINCE, every, limit, action, strict, str(source))


_CHEMISTRY = {
    "aluminium": 0.01, "total_chlorine": 0.1, "copper": 0.1, "fluoride": 0.2, "lead": 0.005,
    "nitrate": 2.0, "sulfate": 100.0, "zinc": 0.1, "calcium": 2.0, "magnesium": 4.0,
    "potassium": 8.0, "sodium": 70.0,
}  # fmt: skip

STANDARD_WATER_LIMITS: tuple[WaterLimit, ...] = (
    _row("bacteria", Medium.WATER, _MONTHLY, 100, _SOP, 50),
    _row("bacteria", Medium.DIALYSATE, _MONTHLY, 100, _SOP, 50),
    _row("endotoxin", Medium.WATER, _QUARTERLY, 0.25, _SOP, 0.125),
    _row("endotoxin", Medium.DIALYSATE, _QUARTERLY, 0.5, _SOP, 0.25),
    _row("free_chlorine", Medium.WATER, _EACH_DAY, 0.1, _DAILY, strict=True),
    _row("hardness", Medium.WATER, _EACH_DAY, 17, _DAILY, strict=True),
    _row("ro_conductivity", Medium.WATER, _EACH_DAY, None, _DAILY),
    *(_row(test, Medium.WATER, _YEARLY, limit, _YY) for test, limit in _CHEMISTRY.items()),
)
"""Magnesium and potassium are as second-hand tables give them: see docs/care.md."""

MACHINE_EVERY = Every(12)
"""Each machine's own dialysate, at the latest (SOP 2021, second hand)."""


@dataclass(frozen=True, slots=True)
class SamplingPoint:
    """Where water is drawn; a machine's dialysate is drawn at the machine and has no row."""

    code: str
    title: str
    retired: date | None = None


@dataclass(frozen=True, slots=True)
class WaterResult:
    """What a person typed: where (a sampling point, or a machine for dialysate), which test,
    sampled when, the value, and who typed it when. `below` marks "less than the value". A
    later row for the same sample corrects an earlier one."""

    point: str
    medium: Medium
    test: str
    day: date
    value: float
    who: str
    entered: datetime
    below: bool = False
    text: str = ""


class Grade(StrEnum):
    """What a result means."""

    KEPT = "kept"
    GOOD = "good"
    ACT = "act"
    FAILED = "failed"


def limit_of(rows: Iterable[WaterLimit], test: str, medium: Medium, day: date) -> WaterLimit | None:
    """The row in force on a day: the center's latest, else the standard one; `None` if this is
    not tested. Rows are in the order in which they were entered."""
    for source in (tuple(rows), STANDARD_WATER_LIMITS):
        fitting = [one for one in source if (one.test, one.medium) == (test, medium)]
        valid = [one for one in fitting if one.valid_from <= day]
        if valid:
            latest = max(reversed(valid), key=lambda one: one.valid_from)
            return latest if latest.enabled else None
    return None


def grade(result: WaterResult, limit: WaterLimit | None) -> Grade:
    """A result against the limit of its day. "Less than 100" cannot be told from 99 and keeps
    a limit of 100; it is no proof of being below an action level of 50."""
    if limit is None or limit.limit is None:
        return Grade.KEPT
    value = result.value
    if value > limit.limit or (limit.strict and not result.below and value == limit.limit):
        return Grade.FAILED
    return Grade.ACT if limit.action is not None and value > limit.action else Grade.GOOD


def latest_results(results: Iterable[WaterResult]) -> dict[tuple[str, str, date], WaterResult]:
    """By point, test and day of sampling, the row entered last."""
    found: dict[tuple[str, str, date], WaterResult] = {}
    for one in sorted(results, key=lambda row: row.entered):
        found[one.point, one.test, one.day] = one
    return found


def last_of(results: Iterable[WaterResult], point: str, test: str) -> WaterResult | None:
    """The result of the latest sample there."""
    rows = latest_results(results).values()
    own = [one for one in rows if one.point == point and one.test == test]
    return max(own, key=lambda one: one.day, default=None)


@dataclass(frozen=True, slots=True)
class Round:
    """Whose dialysate is drawn next, and until when."""

    machines: tuple[str, ...]
    on: date


def rotation(
    last: Mapping[str, date | None], every: Every, today: date, within: Every = MACHINE_EVERY
) -> Round | None:
    """The next round of a test that is done every `every` on some machines, so many that each
    comes round within `within`; those longest without come first. `last` has every machine
    with the day of its latest sample. `None` if there are no machines."""
    if not last:
        return None
    order = sorted(last, key=lambda one: (last[one] or date.min, one))
    size = -(-len(order) // _rounds(every, within))
    sampled = sorted((day for day in last.values() if day is not None), reverse=True)
    current = [day for day in sampled if every.after(day) > today]
    if len(current) >= size:
        return Round(tuple(order[:size]), every.after(current[size - 1]))
    on = every.after(sampled[size - 1]) if len(sampled) >= size else today
    return Round(tuple(order[: size - len(current)]), min(on, today))


def _rounds(every: Every, within: Every) -> int:
    """How many rounds fit into `within`, in any year."""
    start = date(2021, 1, 1)
    return max(1, (within.after(start) - start).days // max(1, (every.after(start) - start).days))
