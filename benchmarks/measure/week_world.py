"""A center with its week planned, for the board's measurement, and its server as a process of
its own: `python -m benchmarks.measure.week_world FOLDER PORT` serves it until it is stopped.

The clock runs from the Sunday before the week, so that every session can be moved.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from clearshift.i18n import speaker
from dashboard.server import serve
from dashboard.site import Site
from db.access.accounts import add_account
from db.access.patient_links import add_link
from db.access.sign_ins import sign_in
from db.care.present import open_sources
from db.connection import writing
from db.fingerprint import of_problem
from db.history import load_problem
from db.migrations import upgrade
from db.opening import open_database
from db.plans import publish, save_plan
from db.sample.center import make_center, planted_week
from db.sample.size import sized
from db.sample.spec import FIRST_MONDAY
from db.save import save_register
from db.telemetry.connection import open_telemetry
from db.telemetry.migrations import upgrade as upgrade_telemetry
from domain.account import Account, Role
from domain.alarm import Priority

SEED = 1
EVE = datetime(FIRST_MONDAY.year, FIRST_MONDAY.month, FIRST_MONDAY.day, tzinfo=UTC) - timedelta(
    hours=20
)


@dataclass(frozen=True, slots=True)
class Week:
    """What opens it: the cookie of a head nurse, and the secret of a patient's link."""

    cookie: str
    link: str
    sessions: int


def make_week(folder: Path, machines: int, patients: int) -> Week:
    """Both databases with a planned week of seven days and four shifts."""
    database = open_database(f"sqlite:///{folder / 'clearshift.db'}")
    upgrade(database)
    upgrade_telemetry(open_telemetry(f"sqlite:///{folder / 'telemetry.db'}"))
    spec = sized(machines, patients, sunday=True)
    register, plan = make_center(spec, SEED), planted_week(spec, SEED)
    center = register.center.code
    with writing(database) as session:
        save_register(session, register)
    with writing(database) as session:
        problem = load_problem(session, center, FIRST_MONDAY)
        save_plan(session, center, plan, None, "benchmark", "", EVE, None,
                  input_fingerprint=of_problem(problem))  # fmt: skip
        publish(session, center, FIRST_MONDAY, 1, "benchmark", EVE)
        account = Account("head", "Head nurse", Role.HEAD_NURSE, must_change=False)
        add_account(session, center, account, "no password opens this", "benchmark", EVE)
    with writing(database) as session:
        cookie = sign_in(session, center, "head", EVE)
        link = add_link(session, center, plan.assignments[0].patient, "benchmark", EVE)
    database.dispose()
    return Week(cookie, link, len(plan.assignments))


def main(folder: str, port: str) -> None:
    """As `clearshift serve` does."""
    there, begun = Path(folder), time.monotonic()
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
        clock=lambda: EVE + timedelta(seconds=time.monotonic() - begun),
        escalation={Priority.HIGH: timedelta(minutes=1), Priority.MEDIUM: timedelta(minutes=3)},
        history_weeks=13,
        plan_seconds=20,
        papers=there / "out",
        start_job=lambda _job: None,
    )
    serve(site, "127.0.0.1", int(port))


if __name__ == "__main__":
    main(*sys.argv[1:])
