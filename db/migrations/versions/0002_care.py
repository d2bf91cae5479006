"""Alarms with their records, what happened to machines, maintenance, tests of water."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.parts import (
    at_least,
    big,
    checks,
    choice,
    create,
    day,
    filled,
    flag,
    moment,
    number,
    numbers,
    one_of,
    real,
    refuse_changes_of,
    text,
    texts,
)

revision = "0002"
down_revision = "0001"

APPENDED = (
    "alarm_records", "care_events", "care_limits", "maintenance_works", "water_limits",
    "water_results",
)  # fmt: skip
STATES = ("inactive", "active", "latched", "off", "unknown")
INACTIVATIONS = (
    "enabled", "audio-paused", "audio-off", "alarm-paused", "alarm-off", "alert-acknowledged",
)  # fmt: skip
ACTS = (
    "raised", "again", "changed", "ended", "late", "link lost", "link back", "escalated", "seen",
    "noted", "handed over", "closed",
)  # fmt: skip
KINDS = (
    "phase", "link lost", "link back", "blood leak", "disinfected", "residue clear", "blocked",
    "released", "meter",
)  # fmt: skip
PHASES = (
    "off", "selftest", "priming", "ready", "connecting", "treatment", "reinfusion", "drain",
    "disinfect", "idle", "service",
)  # fmt: skip
MEDIUM = one_of("medium", ("water", "dialysate"))


def upgrade() -> None:
    """Creates the tables of care, and guards those that are only added to."""
    _alarms()
    _alarm_records()
    _heard()
    _events()
    _limits()
    _maintenance()
    _results()
    for table in APPENDED:
        refuse_changes_of(table)


def _alarms() -> None:
    create(
        "alarms",
        ("machine", "number"),
        [
            *(text("machine"), number("number"), text("code"), choice("generation")),
            *(moment("first"), moment("began"), number("times"), choice("priority")),
            *(flag("priority_from_machine"), choice("state"), choice("last_said")),
            *(choice("inactivation"), moment("heard_at"), text("heard_boot"), big("heard_seq")),
            *(choice("direction", empty=True), flag("inferred")),
            *(real("value", empty=True), real("low", empty=True), real("high", empty=True)),
            *(text("seen_by"), moment("seen_at", empty=True), text("holder")),
            *(moment("escalated_at", empty=True), moment("closed_at", empty=True)),
        ],
        {
            **at_least(1, "number", "times"),
            **filled("machine"),
            **one_of("generation", ("Real", "Test", "Demo")),
            **one_of("priority", ("H", "M", "L", "I", "U")),
            **one_of("state", STATES, "machinestate"),
            **one_of("last_said", STATES),
            **one_of("inactivation", INACTIVATIONS),
            **one_of("direction", ("HI", "LO")),
        },
    )


def _alarm_records() -> None:
    key = ["center", "machine", "number"]
    op.create_table(
        "alarm_records",
        *(*texts("center", "machine"), *numbers("number", "position"), moment("at")),
        *(choice("act"), *texts("who", "text"), choice("state"), choice("inactivation")),
        *(moment("told_at", empty=True), text("told_boot", empty=True)),
        big("told_seq", empty=True),
        sa.PrimaryKeyConstraint(*key, "position", name=op.f("pk_alarm_records")),
        sa.ForeignKeyConstraint(
            key,
            [f"alarms.{column}" for column in key],
            name=op.f("fk_alarm_records_center_machine_number"),
            ondelete="RESTRICT",
        ),
        *checks(
            "alarm_records",
            {
                **at_least(1, "position"),
                **one_of("act", ACTS),
                **one_of("state", STATES, "machinestate"),
                **one_of("inactivation", INACTIVATIONS),
            },
        ),
    )


def _heard() -> None:
    create("heard_boots", ("machine", "boot"), [*texts("machine", "boot"), big("reached")], {})
    create(
        "heard_links", ("machine",), [text("machine"), moment("at"), text("boot"), big("seq")], {}
    )
    create("care_offsets", (), [big("position")], at_least(0, "position"))


def _events() -> None:
    create(
        "care_events",
        ("number",),
        [
            *(number("number"), text("machine"), moment("at"), choice("kind")),
            *(choice("phase", empty=True), *texts("who", "text"), choice("method", empty=True)),
            *(real("minutes", empty=True), real("hours", empty=True)),
            *(number("treatments", empty=True), text("told_boot", empty=True)),
            big("told_seq", empty=True),
        ],
        {
            **filled("machine"),
            **one_of("kind", KINDS, "carekind"),
            **one_of("phase", PHASES),
            **one_of("method", ("heat", "chemical")),
        },
    )
    told = ["center", "machine", "told_boot", "told_seq"]
    op.create_index("care_events_told", "care_events", told, unique=True)


def _limits() -> None:
    create(
        "care_limits",
        ("code", "valid_from"),
        [
            *(text("code"), day("valid_from"), real("value"), *texts("unit", "source", "who")),
            moment("entered"),
        ],
        filled("code", "source"),
    )
    create(
        "water_limits",
        ("test", "medium", "valid_from"),
        [
            *(text("test"), choice("medium"), day("valid_from")),
            *(*numbers("every_months", "every_days"), real("limit", empty=True)),
            *(real("action", empty=True), flag("strict"), text("source"), flag("enabled")),
        ],
        {**filled("test", "source"), **at_least(0, "every_months", "every_days"), **MEDIUM},
    )


def _maintenance() -> None:
    every = ("every_days", "every_hours", "every_treatments")
    create(
        "maintenance_plans",
        ("code",),
        [
            *texts("code", "title_en", "title_zh", "model"),
            *(number(name, empty=True) for name in every),
            text("source"),
        ],
        {**filled("code"), **at_least(1, *every)},
    )
    create(
        "maintenance_works",
        ("number",),
        [
            *(number("number"), *texts("machine", "plan"), moment("at"), *texts("who", "text")),
            *(real("hours", empty=True), number("treatments", empty=True)),
        ],
        {**filled("machine", "who"), "plan_filled": "\"plan\" != ''"},
    )


def _results() -> None:
    create(
        "sampling_points",
        ("code",),
        [*texts("code", "title"), day("retired", empty=True)],
        filled("code"),
    )
    create(
        "water_results",
        ("number",),
        [
            *(number("number"), text("point"), choice("medium"), text("test"), day("day")),
            *(real("value"), flag("below"), text("who"), moment("entered"), text("text")),
        ],
        {**filled("point", "test", "who"), **MEDIUM},
    )
