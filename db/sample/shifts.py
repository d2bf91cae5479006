"""The shift grids that samples use. Windows hold a four-hour session and half an hour."""

from __future__ import annotations

from datetime import time

from domain.center import Shift
from domain.words import Label

WEEK = frozenset(range(1, 8))
SUNDAY = frozenset({7})
WORKDAYS = WEEK - SUNDAY
TURNOVER = 30

MORNING = Label("Morning", "早班")
NOON = Label("Noon", "午班")
AFTERNOON = Label("Afternoon", "下午班")
EVENING = Label("Evening", "晚班")
NIGHT = Label("Night", "夜班")


def _shift(
    code: str, name: Label, start: str, end: str, weekdays: frozenset[int] = WORKDAYS
) -> Shift:
    begin, finish = time.fromisoformat(start), time.fromisoformat(end)
    return Shift(
        code, name, begin, finish, weekdays, TURNOVER,
        night=finish < begin, early=begin < time(7),
    )  # fmt: skip


OVERNIGHT = _shift("NIGHT", NIGHT, "22:00", "06:30")
"""From ten to half past six: long enough for eight hours asleep on the machine."""

LATE = _shift("NIGHT", NIGHT, "20:00", "00:30")
"""A fourth shift of four hours that ends after midnight."""


def two_shifts() -> tuple[Shift, ...]:
    """Morning and noon, as in a township."""
    return (_shift("AM", MORNING, "07:00", "11:30"), _shift("NOON", NOON, "12:00", "16:30"))


def three_shifts(sunday: bool = False) -> tuple[Shift, ...]:
    """Morning, noon and evening; on Sundays only the morning if at all. Noon takes 270
    minutes, the evening 300."""
    return (
        _shift("AM", MORNING, "06:30", "11:00", WEEK if sunday else WORKDAYS),
        _shift("NOON", NOON, "11:00", "16:00"),
        _shift("EVE", EVENING, "16:00", "21:30"),
    )


def four_shifts(last: Shift = OVERNIGHT, sunday: bool = False) -> tuple[Shift, ...]:
    """Three day shifts without a pause, and a fourth in the night."""
    return (
        _shift("AM", MORNING, "06:30", "11:00", WEEK if sunday else WORKDAYS),
        _shift("NOON", NOON, "11:00", "15:30"),
        _shift("PM", AFTERNOON, "15:30", "20:00"),
        last,
    )
