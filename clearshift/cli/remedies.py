"""`clearshift remedies`: what would close a shortage, each answer solved anew."""

from __future__ import annotations

from datetime import datetime
from time import monotonic
from typing import Annotated

import typer

from clearshift.cli.call import call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.given import Wanted, given
from clearshift.cli.options import CenterCode, Files, Week, Weeks
from clearshift.cli.outage_page import outage_lines
from clearshift.cli.remedies_page import closing_document, closing_page
from clearshift.cli.remedy_files import listed_patients, own_rates
from clearshift.cli.remedy_options import EVENING, NIGHT, DoctorsList, Rates, Seconds, in_both
from clearshift.cli.run import effort_of
from clearshift.cli.titles import title, week_remark
from clearshift.cli.weeks import asked_week
from domain.remedy import RemedyKind
from domain.words import words
from scheduler.planner import Onlooker
from scheduler.remedies.closing import closing
from scheduler.remedies.terms import Terms


def remedies(
    context: typer.Context,
    week: Week = None,
    weeks: Weeks = 1,
    center: CenterCode = None,
    files: Files = None,
    five: DoctorsList = None,
    rates: Rates = None,
    kind: Annotated[
        list[RemedyKind] | None,
        typer.Option(
            metavar=str(words("KIND")),
            help=str(
                words(
                    "Only this kind of remedy; may be repeated: extra shift, night, machines,"
                    " nurses, fewer sessions, guests elsewhere."
                )
            ),
        ),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(help=str(words("Leave alone what begins before: 2026-03-04T12:00."))),
    ] = None,
    seconds: Seconds = 20,
) -> int:
    """The exit code is 1 if somebody goes short and nothing found would close it."""
    call = call_of(context)
    settings = settings_of(call)
    there = given(settings, Wanted(asked_week(week), weeks, center, files))
    problem = there.problem
    say = call.say_in(problem.first_day.year)
    terms = Terms(
        kinds=frozenset(kind or RemedyKind),
        fewer=listed_patients(five, problem) if five else (),
        fewer_source=str(five) if five else "",
        since=since,
        evening=in_both(EVENING),
        night=in_both(NIGHT),
        rates=own_rates(rates),
    )
    effort = effort_of(settings.plan, seconds, None, None, deterministic=False)
    found = closing(problem, terms, effort, Onlooker(monotonic))
    call.output.result(
        {"center": there.center, "first_day": problem.first_day, "weeks": problem.weeks,
         "outages": there.outages, **closing_document(problem, found)},
        title(problem, call.say),
        *week_remark(there),
        *outage_lines(there, say),
        *closing_page(problem, terms, found, say),
    )  # fmt: skip
    closed = {one.zones for one in found.remedies}
    return 0 if all(one.zones in closed for one in found.shortages) else 1
