"""`clearshift roster make`, `show` and `check`: the nurses' duties of some weeks."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from time import monotonic
from typing import Annotated

import typer

from clearshift.cli.call import Call, call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.kept import signature
from clearshift.cli.options import (
    Author,
    CenterCode,
    Files,
    Note,
    Seconds,
    Seed,
    Version,
    Week,
    Workers,
)
from clearshift.cli.pages import good, heading
from clearshift.cli.refusal import Refusal
from clearshift.cli.roster_page import (
    assumed_lines,
    ledger_table,
    roster_title,
    run_lines,
    verdict_lines,
    week_tables,
)
from clearshift.cli.run import effort_of
from clearshift.cli.ward_given import WardGiven, ward_given, ward_stored
from clearshift.cli.weeks import asked_week
from clearshift.settings import Settings
from db.connection import writing
from db.nurse_rosters import RosterVersion, save_roster
from db.opening import open_database
from domain.nurse_account import accounts
from domain.nurse_roster import NurseRoster
from domain.ward import Ward
from domain.words import Words, words
from scheduler.planner import Onlooker
from scheduler.ward.check import RosterVerdict, check_roster
from scheduler.ward.make import NoRoster, RosterRun, make_roster

RosterWeeks = Annotated[
    int, typer.Option(min=1, max=8, help=str(words("How many weeks; four are usual.")))
]


def make(
    context: typer.Context,
    week: Week = None,
    weeks: RosterWeeks = 4,
    center: CenterCode = None,
    files: Files = None,
    seconds: Seconds = None,
    seed: Seed = None,
    workers: Workers = None,
    author: Author = None,
    note: Note = "",
) -> int:
    """Makes the best roster there is and stores it; where nurses are missing it says where. The
    exit code is 1 if somebody is missing."""
    call = call_of(context)
    settings = settings_of(call)
    there = ward_given(settings, asked_week(week), weeks, center, files)
    effort = effort_of(settings.plan, seconds, seed, workers, deterministic=False)
    try:
        made = make_roster(there.ward, effort, Onlooker(monotonic))
    except NoRoster as nobody:
        raise Refusal(nobody.reason) from nobody
    version = None
    if there.stored:
        version = keep_roster(settings, there, made.roster, made.run, author, note)
    _tell(call, there.ward, made.roster, made.verdict, made.run, version)
    return 1 if made.verdict.missing else 0


def show(
    context: typer.Context,
    week: Week = None,
    version: Version = None,
    center: CenterCode = None,
    ledger: Annotated[
        bool,
        typer.Option("--ledger", help=str(words("What each nurse has worked and is owed."))),
    ] = False,
) -> None:
    """Shows the roster that holds in a week, by default the one stored last."""
    call = call_of(context)
    there, stored = ward_stored(settings_of(call), asked_week(week), center, version)
    say = call.say_in(there.ward.problem.first_day.year)
    page = (
        (ledger_table(there.ward, stored.roster, say),)
        if ledger
        else tuple(week_tables(there.ward, stored.roster, say))
    )
    call.output.result(
        {
            "version": stored.version,
            "roster": stored.roster,
            "accounts": accounts(there.ward, stored.roster),
        },
        roster_title(there.ward, call.say),
        version_line(stored.version),
        *page,
    )


def check(
    context: typer.Context,
    week: Week = None,
    version: Version = None,
    center: CenterCode = None,
) -> int:
    """Holds a stored roster against every rule and today's plans; the exit code is 1 if a hard
    rule is broken or somebody is missing."""
    call = call_of(context)
    there, stored = ward_stored(settings_of(call), asked_week(week), center, version)
    verdict = check_roster(there.ward, stored.roster)
    say = call.say_in(there.ward.problem.first_day.year)
    call.output.result(
        verdict_document(verdict),
        roster_title(there.ward, call.say),
        version_line(stored.version),
        *assumed_lines(there.ward, say),
        *verdict_lines(verdict, say),
    )
    return 0 if verdict.legal and not verdict.missing else 1


def keep_roster(
    settings: Settings,
    there: WardGiven,
    roster: NurseRoster,
    run: RosterRun | None,
    author: str | None,
    note: str,
) -> RosterVersion:
    """The roster as a stored version on top of the one that was the latest when work began.
    Raises DatabaseRefusal if there is a later one by now."""
    signed = signature(author, note, publish=False)
    document = None if run is None else {**asdict(run), "proven": run.proven}
    with writing(open_database(settings.database.url)) as session:
        return save_roster(
            session, there.center, roster, document, signed.author, signed.note,
            datetime.now(UTC), there.latest,
        )  # fmt: skip


def version_line(version: RosterVersion) -> Words:
    """Which version, by whom."""
    return words(
        "Version {number} of the roster from {day} on, by {author}.",
        number=version.number,
        day=version.first_day,
        author=version.author,
    )


def verdict_document(verdict: RosterVerdict) -> dict[str, object]:
    """The verdict for scripts."""
    return {
        "legal": verdict.legal,
        "missing": verdict.missing,
        "cost": verdict.cost,
        "broken": verdict.broken,
        "gaps": verdict.gaps,
    }


def _tell(
    call: Call,
    ward: Ward,
    roster: NurseRoster,
    verdict: RosterVerdict,
    run: RosterRun,
    version: RosterVersion | None,
) -> None:
    say = call.say_in(ward.problem.first_day.year)
    stored = () if version is None else (good(say, version_line(version)),)
    call.output.result(
        {
            "version": version,
            "run": {**asdict(run), "proven": run.proven},
            **verdict_document(verdict),
            "roster": roster,
            "accounts": accounts(ward, roster),
        },
        roster_title(ward, call.say),
        *assumed_lines(ward, say),
        *week_tables(ward, roster, say),
        *run_lines(run, say),
        *verdict_lines(verdict, say),
        heading(say, words("Ledger")),
        ledger_table(ward, roster, say),
        *stored,
    )
