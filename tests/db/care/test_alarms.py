"""Alarms in the database: as the fold says, once each, with every record kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from db.care.alarms import (
    alarms_since,
    change_alarm,
    escalate,
    load_alarm,
    take,
    taken_position,
)
from db.connection import reading, writing
from db.refusal import DatabaseRefusal
from domain.alarm import EdgePhase, MachineState, Priority
from domain.alarm_book import AlarmBook, taken
from domain.alarm_life import Act, AlarmLife
from domain.alarm_response import CareRefused, closed, noted, seen
from domain.telemetry import Event, LinkStatus
from tests.db.care.world import CENTER, alarms, hear
from tests.db.world import store
from tests.domain.alarms import BOOT_A, BOOT_B, at, edge, event

START, CONTINUE, END = EdgePhase
AFTER = {Priority.HIGH: timedelta(seconds=60)}


@pytest.fixture
def center(database: sa.Engine) -> sa.Engine:
    """A database with a center in it."""
    store(database)
    return database


def see(engine: sa.Engine, number: int = 1, minute: int = 5) -> AlarmLife:
    with writing(engine) as session:
        return change_alarm(
            session, CENTER, "HD-01", number, lambda life: seen(life, "Li", at(minute))
        )


def test_what_a_machine_says_becomes_an_open_alarm(center: sa.Engine) -> None:
    assert hear(center, [event(1, edge())]) == 1
    (life,) = alarms(center)
    assert life == taken(AlarmBook(), [event(1, edge())]).lives["HD-01", "venous_pressure"]


def test_taking_events_again_changes_nothing(center: sa.Engine) -> None:
    events = [event(1, edge()), event(2, "offline"), event(3, "online"), event(4, edge(CONTINUE))]
    hear(center, events)
    before = alarms(center)
    assert hear(center, events) == 0
    assert hear(center, events[1:]) == 0
    assert alarms(center) == before


def test_an_alarm_that_is_over_is_not_raised_again_by_its_old_events(center: sa.Engine) -> None:
    first = [event(1, edge()), event(2, edge(END))]
    hear(center, first)
    see(center)
    second = [event(1, edge(), boot=BOOT_B, minutes=60)]
    hear(center, second)
    before = alarms(center)
    assert [life.number for life in before] == [2]
    assert hear(center, [*first, *second]) == 0
    assert alarms(center) == before


def test_what_people_do_is_kept_with_who_and_when(center: sa.Engine) -> None:
    hear(center, [event(1, edge())])
    see(center)
    with writing(center) as session:
        change_alarm(session, CENTER, "HD-01", 1, lambda life: noted(life, "Wu", at(6), "kinked"))
    hear(center, [event(9, edge(END))])
    assert alarms(center) == ()
    with reading(center) as session:
        life = load_alarm(session, CENTER, "HD-01", 1)
        assert alarms_since(session, CENTER, at(1)) == (life,)
        assert alarms_since(session, CENTER, at(2)) == ()
    assert [(r.act, r.who, r.at, r.text) for r in life.records] == [
        (Act.RAISED, "", at(1), ""),
        (Act.SEEN, "Li", at(5), ""),
        (Act.NOTED, "Wu", at(6), "kinked"),
        (Act.ENDED, "", at(9), ""),
    ]


def test_a_refused_act_leaves_the_alarm_as_it_was(center: sa.Engine) -> None:
    hear(center, [event(1, edge())])
    before = alarms(center)
    with pytest.raises(CareRefused), writing(center) as session:
        change_alarm(session, CENTER, "HD-01", 1, lambda life: closed(life, "Li", at(2), "x"))
    assert alarms(center) == before


def test_escalating_puts_each_alarm_to_the_top_once_for_each_time(center: sa.Engine) -> None:
    hear(center, [event(1, edge()), event(1, edge(priority=Priority.LOW), machine="HD-02")])
    with writing(center) as session:
        (risen,) = escalate(session, CENTER, at(2), AFTER)
        assert escalate(session, CENTER, at(2.5), AFTER) == ()
        (again,) = escalate(session, CENTER, at(3), AFTER)
    assert (risen.machine, risen.escalated_at) == ("HD-01", at(2))
    assert alarms(center)[0] == again
    assert [record.act for record in again.records] == [Act.RAISED, Act.ESCALATED, Act.ESCALATED]


def test_a_record_can_be_neither_changed_nor_removed(center: sa.Engine) -> None:
    hear(center, [event(1, edge())])
    for change in ("UPDATE alarm_records SET who = 'X'", "DELETE FROM alarm_records"):
        with pytest.raises(DBAPIError, match="keeps every row"), center.begin() as connection:
            connection.exec_driver_sql(change)


def test_the_records_of_an_alarm_are_numbered_without_gaps(center: sa.Engine) -> None:
    hear(center, [event(1, edge()), event(2, "offline")])
    see(center)
    with center.connect() as connection:
        rows = connection.exec_driver_sql("SELECT position FROM alarm_records ORDER BY position")
        assert [position for (position,) in rows] == [1, 2, 3]


def test_the_position_in_the_telemetry_is_kept_with_what_was_taken(center: sa.Engine) -> None:
    with reading(center) as session:
        assert taken_position(session, CENTER) == 0
    hear(center, [event(1, edge())], position=17)
    hear(center, [], position=18)
    with reading(center) as session:
        assert taken_position(session, CENTER) == 18


def test_a_reader_that_dies_half_way_has_taken_nothing(center: sa.Engine) -> None:
    def dies() -> None:
        with writing(center) as session:
            take(session, CENTER, [event(1, edge())], 17)
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        dies()
    assert alarms(center) == ()
    with reading(center) as session:
        assert taken_position(session, CENTER) == 0


def test_an_unknown_center_or_alarm_is_refused(center: sa.Engine) -> None:
    with pytest.raises(DatabaseRefusal, match="no center NO"), writing(center) as session:
        take(session, "NO", [event(1, edge())])
    with pytest.raises(DatabaseRefusal, match="no alarm 9 of HD-01"):
        see(center, 9)


EVENTS = st.lists(
    st.builds(
        lambda said, boot, machine: (said, boot, machine),
        st.one_of(
            st.builds(
                edge,
                st.sampled_from(EdgePhase),
                st.sampled_from([MachineState.ACTIVE, MachineState.LATCHED]),
                st.sampled_from(Priority),
                st.sampled_from(["air", "tmp"]),
            ),
            st.sampled_from([LinkStatus.ONLINE.value, LinkStatus.OFFLINE.value]),
        ),
        st.sampled_from([BOOT_A, BOOT_B]),
        st.sampled_from(["HD-01", "HD-02"]),
    ),
    min_size=1,
    max_size=12,
).map(lambda rows: [event(n, s, m, b) for n, (s, b, m) in enumerate(rows, 1)])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS, cut=st.integers(0, 12))
def test_taken_in_pieces_and_again_is_the_same_as_at_once(
    center: sa.Engine, events: list[Event], cut: int
) -> None:
    book = taken(AlarmBook(), events)
    with writing(center) as session:
        take(session, CENTER, events[:cut])
        take(session, CENTER, events[cut:])
        take(session, CENTER, events)
        found = {(life.machine, life.code): life for life in alarms_since(session, CENTER, at(0))}
        session.rollback()
    assert found == dict(book.lives)
