"""Accounts, sign-ins, displays, patients' links and words, the audit, drafts, orders of plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.parts import (
    Rules,
    at_least,
    checks,
    choice,
    create,
    day,
    document,
    filled,
    flag,
    moment,
    number,
    numbers,
    one_of,
    refuse_changes_of,
    text,
    texts,
)

revision = "0003"
down_revision = "0002"

APPENDED = (
    "audit_entries", "draft_steps", "patient_answers", "patient_requests", "plan_overrides",
    "request_decisions",
)  # fmt: skip
ROLES = ("head nurse", "nurse", "technician", "doctor", "admin")
STATES = ("waiting", "running", "done", "failed", "lost")
VERSION = ("center", "first_day", "number")


def upgrade() -> None:
    """Creates the tables of the web, and guards those that are only added to."""
    _access()
    _audit()
    _answers()
    _requests()
    _decisions()
    _drafts()
    _jobs()
    for table in APPENDED:
        refuse_changes_of(table)


def _access() -> None:
    create(
        "accounts",
        ("name",),
        [
            *(*texts("name", "shown"), choice("role"), text("password"), flag("must_change")),
            *(moment("disabled_at", empty=True), moment("created_at"), text("created_by")),
        ],
        {**filled("name", "password"), **one_of("role", ROLES)},
    )
    op.create_table(
        "sign_ins",
        *(*texts("center", "digest", "account"), moment("created_at"), moment("seen_at")),
        *(moment("expires_at"), moment("ended_at", empty=True)),
        sa.PrimaryKeyConstraint("center", "digest", name=op.f("pk_sign_ins")),
        sa.ForeignKeyConstraint(["center"], ["centers.code"], name=op.f("fk_sign_ins_center")),
        sa.ForeignKeyConstraint(
            ["center", "account"],
            ["accounts.center", "accounts.name"],
            name=op.f("fk_sign_ins_center_account"),
            ondelete="RESTRICT",
        ),
    )
    create(
        "displays",
        ("digest",),
        [
            *(*texts("digest", "title"), choice("kind"), text("created_by"), moment("created_at")),
            *(moment("expires_at", empty=True), moment("revoked_at", empty=True)),
        ],
        one_of("kind", ("corridor", "nurse station"), "displaykind"),
    )
    create(
        "patient_links",
        ("digest",),
        [
            *(*texts("digest", "patient", "created_by"), moment("created_at")),
            *(moment("expires_at"), moment("revoked_at", empty=True)),
        ],
        filled("patient"),
    )


def _audit() -> None:
    create(
        "audit_entries",
        ("number",),
        [
            *(number("number"), moment("at"), *texts("who", "role", "act", "subject")),
            *(document("before"), document("after"), *texts("previous", "digest")),
        ],
        {**at_least(1, "number"), **filled("who", "act")},
    )


def _answers() -> None:
    create(
        "patient_answers",
        ("number",),
        [
            *(number("number"), text("patient"), day("day"), text("shift"), choice("answer")),
            *(number("minutes_late"), moment("at")),
        ],
        {
            **at_least(1, "number"),
            **at_least(0, "minutes_late"),
            **filled("patient"),
            **one_of("answer", ("coming", "late", "cannot")),
        },
    )


def _requests() -> None:
    create(
        "patient_requests",
        ("number",),
        [
            *(number("number"), text("patient"), choice("kind"), *texts("weekdays", "shift")),
            *(day("first_day", empty=True), day("last_day", empty=True), text("text")),
            moment("at"),
        ],
        {
            **at_least(1, "number"),
            **filled("patient"),
            **one_of("kind", ("wish", "trip"), "requestkind"),
            "weekdays_digits": "rtrim(weekdays, '1234567') = ''",
        },
    )


def _decisions() -> None:
    op.create_table(
        "request_decisions",
        *(text("center"), *numbers("number", "request"), choice("decision")),
        *(*texts("who", "reply"), moment("at")),
        sa.PrimaryKeyConstraint("center", "number", name=op.f("pk_request_decisions")),
        sa.ForeignKeyConstraint(
            ["center"], ["centers.code"], name=op.f("fk_request_decisions_center")
        ),
        sa.ForeignKeyConstraint(
            ["center", "request"],
            ["patient_requests.center", "patient_requests.number"],
            name=op.f("fk_request_decisions_center_request"),
            ondelete="RESTRICT",
        ),
        *checks(
            "request_decisions",
            {
                **at_least(1, "number"),
                **filled("who"),
                **one_of("decision", ("open", "accepted", "declined")),
            },
        ),
    )


def _drafts() -> None:
    _of_version(
        "draft_steps",
        "base",
        "number",
        [
            *(
                text("who"),
                moment("at"),
                document("moves", empty=False),
                document("overridden", empty=False),
                text("reason"),
            ),
            number("undoes", empty=True),
        ],
        {**at_least(1, "number"), **filled("who")},
    )
    _of_version(
        "plan_overrides",
        "number",
        "position",
        [*texts("rule", "patient", "who", "reason"), moment("at")],
        {**at_least(1, "position"), **filled("rule", "who", "reason")},
    )


def _of_version(
    table: str, version: str, last: str, columns: list[sa.Column[object]], rules: Rules
) -> None:
    key = ["center", "first_day", version]
    op.create_table(
        table,
        *(text("center"), day("first_day"), *numbers(version, last), *columns),
        sa.PrimaryKeyConstraint(*key, last, name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            key,
            [f"plan_versions.{column}" for column in VERSION],
            name=op.f(f"fk_{table}_{'_'.join(key)}"),
            ondelete="RESTRICT",
        ),
        *checks(table, rules),
    )


def _jobs() -> None:
    create(
        "plan_jobs",
        ("job",),
        [
            *(number("job"), day("first_day"), number("weeks"), text("who"), number("seconds")),
            *(flag("scratch"), choice("state"), moment("asked_at"), moment("heard_at", empty=True)),
            *(moment("ended_at", empty=True), flag("stopping"), document("traces", empty=False)),
            *(number("number", empty=True), text("remark")),
        ],
        {
            **at_least(1, "job", "weeks", "seconds"),
            **filled("who"),
            **one_of("state", STATES, "jobstate"),
        },
    )
