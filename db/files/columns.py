"""What a table of a center's files is: its columns, which rows it makes, what must be unique."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from db.files.kinds import Kind
from domain.words import Label


class Empty(Enum):
    """What an empty cell means where it cannot mean a value."""

    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `field` is the place in the row's dataclass, such as "span.first"; `empty`
    is the value of an empty cell. Where the kind depends on another field of the same row,
    `by` names that field and `kinds` the kind for each of its values."""

    field: str
    heading: Label
    kind: Kind
    meaning: Label
    example: str
    empty: object = Empty.REFUSED
    by: str | None = None
    kinds: Mapping[Any, Kind] | None = None

    @property
    def required(self) -> bool:
        """True if an empty cell is refused."""
        return self.empty is Empty.REFUSED

    @property
    def key(self) -> str:
        """The column's name in a TOML file."""
        return self.field.replace(".", "_")

    def kind_in(self, values: Mapping[str, Any]) -> Kind | None:
        """The kind in a row whose earlier cells hold these values; `None` if unknown."""
        if self.by is None or self.kinds is None:
            return self.kind
        return self.kinds.get(values[self.by]) if self.by in values else None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a sheet of the workbook, a CSV file of the folder or a part of its TOML.

    `name` is the field of the register, the CSV file's name and the TOML key. No two rows
    may agree in all fields of one of the `keys`.
    """

    name: str
    title: Label
    row: type
    about: Label
    columns: tuple[Column, ...]
    keys: tuple[tuple[str, ...], ...]
    home: Literal["toml", "csv"] = "csv"
    required: bool = False

    def column(self, field: str) -> Column:
        """The column of a field."""
        return next(column for column in self.columns if column.field == field)
