"""Tables of what machines said. Moments are milliseconds since 1970, UTC.

Machines, boots and origins are numbered, as their names would stand in every row. That a
machine has a number here says nothing of whether the center has it.
"""

from __future__ import annotations

import sqlalchemy as sa

from db.telemetry.codes import NAMES

metadata = sa.MetaData()
Count = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""SQLite numbers rows by itself only where the type is just INTEGER, of 64 bits there."""


def _stamp(name: str, *, empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=empty)


def _number(name: str, *, empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=empty)


def _text(name: str, *, empty: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=empty)


def _bytes(name: str, *, empty: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=empty)


def _key() -> list[sa.Column[int]]:
    return [
        sa.Column("boot_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
    ]


machine = sa.Table(
    "machine",
    metadata,
    sa.Column("no", sa.Integer(), primary_key=True),
    sa.Column("code", sa.String(), nullable=False, unique=True),
)

boot = sa.Table(
    "boot",
    metadata,
    sa.Column("no", sa.Integer(), primary_key=True),
    _number("machine_no"),
    _text("boot"),
    _text("gateway"),
    _stamp("first_seen"),
    _stamp("last_seen"),
    sa.Column("settled", sa.BigInteger(), nullable=False),
    _text("islands"),
    sa.Column("quarantined", Count, nullable=False),
    sa.Column("conflicts", Count, nullable=False),
    sa.Column("given", sa.BigInteger(), nullable=False),
    sa.Column("offset_ms", sa.BigInteger(), nullable=True),
    sa.Column("held_from", sa.BigInteger(), nullable=False, server_default="0"),
    _stamp("gone", empty=True),
    sa.Column("dropped", Count, nullable=False, server_default="0"),
    sa.UniqueConstraint("machine_no", "boot", name="boot_key"),
)
"""The books: `given` is the last number that the gateway says to have given; `offset_ms` the
least time from the gateway's clock to ours, that is how far the two clocks are apart at most.
What is not settled and below `held_from`, the first number that the gateway may still hold (0
unless that leaves something out), is lost; so is all that is not settled of a boot that is
`gone`: since then it holds nothing of it. `dropped` of what was put aside is no longer kept."""

origin = sa.Table(
    "origin",
    metadata,
    sa.Column("no", sa.Integer(), primary_key=True),
    _text("gateway"),
    _text("protocol"),
    _text("generation"),
    sa.UniqueConstraint("gateway", "protocol", "generation", name="origin_key"),
)

sample = sa.Table(
    "sample",
    metadata,
    *_key(),
    _stamp("ts"),
    _number("machine_no"),
    _stamp("delay_ms"),
    _stamp("ts_device", empty=True),
    _number("origin_no"),
    sa.Column("mode", sa.SmallInteger(), nullable=True),
    sa.Column("phase", sa.SmallInteger(), nullable=True),
    sa.Column("bypass", sa.SmallInteger(), nullable=True),
    _bytes("quality", empty=True),
    _bytes("digest"),
    *(_number(name, empty=True) for name in NAMES),
    sa.Index("sample_when", "machine_no", "ts"),
)
"""One row a sample, a column a quantity. `delay_ms` from the gateway's clock to ours."""

event = sa.Table(
    "event",
    metadata,
    sa.Column("no", Count, primary_key=True),
    _number("boot_no"),
    sa.Column("seq", sa.BigInteger(), nullable=False),
    _stamp("ts"),
    _number("machine_no"),
    _stamp("delay_ms"),
    _stamp("ts_device", empty=True),
    _number("origin_no"),
    _text("kind"),
    sa.Column("alarm", sa.String(), nullable=True),
    _text("said"),
    sa.Column("content", sa.String(), nullable=False),
    _bytes("digest"),
    sa.UniqueConstraint("boot_no", "seq", name="event_key"),
    sa.Index("event_when", "machine_no", "ts"),
)
"""`no` only grows, and for one machine in the order of storing: a reader can go on where it
stopped. `content` is JSON of the values and of the alarm, if it is one; `alarm` its code."""

latest = sa.Table(
    "latest",
    metadata,
    sa.Column("machine_no", sa.Integer(), primary_key=True, autoincrement=False),
    _number("boot_no"),
    sa.Column("seq", sa.BigInteger(), nullable=False),
    _stamp("ts"),
)
"""Which sample is the present of a machine."""

link = sa.Table(
    "link",
    metadata,
    sa.Column("machine_no", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("gateway", sa.String(), primary_key=True),
    _text("boot"),
    _text("status"),
    _stamp("since"),
    _stamp("last_good", empty=True),
    _text("counters"),
    sa.Column("counted", sa.BigInteger(), nullable=False),
    sa.Column("noted", sa.BigInteger(), nullable=False),
)
"""One row a machine and gateway: two gateways that claim one machine are both seen. `counted`
only grows within a boot and tells an older state; `noted` orders the gateways."""

gateway = sa.Table(
    "gateway",
    metadata,
    sa.Column("name", sa.String(), primary_key=True),
    _text("boot"),
    sa.Column("online", sa.SmallInteger(), nullable=False),
    _stamp("ts"),
)

quarantine = sa.Table(
    "quarantine",
    metadata,
    sa.Column("no", Count, primary_key=True),
    sa.Column("boot_no", sa.Integer(), nullable=True),
    sa.Column("seq", sa.BigInteger(), nullable=True),
    _text("machine"),
    _text("topic"),
    _text("reason"),
    _bytes("payload"),
    _bytes("digest"),
    _stamp("first_seen"),
    _stamp("last_seen"),
    sa.Column("times", Count, nullable=False),
    sa.Index("quarantine_key", "boot_no", "seq"),
    sa.Index("quarantine_stray", "digest"),
    sa.Index("quarantine_machine", "machine", "no"),
    sa.Index("quarantine_age", "last_seen"),
)
"""Whole messages with the reason. One without a number that could be read (`boot_no` is NULL)
is kept once, however often it comes."""

put_aside = sa.Table(
    "put_aside",
    metadata,
    sa.Column("machine", sa.String(), primary_key=True),
    sa.Column("kept", Count, nullable=False),
    sa.Column("bytes", Count, nullable=False),
    sa.Column("dropped", Count, nullable=False),
)
"""How many messages of a machine are in quarantine, of how many bytes, and how many were there
and have been dropped."""

conflict = sa.Table(
    "conflict",
    metadata,
    *_key(),
    sa.Column("digest", sa.LargeBinary(), primary_key=True),
    _text("was"),
    _bytes("payload"),
    _stamp("received"),
)
"""Every content that a key was met with. `was` says where the first of them is: sample, event
or quarantine; it is empty for the later ones."""

dirty = sa.Table(
    "dirty",
    metadata,
    sa.Column("machine_no", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("minute", sa.Integer(), primary_key=True, autoincrement=False),
    _stamp("marked"),
)
"""Minutes whose sums no longer hold."""

pulse = sa.Table(
    "pulse",
    metadata,
    sa.Column("ingest", sa.String(), primary_key=True),
    _stamp("at"),
)

PARTS = ("n", "min", "max", "sum")
rollup = sa.Table(
    "rollup_1m",
    metadata,
    sa.Column("machine_no", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("minute", sa.Integer(), primary_key=True, autoincrement=False),
    _number("n"),
    *(
        sa.Column(f"{name}_{part}", sa.BigInteger() if part == "sum" else sa.Integer())
        for name in NAMES
        for part in PARTS
    ),
)
"""Minutes since 1970, as the gateways' clocks have them; sums are of scaled values."""
