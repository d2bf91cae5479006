"""`clearshift what-if`: up to five scenarios side by side, and when growth breaks them."""

from __future__ import annotations

from time import monotonic
from typing import Annotated

import typer

from clearshift.cli.call import call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.given import Wanted, given
from clearshift.cli.options import CenterCode, Files, Week, Weeks
from clearshift.cli.outage_page import outage_lines
from clearshift.cli.refusal import Refusal
from clearshift.cli.remedy_files import own_rates
from clearshift.cli.remedy_options import EVENING, NIGHT, Rates, Seconds, in_both
from clearshift.cli.run import effort_of
from clearshift.cli.scenario_text import scenarios_of
from clearshift.cli.titles import title, week_remark
from clearshift.cli.weeks import asked_week
from clearshift.cli.what_if_page import sides_document, sides_page, told
from domain.words import words
from scheduler.planner import Onlooker
from scheduler.remedies.growth import Growing
from scheduler.remedies.scenarios import MOST, Comparing, Scenario, compare
from scheduler.remedies.terms import Terms

_SCENARIO = str(
    words(
        "A scenario, as NAME = CHANGE + CHANGE; up to four times, beside the week as it is. "
        "Changes: sunday:SHIFT:ZONE=NURSES, extra:DATE:SHIFT:ZONE=NURSES, "
        "evening:mon,wed,fri:ZONE=NURSES, night:mon,wed,fri:ZONE=NURSES, "
        "machines:ZONE:COUNT:HD,HDF, nurses:ZONE:SHIFT:mon,tue:COUNT, five:FILE, guests:P001,P002."
    )
)


def what_if(
    context: typer.Context,
    week: Week = None,
    weeks: Weeks = 1,
    center: CenterCode = None,
    files: Files = None,
    scenario: Annotated[
        list[str] | None, typer.Option(metavar=str(words("SCENARIO")), help=_SCENARIO)
    ] = None,
    grow: Annotated[
        int, typer.Option(min=0, help=str(words("New patients a month, like those there.")))
    ] = 0,
    months: Annotated[
        int, typer.Option(min=1, max=60, help=str(words("For how many months they come.")))
    ] = 24,
    seed: Annotated[int, typer.Option(help=str(words("The chance that draws them.")))] = 1,
    rates: Rates = None,
    seconds: Seconds = 60,
) -> None:
    """Every scenario is planned in full and judged; nothing is stored."""
    call = call_of(context)
    settings = settings_of(call)
    there = given(settings, Wanted(asked_week(week), weeks, center, files))
    problem = there.problem
    say = call.say_in(problem.first_day.year)
    terms = Terms(evening=in_both(EVENING), night=in_both(NIGHT), rates=own_rates(rates))
    asked = scenarios_of(scenario or (), problem, terms)
    if len(asked) >= MOST:
        raise Refusal(words("--scenario: at most {count} beside the week as it is", count=MOST - 1))
    call.output.note(title(problem, call.say), *week_remark(there), *outage_lines(there, say))
    comparing = Comparing(
        effort_of(settings.plan, seconds, None, None, deterministic=False),
        terms.rates,
        Growing(grow, months, seed) if grow else None,
    )
    sides = compare(
        problem,
        (Scenario(say(words("As it is"))), *asked),
        comparing,
        Onlooker(monotonic),
        lambda side: call.output.note(told(side)),
    )
    call.output.result(
        {"center": there.center, "first_day": problem.first_day, "weeks": problem.weeks,
         "outages": there.outages, "scenarios": sides_document(problem, sides)},
        *sides_page(problem, sides, comparing, say),
    )  # fmt: skip
