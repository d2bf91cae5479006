"""`clearshift repair`: the plan that counts, mended after something has happened."""

from __future__ import annotations

from time import monotonic
from typing import Annotated

import typer

from clearshift.cli.call import call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.options import Author, CenterCode, Note, Week
from clearshift.cli.pages import attention
from clearshift.cli.plan_page import version_line
from clearshift.cli.repair_page import document, offers_page, repair_page
from clearshift.cli.run import effort_of
from clearshift.cli.titles import title
from clearshift.cli.troubles_given import Told, troubles_of
from clearshift.cli.underway import At, Decided, Store, Wished, keep_on, underway
from clearshift.cli.weeks import asked_week
from domain.outage import outage_words
from domain.plan import Plan
from domain.reported import trouble_words
from domain.words import Words, words
from scheduler.planner import Onlooker
from scheduler.repair.limits import RepairLimits
from scheduler.repair.offers import ways_out
from scheduler.repair.repair import repair as mend

Many = list[str] | None


def _many(option: str, form: str, does: Words) -> object:
    return typer.Option(option, metavar=form, help=str(does))


def repair(
    context: typer.Context,
    machine: Annotated[
        Many, _many("--machine", "CODE", words("A machine is out; may be repeated."))
    ] = None,
    station: Annotated[
        Many, _many("--station", "CODE", words("A station is out; may be repeated."))
    ] = None,
    water_off: Annotated[
        bool, typer.Option("--water-off", help=str(words("No water; needs --until.")))
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(metavar="TIME", help=str(words("Out since, 07:10; otherwise from now on."))),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="TIME", help=str(words("Back at; otherwise until further word."))),
    ] = None,
    nurse: Annotated[
        Many, _many("--nurse", "ZONE:DAY:SHIFT[:COUNT]", words("Nurses are missing."))
    ] = None,
    closed: Annotated[
        Many, _many("--closed", "DAY:SHIFT[:ZONE]", words("A shift is not held."))
    ] = None,
    away: Annotated[
        Many, _many("--away", "PATIENT:FIRST[:LAST]", words("A patient cannot come on these days."))
    ] = None,
    late: Annotated[
        Many, _many("--late", "PATIENT:DAY:SHIFT:MINUTES", words("A patient comes late."))
    ] = None,
    missed: Annotated[
        Many, _many("--missed", "PATIENT:DAY:SHIFT", words("A patient did not come."))
    ] = None,
    back: Annotated[
        Many, _many("--back", "PATIENT:FIRST", words("A patient can come again."))
    ] = None,
    joins: Annotated[
        Many, _many("--joins", "PATIENT:FIRST", words("A patient begins in mid-week."))
    ] = None,
    at_most: Annotated[
        int | None,
        typer.Option(min=0, help=str(words("At most so many patients get other times."))),
    ] = None,
    on_the_way: Annotated[
        int,
        typer.Option(
            min=0, help=str(words("Who leaves home within so many minutes counts as on the way."))
        ),
    ] = RepairLimits().underway_minutes,
    counts_from: Annotated[
        int,
        typer.Option(
            min=0,
            max=100,
            help=str(words("Percent of a session after which it counts, though it broke off.")),
        ),
    ] = RepairLimits().counts_from,
    no_offers: Annotated[
        bool,
        typer.Option("--no-offers", help=str(words("Do not ask what would help who is left out."))),
    ] = False,
    store: Store = False,
    week: Week = None,
    at: At = None,
    center: CenterCode = None,
    author: Author = None,
    note: Note = "",
) -> int:
    """Loses the fewest sessions, then moves the fewest patients, and proves it. The exit code is
    1 if a session has no place or a hard rule is broken."""
    call = call_of(context)
    settings = settings_of(call)
    there = underway(settings, Wished(asked_week(week), center, at))
    told = Told(
        stations=tuple(station or ()), machines=tuple(machine or ()), water=water_off,
        since=since, until=until, nurses=tuple(nurse or ()), closed=tuple(closed or ()),
        away=tuple(away or ()), late=tuple(late or ()), missed=tuple(missed or ()),
        back=tuple(back or ()), joins=tuple(joins or ()),
    )  # fmt: skip
    now = there.now.replace(tzinfo=None)
    troubles = troubles_of(there.problem, told, now)
    limits = RepairLimits(at_most, on_the_way, counts_from)
    effort = effort_of(settings.plan, None, None, None, deterministic=False)
    onlooker = Onlooker(monotonic)
    done = mend(there.problem, there.plan, troubles, now, limits, effort, onlooker)
    ways = () if no_offers else ways_out(there.problem, done, limits, effort, onlooker)
    version = None
    if store and done.changes:
        unknown = set(there.stored.plan.assignments) - set(there.plan.assignments)
        plan = Plan.of(done.plan.first_day, done.plan.weeks, (*done.plan.assignments, *unknown))
        happened = "; ".join(call.say(trouble_words(there.problem, one)) for one in troubles)
        version = keep_on(settings, there, plan, author, Decided(note or happened[:200]))
    say = call.say_in(there.monday.year)
    call.output.result(
        document(done, version, ways),
        title(there.problem, call.say),
        *(attention(say, outage_words(one)) for one in there.outages),
        *repair_page(done, say),
        *offers_page(there.problem, ways, say),
        *(() if version is None else (version_line(version, say),)),
    )
    return 1 if done.left_out or done.broken else 0
