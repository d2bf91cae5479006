"""The first structure of what machines said.

SQLite keeps samples in one tree by boot and number, which is also what makes a key unique.
PostgreSQL keeps them in a partition a month, and one for whatever has a wrong clock; there a
unique key must hold the moment, and the books see to it that a number is settled once.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
VALUES = (
    "blood_flow_ml_min",
    "blood_flow_set_ml_min",
    "arterial_pressure_mmhg",
    "venous_pressure_mmhg",
    "inlet_pressure_mmhg",
    "dialysate_pressure_mmhg",
    "tmp_mmhg",
    "uf_target_ml",
    "uf_volume_ml",
    "uf_rate_ml_h",
    "uf_rate_set_ml_h",
    "dialysate_cond_ms_cm",
    "dialysate_temp_c",
    "dialysate_flow_ml_min",
    "therapy_time_min",
    "time_remaining_min",
    "anticoag_rate_ml_h",
    "anticoag_volume_ml",
    "blood_processed_l",
    "substitution_target_l",
    "substitution_volume_l",
    "substitution_rate_l_h",
    "nibp_sys_mmhg",
    "nibp_dia_mmhg",
    "nibp_map_mmhg",
    "pulse_bpm",
    "hct_pct",
    "rbv_pct",
    "ktv_sp",
    "clearance_ml_min",
)


def upgrade() -> None:
    """Creates everything."""
    _names()
    _samples()
    _events()
    _states()
    _doubts()
    _minutes()


def _names() -> None:
    op.create_table("machine", _own_number(), _text("code"), sa.UniqueConstraint("code"))
    op.create_table(
        "boot",
        _own_number(),
        _number("machine_no"),
        *(_text(name) for name in ("boot", "gateway")),
        *(_long(name) for name in ("first_seen", "last_seen", "settled")),
        _text("islands"),
        _count("quarantined"),
        _count("conflicts"),
        _long("given"),
        _long("offset_ms", empty=True),
        sa.UniqueConstraint("machine_no", "boot", name="boot_key"),
    )
    names = ("gateway", "protocol", "generation")
    op.create_table(
        "origin",
        _own_number(),
        *(_text(name) for name in names),
        sa.UniqueConstraint(*names, name="origin_key"),
    )


def _samples() -> None:
    lite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "sample",
        *_place(),
        *(sa.Column(name, sa.SmallInteger()) for name in ("mode", "phase", "bypass")),
        _bytes("quality", empty=True),
        _bytes("digest"),
        *(_number(name, empty=True) for name in VALUES),
        sa.PrimaryKeyConstraint("boot_no", "seq", *(() if lite else ("ts",))),
        sqlite_with_rowid=False,
        postgresql_partition_by="RANGE (ts)",
    )
    op.create_index("sample_when", "sample", ["machine_no", "ts"])
    if not lite:
        op.execute("CREATE TABLE sample_rest PARTITION OF sample DEFAULT")


def _events() -> None:
    op.create_table(
        "event",
        sa.Column("no", COUNT, primary_key=True),
        *_place(),
        _text("kind"),
        sa.Column("alarm", sa.String()),
        *(_text(name) for name in ("said", "content")),
        _bytes("digest"),
        sa.UniqueConstraint("boot_no", "seq", name="event_key"),
    )
    op.create_index("event_when", "event", ["machine_no", "ts"])


def _states() -> None:
    op.create_table(
        "latest",
        _number("machine_no"),
        _number("boot_no"),
        *(_long(name) for name in ("seq", "ts")),
        sa.PrimaryKeyConstraint("machine_no"),
    )
    op.create_table(
        "link",
        _number("machine_no"),
        *(_text(name) for name in ("gateway", "boot", "status")),
        _long("since"),
        _long("last_good", empty=True),
        _text("counters"),
        *(_long(name) for name in ("counted", "noted")),
        sa.PrimaryKeyConstraint("machine_no", "gateway"),
    )
    online = sa.Column("online", sa.SmallInteger(), nullable=False)
    op.create_table(
        "gateway", _text("name"), _text("boot"), online, _long("ts"),
        sa.PrimaryKeyConstraint("name"),
    )  # fmt: skip
    op.create_table("pulse", _text("ingest"), _long("at"), sa.PrimaryKeyConstraint("ingest"))


def _doubts() -> None:
    op.create_table(
        "quarantine",
        sa.Column("no", COUNT, primary_key=True),
        _number("boot_no", empty=True),
        _long("seq", empty=True),
        *(_text(name) for name in ("machine", "topic", "reason")),
        *(_bytes(name) for name in ("payload", "digest")),
        *(_long(name) for name in ("first_seen", "last_seen")),
        _count("times"),
    )
    op.create_index("quarantine_key", "quarantine", ["boot_no", "seq"])
    op.create_index("quarantine_stray", "quarantine", ["digest"])
    op.create_table(
        "conflict",
        _number("boot_no"),
        _long("seq"),
        _bytes("digest"),
        _text("was"),
        _bytes("payload"),
        _long("received"),
        sa.PrimaryKeyConstraint("boot_no", "seq", "digest"),
    )


def _minutes() -> None:
    key = sa.PrimaryKeyConstraint("machine_no", "minute")
    numbers = ("machine_no", "minute")
    op.create_table("dirty", *(_number(name) for name in numbers), _long("marked"), key)
    op.create_table(
        "rollup_1m",
        *(_number(name) for name in (*numbers, "n")),
        *(column for name in VALUES for column in _minute(name)),
        sa.PrimaryKeyConstraint("machine_no", "minute"),
    )


def _place() -> list[sa.Column[int]]:
    return [
        _number("boot_no"),
        *(_long(name) for name in ("seq", "ts")),
        _number("machine_no"),
        _long("delay_ms"),
        _long("ts_device", empty=True),
        _number("origin_no"),
    ]


def _minute(name: str) -> list[sa.Column[int]]:
    counts = [_number(f"{name}_{part}", empty=True) for part in ("n", "min", "max")]
    return [*counts, _long(f"{name}_sum", empty=True)]


def _own_number() -> sa.Column[int]:
    return sa.Column("no", sa.Integer(), primary_key=True)


def _number(name: str, *, empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=empty)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, COUNT, nullable=False)


def _long(name: str, *, empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=empty)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _bytes(name: str, *, empty: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=empty)
