"""What a cell can hold before anybody knows what it means, and how that is said as text.

A CSV cell is text. A workbook and a TOML file also know numbers, dates and times; they are
turned into the same text that a person would type, so that there is one parser a column.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.words import Words


@dataclass(frozen=True, slots=True)
class Unusable:
    """A cell that no column can take, such as a formula, with what was expected instead."""

    text: str
    expected: Words


Native = str | int | float | date | time | timedelta | Unusable | None

_EXCEL_DAY_ZERO = datetime(1899, 12, 30)
_EXCEL_DAY_TWO = datetime(1900, 1, 1)


def text_of(native: Native) -> str:
    """The cell as a person would type it; an empty cell is the empty text."""
    match native:
        case None:
            return ""
        case Unusable():
            return native.text
        case bool():
            return "yes" if native else "no"
        case float():
            return str(int(native)) if native.is_integer() else repr(native)
        case datetime():
            return _moment_text(native)
        case date():
            return native.isoformat()
        case time():
            return _clock_text(
                timedelta(
                    hours=native.hour,
                    minutes=native.minute,
                    seconds=native.second,
                    microseconds=native.microsecond,
                )
            )
        case timedelta():
            return _clock_text(native)
        case _:
            return str(native)


def is_midnight(native: Native) -> bool:
    """True for 24:00 in a cell that counts hours: Excel keeps it as its first day's end."""
    return isinstance(native, datetime) and _EXCEL_DAY_ZERO < native <= _EXCEL_DAY_TWO


def _moment_text(moment: datetime) -> str:
    if is_midnight(moment):
        return "24:00"
    if moment.time() == time():
        return moment.date().isoformat()
    return moment.isoformat(sep=" ")


def _clock_text(since_midnight: timedelta) -> str:
    seconds = round(since_midnight.total_seconds())
    hours, rest = divmod(seconds, 3600)
    clock = f"{hours:02d}:{rest // 60:02d}"
    return f"{clock}:{rest % 60:02d}" if rest % 60 else clock
