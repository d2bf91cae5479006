"""`clearshift publish`: a stored version put in force."""

from __future__ import annotations

from datetime import UTC, datetime

import typer

from clearshift.cli.call import call_of
from clearshift.cli.clock import now_at
from clearshift.cli.configured import settings_of
from clearshift.cli.given import Wanted
from clearshift.cli.kept import signature
from clearshift.cli.options import Author, CenterCode, Version, Week
from clearshift.cli.plan_page import version_line
from clearshift.cli.stored import stored_plan
from clearshift.cli.times import found_times
from clearshift.cli.titles import title
from clearshift.cli.weeks import asked_week
from dashboard.planning.staggered import promises_of
from db.connection import reading, writing
from db.cues import store_cues
from db.opening import open_database
from db.plans import publish as put_in_force


def publish(
    context: typer.Context,
    week: Week = None,
    version: Version = None,
    center: CenterCode = None,
    author: Author = None,
) -> None:
    """The version counts from now on; the one before it is kept."""
    call = call_of(context)
    settings = settings_of(call)
    there, plan = stored_plan(settings, Wanted(asked_week(week), center=center), version)
    signed = signature(author, "", publish=True)
    first_day, number = plan.version.first_day, plan.version.number
    problem, now = there.problem, now_at(there.problem.register.center)
    with reading(open_database(settings.database.url)) as session:
        promises = promises_of(session, problem, plan.plan, number, now)
    found = found_times(settings, problem, plan.plan, promises)
    with writing(open_database(settings.database.url)) as session:
        if found is not None:
            store_cues(session, (there.center, first_day), number, found.choreography.cues)
        done = put_in_force(
            session,
            there.center,
            first_day,
            number,
            signed.author,
            datetime.now(UTC),
        )
    call.output.result(done, title(there.problem, call.say), version_line(done, call.say))
