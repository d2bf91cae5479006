"""Storing a register: what was given comes back, and what changed is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from db.connection import reading, writing
from db.load import load_centers, load_register
from db.refusal import DatabaseRefusal
from db.save import RowChange, save_register
from domain.calendar import Span
from domain.center import Closure
from domain.patient import Frequency, Marker, Patient, Prescription, Serology
from domain.register import Register
from tests.db.world import REGISTER, store
from tests.strategies import registers

one_database = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@one_database
@given(register=registers())
def test_what_is_saved_is_loaded_again(database: sa.Engine, register: Register) -> None:
    store(database, register)
    assert load(database, register.center.code) == register.in_order()


@one_database
@given(first=registers(), second=registers())
def test_a_second_save_turns_the_one_into_the_other_and_tells_how(
    database: sa.Engine, first: Register, second: Register
) -> None:
    second = replace(second, center=replace(second.center, code=first.center.code))
    store(database, first)
    changes = save(database, second)
    assert load(database, first.center.code) == second.in_order()
    assert told(first, changes) == second.in_order()
    assert save(database, second) == ()


def test_an_added_a_changed_and_a_removed_row_are_told_as_such(database: sa.Engine) -> None:
    store(database)
    old, kept = REGISTER.prescriptions
    new = replace(old, frequency=Frequency(4, 4))
    late = Serology("P1", Marker.HIV, positive=False, day=date(2026, 11, 1))
    (placement,) = REGISTER.placements
    register = replace(REGISTER, prescriptions=(new, kept), serology=(late,), placements=())
    assert save(database, register) == (
        RowChange("placements", placement, None),
        RowChange("prescriptions", old, new),
        RowChange("serology", None, late),
    )
    kinds = [change.kind for change in save(database, REGISTER)]
    assert kinds == ["added", "changed", "removed"]


def test_a_row_given_twice_is_stored_twice(database: sa.Engine) -> None:
    twice = replace(REGISTER, prescriptions=REGISTER.prescriptions * 2)
    store(database, twice)
    assert load(database, "HC") == twice.in_order()
    assert len(save(database, REGISTER)) == 2


def test_what_was_refused_leaves_the_database_as_it_was(database: sa.Engine) -> None:
    store(database)
    lost = replace(REGISTER, zones=(), patients=(*REGISTER.patients, Patient("P3", "李娜")))
    refused = pytest.raises(DatabaseRefusal, match="tables contradict each other")
    with writing(database) as session, refused:
        save_register(session, lost)
    assert load(database, "HC") == REGISTER


def test_two_centers_do_not_touch_each_other(database: sa.Engine) -> None:
    other = replace(
        REGISTER, center=replace(REGISTER.center, code="XM"), prescriptions=(), placements=()
    )
    store(database)
    store(database, other)
    save(database, replace(other, patients=other.patients[:1]))
    assert load(database, "HC") == REGISTER
    with reading(database) as session:
        assert [center.code for center in load_centers(session)] == ["HC", "XM"]


def test_an_unknown_center_is_refused_by_name(database: sa.Engine) -> None:
    with pytest.raises(DatabaseRefusal, match="There is no center XX in the database, nor any"):
        load(database, "XX")
    store(database)
    with pytest.raises(DatabaseRefusal, match="no center XX in the database; there are: HC"):
        load(database, "XX")


def test_loading_asks_once_for_each_table_however_many_rows_there_are(
    database: sa.Engine,
) -> None:
    crowd = tuple(Patient(f"P{number}", "李娜") for number in range(200))
    store(database, replace(REGISTER, patients=crowd))
    asked: list[str] = []
    event.listen(database, "before_cursor_execute", lambda *call: asked.append(call[2]))
    load(database, "HC")
    assert sum("FROM" in statement and "alembic" not in statement for statement in asked) <= 29


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("zones", "admits", "'negative,healthy'"),
        ("zones", "name_en", "''"),
        ("shifts", "weekdays", "'128'"),
        ("shifts", "turnover_minutes", "-1"),
        ("patients", "night", "'sometimes'"),
        ("patients", "span_last", "'1999-01-01'"),
        ("prescriptions", "minutes", "0"),
        ("prescriptions", "frequency_odd", "8"),
        ("prescriptions", "patient", "'P9'"),
        ("machines", "modalities", "'HDX'"),
    ],
)
def test_the_database_itself_refuses_what_cannot_be(
    database: sa.Engine, table: str, column: str, value: str
) -> None:
    began = tuple(replace(patient, span=Span(date(2026, 1, 1))) for patient in REGISTER.patients)
    names = tuple(replace(zone, name=replace(zone.name, zh="")) for zone in REGISTER.zones)
    store(database, replace(REGISTER, patients=began, zones=names))
    with pytest.raises(IntegrityError), database.begin() as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET {column} = {value}")


def test_closures_of_nothing_in_particular_need_no_reference(database: sa.Engine) -> None:
    shut = replace(REGISTER, closures=(Closure(Span(date(2027, 2, 6)), "春节"),))
    store(database, shut)
    assert load(database, "HC") == shut


def test_a_prescription_is_told_apart_by_patient_and_first_day(database: sa.Engine) -> None:
    store(database)
    spring = Prescription("P1", Frequency(2, 2), 240, span=Span(date(2027, 3, 1)))
    more = replace(REGISTER, prescriptions=(*REGISTER.prescriptions, spring))
    assert save(database, more) == (RowChange("prescriptions", None, spring),)


def load(database: sa.Engine, center: str) -> Register:
    with reading(database) as session:
        return load_register(session, center)


def save(database: sa.Engine, register: Register) -> tuple[RowChange, ...]:
    with writing(database) as session:
        return save_register(session, register)


def told(register: Register, changes: tuple[RowChange, ...]) -> Register:
    """The register after the changes, from nothing but what was told."""
    tables = {"centers": [register.center]} | {
        name: list(getattr(register, name))
        for name in Register.__dataclass_fields__
        if name != "center"
    }
    for change in changes:
        if change.before is not None:
            tables[change.table].remove(change.before)
        if change.after is not None:
            tables[change.table].append(change.after)
    (center,) = tables.pop("centers")
    rest = {name: tuple(rows) for name, rows in tables.items()}
    return Register(center=center, **rest).in_order()
