"""A field of the domain without a column, or the other way round, is found here."""

from __future__ import annotations

from dataclasses import fields

import pytest

from db.rows import KINDS, Kind
from domain.calendar import Span
from domain.patient import Frequency, Prescription
from domain.register import Register

NAMES = [kind.name for kind in KINDS]


def test_every_table_of_the_register_is_stored() -> None:
    center, *tables = (field.name for field in fields(Register))
    assert [f"{center}s", *tables] == NAMES


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_the_columns_are_the_fields(kind: Kind) -> None:
    own = {kind.center_column} | set(kind.key)
    assert {column.name for column in kind.table.c} == own | set(kind.columns)
    assert {column.name for column in kind.table.primary_key} == own


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_a_table_comes_after_those_it_refers_to(kind: Kind) -> None:
    before = NAMES[: NAMES.index(kind.name)]
    assert {key.column.table.name for key in kind.table.foreign_keys} <= set(before)


def test_a_value_inside_a_row_takes_a_column_for_each_of_its_fields() -> None:
    kind = next(kind for kind in KINDS if kind.name == "prescriptions")
    row = Prescription("P1", Frequency(3, 2), 240, span=Span(None, None))
    values = dict(zip(kind.columns, kind.values(row), strict=True))
    assert values["frequency_even"] == 2
    assert values["span_first"] is None
    assert kind.build(kind.values(row)) == row
    assert kind.subject(row) == ("P1", None)
