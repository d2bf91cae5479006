"""Storing a plan as the next version, and saying so to whoever was faster."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from clearshift.cli.clock import now_at
from clearshift.cli.given import Given
from clearshift.cli.refusal import Refusal
from clearshift.cli.times import found_times
from clearshift.settings import Settings
from dashboard.planning.staggered import promises_of
from db.connection import reading, writing
from db.cues import store_cues
from db.files.replacing import replace_file
from db.fingerprint import of_problem
from db.opening import open_database
from db.plans import PlanVersion, StalePlan, publish, save_plan
from db.sheets.plan_json import write_plan_json
from domain.choreography import Cue
from domain.plan import Plan, Run
from domain.words import words


@dataclass(frozen=True, slots=True)
class Signature:
    """Who answers for a version, the remark that goes with it, and whether it is in force."""

    author: str
    note: str = ""
    publish: bool = False


def signature(author: str | None, note: str, *, publish: bool) -> Signature:
    """Signed as asked, else with the name of the computer's user."""
    return Signature(author or _user(), note, publish)


def keep(
    settings: Settings,
    given: Given,
    plan: Plan,
    run: Run | None,
    signed: Signature,
    log: str = "",
) -> PlanVersion:
    """The plan as a stored version on top of the one that was the latest when work began, with
    the times at which everybody begins.

    Raises Refusal if there is a later one by now: then the plan is put beside the sheets, so
    that its work is not lost.
    """
    now = datetime.now(UTC)
    cues = _cues(settings, given, plan)
    with writing(open_database(settings.database.url)) as session:
        try:
            version = save_plan(
                session, given.center, plan, run, signed.author, signed.note, now, given.latest,
                input_fingerprint=of_problem(given.problem), log=log,
            )  # fmt: skip
            store_cues(session, (given.center, plan.first_day), version.number, cues)
        except StalePlan as stale:
            file = settings.output.folder / f"{given.center}-{plan.first_day}-not-stored.json"
            _put_aside(file, plan, given.center)
            kept = words(
                "The plan made here is in {file}; clearshift import-plan takes it.", file=str(file)
            )
            raise Refusal(*stale.reasons, kept) from stale
        if signed.publish:
            return publish(
                session, given.center, plan.first_day, version.number, signed.author, now
            )
        return version


def _cues(settings: Settings, given: Given, plan: Plan) -> tuple[Cue, ...]:
    """When everybody is to begin, found before anybody else has to wait for the database."""
    problem = given.problem
    with reading(open_database(settings.database.url)) as session:
        promises = promises_of(session, problem, plan, None, now_at(problem.register.center))
    found = found_times(settings, problem, plan, promises)
    return found.choreography.cues if found is not None else ()


def _put_aside(file: Path, plan: Plan, center: str) -> None:
    def write(part: Path) -> None:
        part.write_bytes(write_plan_json(plan, center))

    replace_file(file, write)


def _user() -> str:
    """The name that the computer knows; some containers know none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "-"
