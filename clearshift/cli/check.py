"""`clearshift check`: a plan in a file, held against every rule."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from clearshift.cli.call import Call, call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.given import Given, Wanted, given
from clearshift.cli.options import CenterCode, Files
from clearshift.cli.outage_page import outage_lines
from clearshift.cli.pages import heading
from clearshift.cli.plan_document import verdict_document, violation
from clearshift.cli.plan_files import placed, read_edited, weeks_in
from clearshift.cli.refusal import Refusal
from clearshift.cli.titles import title
from clearshift.cli.verdict_page import all_kept, broken_rules, cost_table, paid_rules
from domain.plan import Plan
from domain.problem import Problem
from domain.words import words
from scheduler.check import Verdict
from scheduler.check import check as judge


def check(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(help=str(words("A plan as CSV or JSON, or a weekly workbook."))),
    ],
    center: CenterCode = None,
    files: Files = None,
    details: Annotated[
        bool, typer.Option("--details", help=str(words("Also each witness of the soft rules.")))
    ] = False,
) -> int:
    """Hard rules first, then what the soft ones cost; the exit code is 1 if a hard rule is
    broken."""
    call = call_of(context)
    there = given(settings_of(call), Wanted(*weeks_in(file), center, files))
    problem = there.problem
    edited = read_edited(file, problem)
    if edited.plan is None:
        raise Refusal(*placed(edited.refusals))
    verdict = judge(problem, edited.plan)
    _tell(call, there, edited.plan, verdict, details=details)
    return 0 if verdict.legal else 1


def _tell(call: Call, there: Given, plan: Plan, verdict: Verdict, *, details: bool) -> None:
    problem = there.problem
    call.output.result(
        {
            "center": problem.register.center.code,
            "first_day": problem.first_day,
            "weeks": problem.weeks,
            "sessions": len(plan.assignments),
            **verdict_document(problem, verdict),
            "paid": [violation(problem, one) for one in verdict.paid],
            "outages": there.outages,
        },
        title(problem, call.say),
        *outage_lines(there, call.say_in(problem.first_day.year)),
        *_page(call, problem, verdict, details=details),
    )


def _page(
    call: Call, problem: Problem, verdict: Verdict, *, details: bool
) -> Iterator[RenderableType]:
    say = call.say_in(problem.first_day.year)
    if verdict.legal:
        yield all_kept(problem, say)
    else:
        yield from broken_rules(problem, verdict.broken, say)
    yield heading(say, words("What the plan costs"))
    yield cost_table(verdict, say)
    if details:
        yield from paid_rules(problem, verdict.paid, say)
