"""The nurses' work: kinds of duty, crews, contracts, days away and wishes, balances; rosters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.parts import (
    at_least,
    between,
    checks,
    choice,
    clock,
    coded,
    create,
    day,
    document,
    filled,
    flag,
    moment,
    number,
    numbered,
    numbers,
    one_of,
    refuse_changes_of,
    span,
    text,
    texts,
)

revision = "0005"
down_revision = "0004"

APPENDED = ("nurse_rosters", "nurse_duties", "nurse_roster_days")
NAMED = {"name_filled": "name_en != '' OR name_zh != ''"}
WEEKDAYS = {"weekdays_digits": "rtrim(weekdays, '1234567') = ''"}
SPAN = {"span_order": "span_first <= span_last"}
DAYS = ("leave", "training", "ill", "off", "shift", "not shift")
BURDENS = ("rest owed", "night", "late", "weekend")
NURSE = {"nurse": "nurses"}
VERSION = ("center", "first_day", "number")


def upgrade() -> None:
    """Creates the tables, and guards those that are only added to."""
    _ward()
    _nurses()
    _rosters()
    for table in APPENDED:
        refuse_changes_of(table)


def _ward() -> None:
    coded(
        "duty_kinds",
        [
            *(*texts("name_en", "name_zh", "shifts"), clock("start"), clock("end")),
            *(*numbers("minutes", "nurses"), text("weekdays")),
        ],
        {**NAMED, **WEEKDAYS, **at_least(0, "minutes", "nurses")},
    )
    numbered(
        "crew_rules",
        [
            *(text("zone", empty=True), text("shift", empty=True)),
            *(number("patients", empty=True), number("nurses"), text("skill"), *span()),
        ],
        {**SPAN, **at_least(1, "patients"), **at_least(0, "nurses")},
        {"zone": "zones", "shift": "shifts"},
    )


def _nurses() -> None:
    least = at_least(0, "most_days", "most_nights", "most_weekends")
    numbered(
        "contracts",
        [
            *texts("nurse", "shifts"),
            *numbers("most_days", "most_in_row", "most_nights", "most_weekends"),
            *span(),
        ],
        {**SPAN, **least, **at_least(1, "most_in_row")},
        NURSE,
    )
    numbered(
        "nurse_days",
        [
            *(text("nurse"), choice("kind"), *span(), text("shift", empty=True)),
            *(number("strength"), text("reason")),
        ],
        {**SPAN, **one_of("kind", DAYS, "nursedaykind"), **between(1, 3, "strength")},
        {**NURSE, "shift": "shifts"},
    )
    create(
        "nurse_ledger",
        ("nurse", "burden"),
        [text("nurse"), choice("burden"), number("amount"), day("day", empty=True)],
        one_of("burden", BURDENS, "nurseburden"),
        NURSE,
    )


def _rosters() -> None:
    create(
        "nurse_rosters",
        ("first_day", "number"),
        [
            *(day("first_day"), *numbers("number", "weeks"), number("parent", empty=True)),
            *(*texts("author", "note"), moment("created_at")),
            *(text("content_fingerprint"), document("run")),
        ],
        {**filled("author"), "parent_before": "parent < number", **at_least(1, "number", "weeks")},
    )
    op.create_table(
        "nurse_duties",
        *(text("center"), day("first_day"), number("number"), day("day")),
        *(*texts("nurse", "kind", "zone"), flag("lead"), clock("until", empty=True)),
        _key("nurse_duties"),
        _of_version("nurse_duties"),
        *checks("nurse_duties", {"day_inside": "day >= first_day"}),
    )
    op.create_table(
        "nurse_roster_days",
        *(text("center"), day("first_day"), number("number"), day("day")),
        *(text("nurse"), choice("kind")),
        _key("nurse_roster_days"),
        _of_version("nurse_roster_days"),
        *checks("nurse_roster_days", one_of("kind", DAYS, "nursedaykind")),
    )


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*VERSION, "day", "nurse", name=op.f(f"pk_{table}"))


def _of_version(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        list(VERSION),
        [f"nurse_rosters.{column}" for column in VERSION],
        name=op.f(f"fk_{table}_center_first_day_number"),
        ondelete="RESTRICT",
    )
