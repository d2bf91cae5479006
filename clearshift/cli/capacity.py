"""`clearshift capacity`: what is wanted, what is possible, what is missing, before any plan."""

from __future__ import annotations

import typer

from clearshift.cli.call import call_of
from clearshift.cli.capacity_page import balance, capacity_tables, contradictions
from clearshift.cli.configured import settings_of
from clearshift.cli.given import Wanted, given
from clearshift.cli.options import CenterCode, Files, Week, Weeks
from clearshift.cli.outage_page import outage_lines
from clearshift.cli.titles import title, week_remark
from clearshift.cli.weeks import asked_week
from scheduler.capacity import capacity as count
from scheduler.clashes import clashes


def capacity(
    context: typer.Context,
    week: Week = None,
    weeks: Weeks = 1,
    center: CenterCode = None,
    files: Files = None,
) -> None:
    """Counts seats and sessions, and names the data that clash."""
    call = call_of(context)
    wanted = Wanted(asked_week(week), weeks, center, files)
    there = given(settings_of(call), wanted)
    problem = there.problem
    say = call.say_in(problem.first_day.year)
    found, clashing = count(problem), clashes(problem)
    call.output.result(
        {
            "center": there.center,
            "first_day": problem.first_day,
            "weeks": problem.weeks,
            "capacity": found,
            "clashes": clashing,
            "outages": there.outages,
        },
        title(problem, call.say),
        *week_remark(there),
        *outage_lines(there, say),
        *balance(found, say),
        *contradictions(clashing, say),
        *capacity_tables(problem, found, say),
    )
