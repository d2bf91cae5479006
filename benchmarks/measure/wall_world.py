"""A center for the wall's measurement, and its server as a process of its own: `python -m
benchmarks.measure.wall_world FOLDER PORT` serves it until it is stopped."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from clearshift.i18n import speaker
from dashboard.server import serve
from dashboard.site import Site
from db.access.accounts import add_account
from db.access.displays import add_display
from db.access.sign_ins import sign_in
from db.care.present import open_sources
from db.connection import writing
from db.migrations import upgrade
from db.opening import open_database
from db.sample.center import make_center
from db.sample.size import ordinary_week
from db.save import save_register
from db.telemetry.connection import open_telemetry
from db.telemetry.migrations import upgrade as upgrade_telemetry
from domain.account import Account, DisplayKind, Role
from domain.alarm import Priority

PATIENTS = 8
"""For each machine; nobody of them is looked at."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What opens the pages: a sign-in's cookie, and a display's address."""

    staff: str
    display: str


def make_room(folder: Path, machines: int) -> Secrets:
    """Both databases, a center with so many machines, somebody signed in, and a display."""
    database = open_database(f"sqlite:///{folder / 'clearshift.db'}")
    upgrade(database)
    upgrade_telemetry(open_telemetry(f"sqlite:///{folder / 'telemetry.db'}"))
    register = make_center(ordinary_week(machines, PATIENTS * machines), 1)
    center, now = register.center.code, datetime.now(UTC)
    with writing(database) as session:
        save_register(session, register)
    with writing(database) as session:
        account = Account("tech", "Technician", Role.TECHNICIAN, must_change=False)
        add_account(session, center, account, "no password opens this", "benchmark", now)
    with writing(database) as session:
        staff = sign_in(session, center, "tech", now)
        display = add_display(session, center, "wall", DisplayKind.STATION, "benchmark", now)
    database.dispose()
    return Secrets(staff, display)


def main(folder: str, port: str) -> None:
    """As `clearshift serve` does."""
    there = Path(folder)
    here = open_sources(
        f"sqlite:///{there / 'telemetry.db'}", f"sqlite:///{there / 'clearshift.db'}", "center"
    )
    if here.center is None:
        raise LookupError("there is no center")
    site = Site(
        center=here.center,
        name="center",
        here=here,
        speak=speaker,
        clock=lambda: datetime.now(UTC),
        escalation={Priority.HIGH: timedelta(minutes=1), Priority.MEDIUM: timedelta(minutes=3)},
        history_weeks=13,
        plan_seconds=20,
        papers=there / "out",
        start_job=lambda _job: None,
    )
    serve(site, "127.0.0.1", int(port))


if __name__ == "__main__":
    main(*sys.argv[1:])
