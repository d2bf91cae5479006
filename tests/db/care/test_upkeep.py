"""What happened, what was done and what was measured: kept, and read as what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from db.care.happened import (
    keep_care_limit,
    keep_events,
    load_care_limits,
    load_events,
)
from db.care.upkeep import (
    drop_plan,
    facts_of,
    keep_limit,
    keep_plan,
    keep_point,
    keep_result,
    keep_work,
    load_facts,
    load_readiness,
)
from db.connection import reading, writing
from db.load import load_register
from db.refusal import DatabaseRefusal
from db.tables.care import APPENDED
from domain.alarm_life import Told
from domain.care import CareEvent, CareKind, CareLimit, Method
from domain.due import DueKind, Urgency, due
from domain.maintenance import MaintenancePlan, MaintenanceWork
from domain.readiness import ReadyState
from domain.telemetry import Phase
from domain.water import Every, Medium, SamplingPoint, WaterLimit, WaterResult, limit_of
from domain.words import Label
from tests.db.care.world import CENTER, hear
from tests.db.world import store
from tests.domain.alarms import BOOT_A, at, edge, event

PLAN = MaintenancePlan("PM", Label("half-yearly", "半年保养"), "4008S", 180, None, 200, "maker")
WORK = MaintenanceWork("M1", "PM", at(0), "Wu", "filters", 5000.5, 900)
LIMIT = WaterLimit("bacteria", Medium.WATER, date(2026, 3, 1), Every(0, 14), 50, 25, source="ours")
RESULT = WaterResult(
    "RO", Medium.WATER, "bacteria", date(2026, 3, 1), 60, "Li", at(3), below=True, text="TGEA"
)


@pytest.fixture
def center(database: sa.Engine) -> sa.Engine:
    """A database with a center in it."""
    store(database)
    return database


def test_what_was_kept_is_what_due_goes_by(center: sa.Engine) -> None:
    point = SamplingPoint("RO", "after RO", date(2030, 1, 1))
    limit = CareLimit("idle_hours", date(2026, 1, 1), 24, "h", "ours")
    block = CareEvent("M1", at(1), CareKind.BLOCKED, who="Li", text="leaks", back=date(2026, 3, 9))
    with writing(center) as session:
        keep_plan(session, CENTER, PLAN)
        keep_work(session, CENTER, WORK)
        keep_point(session, CENTER, point)
        keep_limit(session, CENTER, LIMIT, at(0))
        keep_result(session, CENTER, RESULT)
        keep_care_limit(session, CENTER, limit, at(0))
        keep_events(session, CENTER, [block])
    with reading(center) as session:
        facts = load_facts(session, CENTER)
    assert (facts.machines, facts.plans, facts.works) == ({"M1": "4008S"}, (PLAN,), (WORK,))
    assert (facts.points, facts.limits, facts.results) == ((point,), (LIMIT,), (RESULT,))
    assert (facts.care_limits, facts.events) == ((limit,), (block,))
    first = due(facts, datetime(2026, 3, 2, 9, tzinfo=UTC))[0]
    assert (first.kind, first.urgency, first.subject) == (DueKind.RESULT, Urgency.OVERDUE, "RO")


def test_a_plan_or_point_of_the_same_code_is_changed(center: sa.Engine) -> None:
    other = MaintenancePlan("PM", Label("yearly", ""), every_days=365)
    with writing(center) as session:
        keep_plan(session, CENTER, PLAN)
        keep_plan(session, CENTER, other)
        keep_point(session, CENTER, SamplingPoint("RO", "old"))
        keep_point(session, CENTER, SamplingPoint("RO", "new"))
    with reading(center) as session:
        facts = load_facts(session, CENTER)
    assert (facts.plans, facts.points) == ((other,), (SamplingPoint("RO", "new"),))


def test_an_ended_plan_is_gone_and_its_works_are_not(center: sa.Engine) -> None:
    with writing(center) as session:
        keep_plan(session, CENTER, PLAN)
        keep_work(session, CENTER, WORK)
        drop_plan(session, CENTER, PLAN.code)
    with reading(center) as session:
        facts = load_facts(session, CENTER)
    assert (facts.plans, facts.works) == ((), (WORK,))


def test_the_wire_tells_what_makes_a_machine_dirty_and_ready(center: sa.Engine) -> None:
    told = [(0, Phase.TREATMENT), (240, Phase.DRAIN), (250, Phase.DISINFECTION), (290, Phase.IDLE)]
    events = [
        CareEvent("M1", at(minutes), CareKind.PHASE, phase, told=Told(at(minutes), BOOT_A, n))
        for n, (minutes, phase) in enumerate(told, 1)
    ]
    with writing(center) as session:
        assert keep_events(session, CENTER, events) == 4
        assert keep_events(session, CENTER, events) == 0
        assert keep_events(session, CENTER, [*events, events[0]]) == 0
    with reading(center) as session:
        assert load_events(session, CENTER, ["M1"]) == tuple(events)
        assert load_events(session, CENTER, ["M2"]) == ()
        first, second = load_readiness(session, CENTER, ["M1", "M2"], at(300))
    assert (first.machine, first.state) == ("M1", ReadyState.READY)
    assert (second.machine, second.state) == ("M2", ReadyState.UNKNOWN)


def test_taking_what_a_machine_said_keeps_what_matters_for_care(center: sa.Engine) -> None:
    leak = event(1, edge(code="blood_leak"), "M1")
    hear(center, [leak, event(2, "offline", "M1"), event(3, edge(), "M1")])
    hear(center, [leak])
    with reading(center) as session:
        kinds = [one.kind for one in load_events(session, CENTER)]
    assert kinds == [CareKind.BLOOD_LEAK, CareKind.LINK_LOST]


def test_what_people_type_twice_is_there_twice(center: sa.Engine) -> None:
    done = CareEvent("M1", at(1), CareKind.DISINFECTED, None, "Li", "", Method.HEAT, 35.0)
    with writing(center) as session:
        assert keep_events(session, CENTER, [done, done]) == 2
    with reading(center) as session:
        assert load_events(session, CENTER) == (done, done)


def test_moments_come_back_as_they_were_in_any_time_zone(center: sa.Engine) -> None:
    there = at(1).astimezone(ZoneInfo("Asia/Shanghai"))
    with writing(center) as session:
        keep_events(session, CENTER, [CareEvent("M1", there, CareKind.RELEASED, who="Li")])
    with reading(center) as session:
        assert load_events(session, CENTER)[0].at == at(1)


@pytest.mark.parametrize("table", APPENDED)
def test_history_can_be_neither_changed_nor_removed(center: sa.Engine, table: str) -> None:
    with writing(center) as session:
        keep_work(session, CENTER, WORK)
        keep_limit(session, CENTER, LIMIT, at(0))
        keep_result(session, CENTER, RESULT)
        limit = CareLimit("idle_hours", date(2026, 1, 1), 24, "h", "ours")
        keep_care_limit(session, CENTER, limit, at(0))
    hear(center, [event(1, edge(code="blood_leak"), "M1")])
    for change in (f"UPDATE {table} SET center = center", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="keeps every row"), center.begin() as connection:
            connection.exec_driver_sql(change)


def test_limits_of_another_center_do_not_count(center: sa.Engine) -> None:
    limit = CareLimit("idle_hours", date(2026, 1, 1), 24, "h", "ours")
    with pytest.raises(DatabaseRefusal, match="no center NO"), writing(center) as session:
        keep_care_limit(session, "NO", limit, at(0))
    with reading(center) as session:
        assert load_care_limits(session, CENTER) == ()
        with pytest.raises(DatabaseRefusal, match="no center NO"):
            load_facts(session, "NO")


def test_a_limit_of_the_same_day_takes_the_place_of_the_first_and_leaves_it_there(
    center: sa.Engine,
) -> None:
    typo = replace(LIMIT, limit=500, who="Li")
    with writing(center) as session:
        keep_limit(session, CENTER, typo, at(0))
        keep_limit(session, CENTER, replace(typo, limit=50), at(1))
    with reading(center) as session:
        facts = load_facts(session, CENTER)
    assert [row.limit for row in facts.limits] == [500, 50]
    now = limit_of(facts.limits, "bacteria", Medium.WATER, date(2026, 3, 1))
    assert now is not None
    assert (now.limit, now.who) == (50, "Li")


def test_what_the_wire_said_long_ago_can_be_left_out_but_not_what_people_and_leaks_say(
    center: sa.Engine,
) -> None:
    blocked = CareEvent("M1", at(0), CareKind.BLOCKED, who="Li", text="pump")
    leak, old, late = (
        CareEvent("M1", at(n), kind, phase, told=Told(at(n), BOOT_A, n))
        for n, kind, phase in (
            (1, CareKind.BLOOD_LEAK, None),
            (2, CareKind.PHASE, Phase.TREATMENT),
            (60, CareKind.PHASE, Phase.DRAIN),
        )
    )
    with writing(center) as session:
        keep_events(session, CENTER, [blocked, leak, old, late])
        keep_plan(session, CENTER, PLAN)
    with reading(center) as session:
        register = load_register(session, CENTER)
        assert facts_of(session, register, at(60)).events == (blocked, leak, late)
    with writing(center) as session:
        keep_plan(session, CENTER, replace(PLAN, blocks=True))
    with reading(center) as session:
        assert facts_of(session, register, at(60)).events == (blocked, leak, old, late)


def test_a_machine_whose_dialysate_failed_is_not_ready(center: sa.Engine) -> None:
    failed = WaterResult("M1", Medium.DIALYSATE, "endotoxin", date(2026, 3, 1), 0.6, "Li", at(3))
    with writing(center) as session:
        keep_result(session, CENTER, failed)
    with reading(center) as session:
        (found,) = load_readiness(session, CENTER, ["M1"], at(300))
    assert (found.state, found.ready) == (ReadyState.BLOCKED, False)


def test_a_work_entered_later_counts_by_its_own_moment(center: sa.Engine) -> None:
    with writing(center) as session:
        keep_plan(session, CENTER, PLAN)
        keep_work(session, CENTER, WORK)
        old = MaintenanceWork("M1", "PM", at(0) - timedelta(days=400), "Wu")
        keep_work(session, CENTER, old)
    with reading(center) as session:
        rows = due(load_facts(session, CENTER), at(60))
    (one,) = [row for row in rows if row.kind is DueKind.MAINTENANCE]
    assert one.urgency is Urgency.LATER
