"""The first structure: the center's register and its stored plans."""

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
    flag,
    moment,
    number,
    numbered,
    numbers,
    one_of,
    refuse_changes_of,
    some_of,
    span,
    text,
    texts,
)

revision = "0001"
down_revision = None

NAMED = {"name_filled": "name_en != '' OR name_zh != ''"}
WEEKDAYS = {"weekdays_digits": "rtrim(weekdays, '1234567') = ''"}
SPAN = {"span_order": "span_first <= span_last"}
PATIENT = {"patient": "patients"}
SEAT = {"patient": "patients", "shift": "shifts", "station": "stations"}
INFECTIONS = ("negative", "syphilis", "cleared", "unknown", "hbv", "hcv", "hiv")
MARKERS = ("HBsAg", "HBV-DNA", "anti-HCV", "HCV-RNA", "syphilis", "HIV")
WISHES = ("shift", "not shift", "weekday", "not weekday", "long gap", "companion")
IMMUTABLE = ("plan_versions", "plan_assignments", "plan_publications")


def upgrade() -> None:
    """Creates everything, parents before children."""
    _center()
    _rooms()
    _rules()
    _calendar()
    _patients()
    _needs()
    _habits()
    _times()
    _plans()
    _refuse_changes()


def _center() -> None:
    around = ("arrive_before_minutes", "leave_after_minutes")
    op.create_table(
        "centers",
        *(*texts("code", "name_en", "name_zh", "timezone"), day("odd_monday")),
        *(*texts("phone", "address_en", "address_zh"), *numbers(*around), flag("partial_weeks")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_centers")),
        *checks("centers", {"code_filled": "code != ''", **NAMED, **at_least(0, *around)}),
    )


def _rooms() -> None:
    admits = some_of("admits", INFECTIONS)
    coded("zones", texts("name_en", "name_zh", "admits"), {**NAMED, **admits})
    coded("stations", texts("zone", "room"), {}, {"zone": "zones"})
    able = some_of("modalities", ("HDF", "HD", "HF", "HP"))
    coded("machines", texts("serial", "model", "modalities"), able)
    coded(
        "nurses",
        [*texts("name", "zones", "skills"), number("weekly_minutes")],
        at_least(0, "weekly_minutes"),
    )


def _rules() -> None:
    create(
        "rules",
        ("rule", "valid_from"),
        [
            *(text("rule"), day("valid_from"), flag("enabled")),
            *(number(name, empty=True) for name in ("limit", "tier", "weight")),
            text("source"),
        ],
        {
            "rule_filled": "rule != ''",
            "limit_range": '"limit" >= 0',
            **at_least(1, "tier"),
            **at_least(0, "weight"),
        },
    )


def _calendar() -> None:
    coded(
        "shifts",
        [
            *(*texts("name_en", "name_zh"), clock("start"), clock("end"), text("weekdays")),
            *(number("turnover_minutes"), flag("night"), flag("early")),
        ],
        {**NAMED, **WEEKDAYS, **at_least(0, "turnover_minutes")},
    )
    numbered(
        "placements",
        [*texts("machine", "station"), *span()],
        SPAN,
        {"machine": "machines", "station": "stations"},
    )
    places = {"shift": "shifts", "zone": "zones", "station": "stations"}
    numbered(
        "closures",
        [*span(), text("reason"), *(text(place, empty=True) for place in places)],
        SPAN,
        places,
    )
    turn = {"zone": "zones", "shift": "shifts"}
    numbered(
        "holds",
        [text("zone"), number("stations"), text("reason"), text("shift", empty=True), *span()],
        {**SPAN, **at_least(0, "stations")},
        turn,
    )
    numbered(
        "staffing",
        [*texts("zone", "shift"), number("nurses"), text("weekdays"), *span()],
        {**SPAN, **WEEKDAYS, **at_least(0, "nurses")},
        turn,
    )


def _patients() -> None:
    coded(
        "patients",
        [
            *(text("name"), choice("night"), choice("priority"), choice("access")),
            *(*numbers("travel_minutes", "recovery_minutes"), *span()),
            *texts("phone", "language"),
        ],
        {
            **SPAN,
            **at_least(0, "travel_minutes", "recovery_minutes"),
            **one_of("night", ("never", "accepts", "volunteers")),
            **one_of("priority", ("normal", "high", "urgent")),
            **one_of("access", ("AVF", "AVG", "TCC", "NCC"), "accesskind"),
        },
    )
    create(
        "ledger",
        ("patient", "burden"),
        [text("patient"), choice("burden"), number("turns")],
        {**at_least(0, "turns"), **one_of("burden", ("night", "early", "sunday"))},
        PATIENT,
    )


def _needs() -> None:
    numbered(
        "prescriptions",
        [
            *(text("patient"), *numbers("frequency_odd", "frequency_even")),
            *(flag("frequency_every_other_day"), number("minutes"), choice("modality"), *span()),
        ],
        {
            **SPAN,
            **between(0, 7, "frequency_odd", "frequency_even"),
            **between(1, 1440, "minutes"),
            **one_of("modality", ("HD", "HDF", "HF", "HP")),
        },
        PATIENT,
    )
    numbered(
        "serology",
        [text("patient"), choice("marker"), flag("positive"), day("day"), text("laboratory")],
        one_of("marker", MARKERS),
        PATIENT,
    )


def _habits() -> None:
    numbered(
        "patterns",
        [
            *(text("patient"), number("weekday"), text("shift"), text("station", empty=True)),
            choice("parity"),
        ],
        {**between(1, 7, "weekday"), **one_of("parity", ("every", "odd", "even"))},
        SEAT,
    )
    numbered(
        "wishes",
        [text("patient"), choice("kind"), text("value"), number("strength")],
        {**between(1, 3, "strength"), **one_of("kind", WISHES, "wishkind")},
        PATIENT,
    )
    seat = [text("patient"), day("day"), text("shift"), text("station", empty=True)]
    numbered("locks", seat, {}, SEAT)
    numbered("sessions", [day("day"), *texts("shift", "station", "patient")], {}, SEAT)


def _times() -> None:
    numbered(
        "absences",
        [
            *(text("patient"), *span(), *texts("reason", "weekdays")),
            *(clock("start", empty=True), clock("end", empty=True)),
        ],
        {**SPAN, **WEEKDAYS},
        PATIENT,
    )
    way = ("travel_minutes", "changing_minutes")
    numbered(
        "work_shifts",
        [
            *(*texts("patient", "weekdays"), clock("start"), clock("end"), *numbers(*way)),
            *(*span(), choice("parity"), flag("workshop")),
        ],
        {**SPAN, **WEEKDAYS, **at_least(0, *way), **one_of("parity", ("every", "odd", "even"))},
        PATIENT,
    )


def _plans() -> None:
    author = {"author_filled": "author != ''"}
    create(
        "plan_versions",
        ("first_day", "number"),
        [
            *(day("first_day"), *numbers("number", "weeks"), number("parent", empty=True)),
            *(*texts("author", "note"), moment("created_at")),
            *texts("input_fingerprint", "content_fingerprint"),
            *(document("run"), text("log")),
        ],
        {**author, "parent_before": "parent < number", **at_least(1, "number", "weeks")},
    )
    op.create_table(
        "plan_assignments",
        *(text("center"), day("first_day"), number("number"), day("day")),
        *texts("shift", "station", "patient"),
        sa.PrimaryKeyConstraint(
            *("center", "first_day", "number", "day", "shift", "station", "patient"),
            name=op.f("pk_plan_assignments"),
        ),
        _of_version("plan_assignments"),
        *checks("plan_assignments", {"day_inside": "day >= first_day"}),
    )
    op.create_table(
        "plan_publications",
        *(text("center"), number("sequence"), day("first_day"), number("number")),
        *(text("author"), moment("published_at")),
        sa.PrimaryKeyConstraint("center", "sequence", name=op.f("pk_plan_publications")),
        _of_version("plan_publications"),
        *checks("plan_publications", {**author, **at_least(1, "sequence")}),
    )


def _of_version(table: str) -> sa.ForeignKeyConstraint:
    key = ["center", "first_day", "number"]
    return sa.ForeignKeyConstraint(
        key,
        [f"plan_versions.{column}" for column in key],
        name=op.f(f"fk_{table}_center_first_day_number"),
        ondelete="RESTRICT",
    )


def _refuse_changes() -> None:
    """Triggers, because a stored plan must stay as it was, whoever writes to the database."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION '% keeps every row as it was stored', TG_TABLE_NAME; END $$"
        )
    for table in IMMUTABLE:
        refuse_changes_of(table)
