"""Which machines a center has."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from db.connection import writing
from db.migrations import upgrade
from db.opening import open_database
from db.save import save_register
from db.telemetry.registered import KNOWN_FOR, center_of, machine_codes, remembering
from domain.telemetry import StoreDown
from tests.db.world import REGISTER


@pytest.fixture
def center(tmp_path: Path) -> sa.Engine:
    """A center's database with one center in it."""
    engine = open_database(f"sqlite:///{tmp_path / 'center.db'}")
    upgrade(engine)
    with writing(engine) as session:
        save_register(session, REGISTER)
    return engine


CODES = frozenset(machine.code for machine in REGISTER.machines)


def test_the_only_center_is_meant_whatever_topics_call_it(center: sa.Engine) -> None:
    code = REGISTER.center.code
    assert center_of(center, code) == center_of(center, "center") == code
    assert machine_codes(center, code) == CODES


def test_of_several_centers_the_named_one_is_meant_or_none(center: sa.Engine) -> None:
    with center.begin() as connection:
        columns = [column["name"] for column in sa.inspect(connection).get_columns("centers")]
        rest = ", ".join(name for name in columns if name != "code")
        connection.exec_driver_sql(
            f"INSERT INTO centers (code, {rest}) SELECT 'OTHER', {rest} FROM centers"
        )
    assert center_of(center, "OTHER") == "OTHER"
    assert center_of(center, "center") is None


def test_what_was_known_holds_while_the_center_cannot_be_read(center: sa.Engine) -> None:
    now = 0.0
    known = remembering(center, REGISTER.center.code, lambda: now)
    assert known() == CODES
    with center.begin() as connection:
        connection.exec_driver_sql("DROP TABLE placements")
        connection.exec_driver_sql("DROP TABLE machines")
    now = KNOWN_FOR + 1
    assert known() == CODES
    with pytest.raises(StoreDown, match="cannot be read"):
        remembering(center, REGISTER.center.code, lambda: now)()


def test_a_machine_that_was_registered_is_known_soon(center: sa.Engine) -> None:
    now = 0.0
    known = remembering(center, REGISTER.center.code, lambda: now)
    assert known() == CODES
    with center.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO machines (center, code, serial, model, modalities)"
            f" VALUES ('{REGISTER.center.code}', 'NEW', '', '', 'HD')"
        )
    assert known() == CODES
    now = KNOWN_FOR + 1
    assert known() == CODES | {"NEW"}
