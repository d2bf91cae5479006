"""A plan run from the problem to the papers: counted, searched, judged, stored, printed."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from clearshift.cli.call import Call
from clearshift.cli.capacity_page import balance, contradictions
from clearshift.cli.given import Given
from clearshift.cli.kept import Signature, keep
from clearshift.cli.papers import Papers, print_papers, sheet_folder
from clearshift.cli.planning import search_plan
from clearshift.cli.progress import board
from clearshift.cli.times import with_times
from clearshift.settings import PlanSettings, Settings
from db.plans import PlanVersion
from domain.plan import Plan
from domain.problem import Problem
from domain.shortage import Capacity, Clash
from scheduler.capacity import capacity
from scheduler.check import Verdict, check
from scheduler.clashes import clashes
from scheduler.effort import Effort
from scheduler.missing import Missing, missing
from scheduler.planner import Planned
from scheduler.scratch import from_scratch
from scheduler.tier_names import tier_names


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked of a run besides the problem. No `sheets`: nothing is printed; `folder`
    says where, if not in the usual place."""

    effort: Effort
    signature: Signature
    scratch: bool = False
    sheets: bool = True
    folder: Path | None = None
    log: Path | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it. The verdict is on the problem as it is, habits included, also where
    the search was told to leave them out."""

    given: Given
    capacity: Capacity
    clashes: tuple[Clash, ...]
    planned: Planned
    verdict: Verdict
    missing: tuple[Missing, ...]
    version: PlanVersion | None
    papers: Papers | None

    @property
    def problem(self) -> Problem:
        """The center and the weeks."""
        return self.given.problem

    @property
    def plan(self) -> Plan:
        """Who sits where."""
        return self.planned.plan


def effort_of(
    settings: PlanSettings,
    seconds: int | None,
    seed: int | None,
    workers: int | None,
    *,
    deterministic: bool,
) -> Effort:
    """How hard to try: as asked, else as the settings say."""
    wanted = settings.workers if workers is None else workers
    return Effort(
        seconds=float(settings.seconds if seconds is None else seconds),
        seed=settings.seed if seed is None else seed,
        workers=wanted or os.cpu_count() or 1,
        deterministic=deterministic or settings.deterministic,
    )


def run(call: Call, settings: Settings, given: Given, order: Order) -> Result:
    """Everything, with progress shown on the way. Raises Refusal if somebody else has stored
    a version meanwhile."""
    problem = given.problem
    counted, clashing = capacity(problem), clashes(problem)
    say = call.say_in(problem.first_day.year)
    call.output.note(*balance(counted, say), *contradictions(clashing, say))
    planned, log = _search(call, problem, order)
    verdict = planned.verdict if not order.scratch else check(problem, planned.plan)
    version = _kept(settings, given, planned, order, log) if given.stored else None
    short = missing(problem, planned.plan, verdict, given.outages)
    result = Result(given, counted, clashing, planned, verdict, short, version, None)
    if not order.sheets:
        return result
    number = version.number if version else None
    folder = order.folder or sheet_folder(settings.output.folder, problem, number)
    papers = print_papers(
        call,
        with_times(settings, given, planned.plan, number),
        planned.plan,
        number,
        order.signature.author,
        short,
        folder,
        given.replaced,
    )
    return replace(result, papers=papers)


def _search(call: Call, problem: Problem, order: Order) -> tuple[Planned, str]:
    """The plan and the log of its search."""
    asked = from_scratch(problem) if order.scratch else problem
    with board(call.output, tier_names(asked), order.log) as shown:
        return search_plan(asked, order.effort, shown), shown.log


def _kept(
    settings: Settings, given: Given, planned: Planned, order: Order, log: str
) -> PlanVersion:
    """A draft where a promise is broken, whatever was asked: people must look at it first."""
    signed = order.signature
    if not planned.verdict.legal:
        signed = replace(signed, publish=False)
    return keep(settings, given, planned.plan, planned.run, signed, log)
