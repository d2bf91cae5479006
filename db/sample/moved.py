"""A sample in another week: every date of it moved by the same number of weeks."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar, cast

from db.sample.spec import FIRST_MONDAY
from domain.register import Register

_Value = TypeVar("_Value")


def moved_to(register: Register, monday: date) -> Register:
    """The sample as it would be if it waited to be planned from that Monday on. Raises ValueError
    for another day."""
    if monday.isoweekday() != 1:
        raise ValueError(f"weeks start on a Monday, not {monday}")
    return _moved(register, monday - FIRST_MONDAY)


def _moved(value: _Value, by: timedelta) -> _Value:
    match value:
        case date() if not isinstance(value, datetime):
            return cast(_Value, value + by)
        case tuple():
            return cast(_Value, tuple(_moved(one, by) for one in value))
        case _ if is_dataclass(value) and not isinstance(value, type):
            parts = {one.name: _moved(getattr(value, one.name), by) for one in fields(value)}
            return replace(value, **parts)
        case _:
            return value
