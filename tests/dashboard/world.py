"""A center in a database of its own, with a planned week and accounts, as the web serves it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from clearshift.i18n import speaker
from dashboard.desk import Actor, Desk
from dashboard.site import Site
from db.care.present import open_sources
from db.connection import writing
from db.fingerprint import of_problem
from db.history import load_problem
from db.migrations import upgrade
from db.opening import open_database
from db.plans import publish, save_plan
from db.sample.center import make_center
from db.sample.named import NAMED, SEED
from db.sample.spec import FIRST_MONDAY
from db.save import save_register
from db.sheets.edition import Voice
from db.telemetry.connection import open_telemetry
from db.telemetry.migrations import upgrade as upgrade_telemetry
from domain.account import Role
from domain.alarm import Priority
from scheduler.effort import Effort
from scheduler.planner import Onlooker, make_plan

__all__ = [
    "ESCALATION", "FIRST_MONDAY", "NOW", "copy_world", "desk_at", "make_world", "site_at",
]  # fmt: skip

NOW = datetime(FIRST_MONDAY.year, FIRST_MONDAY.month, FIRST_MONDAY.day, 1, 30, tzinfo=UTC)
"""Half past nine in the morning of the planned week's Monday, where the samples are."""
ESCALATION = {
    Priority.HIGH: timedelta(seconds=60),
    Priority.MEDIUM: timedelta(seconds=180),
}


def make_world(folder: Path, sample: str = "xiamao", *, planned: bool = True) -> Path:
    """Both databases in a folder, with a sample center and, if wanted, its week planned and
    published as version 1."""
    folder.mkdir(parents=True, exist_ok=True)
    database = open_database(f"sqlite:///{folder / 'clearshift.db'}")
    upgrade(database)
    upgrade_telemetry(open_telemetry(f"sqlite:///{folder / 'telemetry.db'}"))
    register = make_center(NAMED[sample], SEED)
    center = register.center.code
    with writing(database) as session:
        save_register(session, register)
    if planned:
        with writing(database) as session:
            problem = load_problem(session, center, FIRST_MONDAY, 1, 13)
        effort = Effort(seconds=20.0, workers=2, deterministic=True)
        made = make_plan(problem, effort, Onlooker(lambda: 0.0))
        with writing(database) as session:
            save_plan(
                session, center, made.plan, made.run, "Li", "", NOW - timedelta(days=3), None,
                input_fingerprint=of_problem(problem),
            )  # fmt: skip
            publish(session, center, FIRST_MONDAY, 1, "Li", NOW - timedelta(days=2))
    database.dispose()
    return folder


def copy_world(made: Path, folder: Path) -> Path:
    """A world of one's own, from one that was made before."""
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return folder


def site_at(folder: Path, *, now: datetime = NOW, demo: bool = False) -> Site:
    """What serves a world, at a moment that stands still."""
    here = open_sources(
        f"sqlite:///{folder / 'telemetry.db'}", f"sqlite:///{folder / 'clearshift.db'}", "center"
    )
    assert here.center is not None
    return Site(
        center=here.center,
        name="center",
        here=here,
        speak=speaker,
        clock=lambda: now,
        escalation=ESCALATION,
        history_weeks=13,
        plan_seconds=20,
        papers=folder / "out",
        start_job=lambda _job: None,
        demo=demo,
    )


def desk_at(site: Site, role: Role = Role.HEAD_NURSE, language: str = "en") -> Desk:
    """Somebody of a role at a screen; there is an account of the role's name for writes."""
    zone = ZoneInfo("Asia/Shanghai")
    now = site.clock().astimezone(zone)
    name = role.value.replace(" ", "-")
    voice = Voice(language, site.speak(language, now.year))
    return Desk(site, Actor(name, name.title(), role), voice, now)
