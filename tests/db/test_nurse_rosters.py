"""Stored nurse rosters: they come back as they were, and nobody overwrites anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from db.connection import reading, writing
from db.nurse_rosters import (
    RosterVersion,
    StaleRoster,
    list_rosters,
    load_roster,
    roster_on,
    save_roster,
)
from db.refusal import DatabaseRefusal
from db.ward import load_balances, load_ward
from domain.calendar import WEEK
from domain.center import Nurse
from domain.nurse_roster import AwayDay, Duty, NurseRoster
from domain.nurse_terms import NurseBalance, NurseBurden, NurseDayKind
from domain.register import Register
from tests.db.world import MONDAY, NOW, REGISTER, plan_of, sit, store

NURSES = (Nurse("N1", "李梅", frozenset("A")), Nurse("N2", "王芳", frozenset("A")))
WARD = replace(REGISTER, nurses=NURSES)
ROSTER = NurseRoster.of(
    MONDAY, 1,
    [Duty(MONDAY, "N1", "早", "A", True, time(11)), Duty(MONDAY, "N2", "治")],
    [AwayDay(MONDAY + timedelta(days=1), "N1", NurseDayKind.LEAVE)],
)  # fmt: skip
RUN = {"cost": 3, "bound": 3, "proven": True}


@pytest.fixture
def center(database: sa.Engine) -> sa.Engine:
    store(database, WARD)
    return database


def saved(
    engine: sa.Engine, roster: NurseRoster = ROSTER, parent: int | None = None, after: int = 0
) -> RosterVersion:
    """A roster stored in a transaction of its own, some minutes after `NOW`."""
    with writing(engine) as session:
        now = NOW + timedelta(minutes=after)
        return save_roster(session, "HC", roster, RUN, "Li", "note", now, parent)


def test_a_stored_roster_comes_back_with_all_that_is_known_of_it(center: sa.Engine) -> None:
    version = saved(center)
    with reading(center) as session:
        found = load_roster(session, "HC", MONDAY)
    assert (found.version, found.roster, found.run) == (version, ROSTER, RUN)
    assert (version.number, version.parent, version.author, version.note) == (1, None, "Li", "note")


def test_versions_are_numbered_and_an_older_one_can_be_had(center: sa.Engine) -> None:
    saved(center)
    empty = NurseRoster.of(MONDAY, 1, ())
    saved(center, empty, 1)
    with reading(center) as session:
        assert [one.number for one in list_rosters(session, "HC")] == [1, 2]
        assert load_roster(session, "HC", MONDAY).roster == empty
        assert load_roster(session, "HC", MONDAY, 1).roster == ROSTER


def test_the_second_of_two_who_change_one_roster_is_told(center: sa.Engine) -> None:
    saved(center)
    with pytest.raises(StaleRoster, match=r"Version 1 .* was stored meanwhile by Li"):
        saved(center, parent=None)
    with pytest.raises(StaleRoster, match="There is no stored roster"):
        saved(center, replace(ROSTER, first_day=MONDAY - WEEK, weeks=2), 4)


def test_a_roster_that_is_not_there_is_refused(center: sa.Engine) -> None:
    with reading(center) as session:
        with pytest.raises(DatabaseRefusal, match="There is no stored roster from"):
            load_roster(session, "HC", MONDAY)
        with pytest.raises(DatabaseRefusal, match="There is no version 3"):
            load_roster(session, "HC", MONDAY, 3)


def test_duties_outside_the_weeks_or_twice_a_day_are_a_mistake(center: sa.Engine) -> None:
    for duties in ([Duty(MONDAY - WEEK, "N1", "早")],
                   [Duty(MONDAY, "N1", "早"), Duty(MONDAY, "N1", "中")]):  # fmt: skip
        with pytest.raises(ValueError, match="outside the roster's weeks or twice"):
            saved(center, NurseRoster.of(MONDAY, 1, duties))
    with writing(center) as session, pytest.raises(ValueError, match="without a time zone"):
        save_roster(session, "HC", ROSTER, None, "Li", "", datetime(2026, 1, 1), None)


def test_a_stored_roster_cannot_be_changed_and_a_change_past_the_program_is_seen(
    center: sa.Engine,
) -> None:
    saved(center)
    with center.connect() as connection, pytest.raises(DatabaseError):
        connection.exec_driver_sql("UPDATE nurse_duties SET kind = '夜'")
    with center.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO nurse_duties VALUES"
            f" ('HC', '{MONDAY}', 1, '{MONDAY + timedelta(days=3)}', 'N1', '早', 'A', false, NULL)"
        )
    with reading(center) as session, pytest.raises(DatabaseRefusal, match="outside this program"):
        load_roster(session, "HC", MONDAY)


def test_of_two_rosters_over_a_week_the_one_stored_last_holds(center: sa.Engine) -> None:
    saved(center, replace(ROSTER, first_day=MONDAY - WEEK, weeks=2, duties=(), away=()))
    later = saved(center, after=5)
    with reading(center) as session:
        versions = list_rosters(session, "HC")
    assert roster_on(versions, MONDAY) == later
    assert roster_on(versions, MONDAY - WEEK) == versions[0]
    assert roster_on(versions, MONDAY + WEEK) is None


# --- the ward ---------------------------------------------------------------------------------


def test_rest_owed_and_nights_are_carried_on_from_roster_to_roster(database: sa.Engine) -> None:
    balances = (
        NurseBalance("N1", NurseBurden.REST, 480),
        NurseBalance("N2", NurseBurden.NIGHT, 2, MONDAY),
    )
    store(database, replace(WARD, nurse_ledger=balances))
    days = [MONDAY - WEEK + timedelta(days=at) for at in range(6)]
    nights = [Duty(days[0], "N2", "中", "A"), Duty(days[2], "N2", "中", "A")]
    duties = [*(Duty(day, "N1", "早", "A") for day in days), *nights]
    saved(database, NurseRoster.of(MONDAY - WEEK, 1, duties))
    with reading(database) as session:
        found = {(r.nurse, r.burden): r.amount for r in load_balances(session, "HC", MONDAY)}
    assert found[("N1", NurseBurden.REST)] == 480 + 480
    assert found[("N2", NurseBurden.REST)] == -3 * 480
    assert found[("N2", NurseBurden.NIGHT)] == 2
    assert found[("N1", NurseBurden.WEEKEND)] == 1


def test_a_ward_has_its_plans_and_the_fortnight_before(database: sa.Engine) -> None:
    store(database, _with_sessions(WARD))
    week = MONDAY - WEEK
    saved(database, NurseRoster.of(week, 1, [Duty(week, "N1", "早", "A")]))
    with reading(database) as session:
        rows = load_ward(session, "HC", MONDAY, 4)
    assert rows.before is not None
    assert (rows.before.first_day, rows.before.weeks) == (week, 1)
    assert rows.plans[week] == plan_of(sit(week, "D", "P1"), first_day=week)
    assert rows.problem.weeks == 4


def test_a_hole_before_the_roster_ends_what_is_known_of_the_past(database: sa.Engine) -> None:
    store(database, WARD)
    far = MONDAY - 2 * WEEK
    saved(database, NurseRoster.of(far, 1, [Duty(far, "N1", "早", "A")]))
    with reading(database) as session:
        assert load_ward(session, "HC", MONDAY, 1).before is None


def _with_sessions(register: Register) -> Register:
    return replace(register, sessions=(sit(MONDAY - WEEK, "D", "P1"),))
