"""`clearshift roster together`: a week's plan and its roster in one loop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from time import monotonic

import typer
from rich.console import RenderableType

from clearshift.cli.call import Call, call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.given import Given, Wanted, given
from clearshift.cli.kept import keep, signature
from clearshift.cli.options import (
    Author,
    CenterCode,
    Files,
    Note,
    Seconds,
    Week,
    Workers,
)
from clearshift.cli.pages import attention, bad, good, heading, items
from clearshift.cli.plan_page import version_line as plan_line
from clearshift.cli.refusal import Refusal
from clearshift.cli.roster import keep_roster, verdict_document, version_line
from clearshift.cli.roster_page import roster_title, verdict_lines, week_tables
from clearshift.cli.run import effort_of
from clearshift.cli.ward_given import WardGiven, ward_given
from clearshift.cli.weeks import asked_week
from clearshift.i18n import Say
from clearshift.settings import Settings
from db.nurse_rosters import RosterVersion
from db.plans import PlanVersion
from domain.ward import Ward
from domain.words import words
from scheduler.planner import Onlooker
from scheduler.together import Fitted, together
from scheduler.ward.make import NoRoster
from scheduler.ward.needs import needs_of


def together_command(
    context: typer.Context,
    week: Week = None,
    center: CenterCode = None,
    files: Files = None,
    seconds: Seconds = None,
    workers: Workers = None,
    author: Author = None,
    note: Note = "",
) -> int:
    """Plans a week so that it never needs nurses whom the roster cannot give, and stores both;
    each search of the loop has the time of one. The exit code is 1 if they do not go together."""
    call = call_of(context)
    settings = settings_of(call)
    there = given(settings, Wanted(asked_week(week), 1, center, files))
    ward = ward_given(settings, there.problem.first_day, 1, center, files)
    effort = effort_of(settings.plan, seconds, None, workers, deterministic=False)
    try:
        found = together(there.problem, ward.ward.before, effort, Onlooker(monotonic))
    except NoRoster as nobody:
        raise Refusal(nobody.reason) from nobody
    versions = _keep(settings, there, ward, found, author, note) if there.stored else None
    _tell(call, _ward(there, ward, found), found, versions)
    return 0 if found.fits else 1


def _ward(there: Given, ward: WardGiven, found: Fitted) -> Ward:
    """The ward with what the plan that was found asks."""
    plans = {there.problem.first_day: found.planned.plan}
    return replace(ward.ward, needs=needs_of(ward.ward.problem, plans))


def _keep(
    settings: Settings,
    there: Given,
    ward: WardGiven,
    found: Fitted,
    author: str | None,
    note: str,
) -> tuple[PlanVersion, RosterVersion]:
    signed = signature(author, note, publish=False)
    plan = keep(settings, there, found.planned.plan, found.planned.run, signed)
    return plan, keep_roster(settings, ward, found.made.roster, found.made.run, author, note)


def _tell(
    call: Call, ward: Ward, found: Fitted, versions: tuple[PlanVersion, RosterVersion] | None
) -> None:
    say = call.say_in(ward.problem.first_day.year)
    stored = () if versions is None else (
        plan_line(versions[0], say), good(say, version_line(versions[1])),
    )  # fmt: skip
    call.output.result(
        {
            "fits": found.fits,
            "missed": found.missed,
            "over": found.over,
            "shortage": found.shortage,
            "least": found.least,
            "rounds": found.rounds,
            "plan": versions[0] if versions else None,
            "roster": versions[1] if versions else None,
            **verdict_document(found.made.verdict),
        },
        roster_title(ward, call.say),
        *week_tables(ward, found.made.roster, say),
        *_lines(ward, found, say),
        *verdict_lines(found.made.verdict, say),
        *stored,
    )


def _lines(ward: Ward, found: Fitted, say: Say) -> Iterator[RenderableType]:
    """Do they go together, what do patients miss, and could it be better?"""
    yield heading(say, words("Plan and roster"))
    if found.fits:
        yield good(say, words("Every patient of the plan has a nurse of the roster."))
    else:
        said = words("{over} patients of the plan have no nurse of the roster.", over=found.over)
        yield bad(say, said)
    if not found.missed:
        yield good(say, words("Everybody has all sessions."))
    elif found.best:
        said = words("Sessions missed: {missed}. No roster of these nurses allows for a better"
                     " plan.", missed=found.missed)  # fmt: skip
        yield attention(say, said)
    else:
        said = words("Sessions missed: {missed}; whether another roster would allow for fewer is"
                     " not proven.", missed=found.missed)  # fmt: skip
        yield attention(say, said)
    yield from items(
        say,
        (
            words("{turn}, zone {zone}: at most {nurses} nurses can be there",
                  turn=ward.say(turn), zone=zone, nurses=nurses)
            for (zone, turn), nurses in sorted(found.cuts.items())[:12]
            if any(need.turn == turn and need.zone == zone for need in ward.needs)
        ),
    )  # fmt: skip
