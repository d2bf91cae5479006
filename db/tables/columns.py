"""What columns and checks are made of; each means the same on SQLite and PostgreSQL.

Table classes do not validate, so what must hold of a value is a check that the database keeps.
Enumerations and sets are text that a person can read in any SQL client.
"""

from __future__ import annotations

import json
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

Choice = TypeVar("Choice", bound=StrEnum)

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
}


# --- sets as text ---------------------------------------------------------------------------


class WeekdayText(TypeDecorator[frozenset[int]]):
    """Weekdays as their digits: "135" is Monday, Wednesday, Friday."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: frozenset[int] | None, dialect: Dialect) -> str | None:
        """The digits in order."""
        del dialect
        return None if value is None else "".join(map(str, sorted(value)))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> frozenset[int] | None:
        """The days that the digits name."""
        del dialect
        return None if value is None else _weekdays(value)


class ChoiceText(TypeDecorator[frozenset[Any]]):
    """A set of one enumeration's values with commas between: "HD,HDF"."""

    impl = sa.String
    cache_ok = True

    def __init__(self, choices: type[StrEnum]) -> None:
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: frozenset[StrEnum] | None, dialect: Dialect) -> str | None:
        """The values in alphabetical order."""
        del dialect
        return None if value is None else ",".join(sorted(value))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> frozenset[Any] | None:
        """The values again; a word that is none of them raises ValueError."""
        del dialect
        return None if value is None else _choices(self.choices, value)


class NameText(TypeDecorator[frozenset[str]]):
    """A set of free words as a JSON list, because they may hold any character."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: frozenset[str] | None, dialect: Dialect) -> str | None:
        """The words in alphabetical order."""
        del dialect
        return None if value is None else json.dumps(sorted(value), ensure_ascii=False)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> frozenset[str] | None:
        """The words again."""
        del dialect
        return None if value is None else frozenset(json.loads(value))


@lru_cache(maxsize=128)
def _weekdays(digits: str) -> frozenset[int]:
    return frozenset(map(int, digits))


@lru_cache(maxsize=512)
def _choices(choices: type[Choice], text: str) -> frozenset[Choice]:
    return frozenset(map(choices, text.split(","))) if text else frozenset()


# --- columns --------------------------------------------------------------------------------


def choice(of: type[StrEnum], name: str = "") -> Any:
    """The type of a column that holds one value of an enumeration: text under a check, which
    is called after the enumeration unless a table has two of the same."""
    return sa.Enum(
        of,
        name=name or of.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        values_callable=lambda members: [member.value for member in members],
        length=32,
    )


Key = Annotated[str, Field(primary_key=True)]
CenterKey = Annotated[str, Field(primary_key=True, foreign_key="centers.code")]
Number = Annotated[int, Field(primary_key=True)]
Weekdays = Annotated[frozenset[int], Field(sa_type=WeekdayText)]
Names = Annotated[frozenset[str], Field(sa_type=NameText)]


# --- constraints ----------------------------------------------------------------------------


def within(column: str, low: int, high: int | None = None) -> sa.CheckConstraint:
    """A number from `low` up, to `high` if given; an unknown one passes."""
    value = sa.column(column, sa.Integer)
    rule = value >= low if high is None else value.between(low, high)
    return sa.CheckConstraint(rule, name=f"{column}_range")


def filled(column: str) -> sa.CheckConstraint:
    """A text that is not empty."""
    return sa.CheckConstraint(sa.column(column, sa.String) != "", name=f"{column}_filled")


def named() -> sa.CheckConstraint:
    """A name in at least one of the two languages."""
    english, chinese = sa.column("name_en", sa.String), sa.column("name_zh", sa.String)
    return sa.CheckConstraint(sa.or_(english != "", chinese != ""), name="name_filled")


def in_order() -> sa.CheckConstraint:
    """A span that does not end before it begins; open ends pass."""
    first, last = sa.column("span_first", sa.Date), sa.column("span_last", sa.Date)
    return sa.CheckConstraint(first <= last, name="span_order")


def weekday_digits() -> sa.CheckConstraint:
    """Only the digits 1 to 7."""
    rest = sa.func.rtrim(sa.column("weekdays", sa.String), "1234567")
    return sa.CheckConstraint(rest == "", name="weekdays_digits")


def chosen_from(column: str, choices: type[StrEnum]) -> sa.CheckConstraint:
    """Only values of the enumeration and commas; longest first, as HDF holds HD."""
    rest: Any = sa.column(column, sa.String)
    for value in sorted(choices, key=lambda member: (-len(member), member)):
        rest = sa.func.replace(rest, value.value, "")
    return sa.CheckConstraint(sa.func.rtrim(rest, ",") == "", name=f"{column}_choices")


def refers(target: str, *columns: str) -> sa.ForeignKeyConstraint:
    """Each row names a row of another table of the same center, or leaves the column empty.

    Nothing is removed along with what it refers to: such a removal is refused.
    """
    keys = ["center", "code"] if len(columns) == 1 else ["center", *columns]
    return sa.ForeignKeyConstraint(
        ["center", *columns], [f"{target}.{key}" for key in keys], ondelete="RESTRICT"
    )
