"""What came of a plan run, as a page: claim, verdict, costs, who is missing, files, what next."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding

from clearshift.cli.pages import attention, bad, commands, good, heading, items, table
from clearshift.cli.papers import Papers
from clearshift.cli.progress import figures
from clearshift.cli.run import Result
from clearshift.cli.verdict_page import all_kept, broken_rules, cost_table
from clearshift.i18n import Say
from db.plans import PlanState, PlanVersion
from domain.problem import Problem
from domain.words import Words, words
from scheduler.claims import claims
from scheduler.missing import Missing
from scheduler.progress_words import known
from scheduler.tier_names import tier_names

SHOWN = 20
"""Patients that are named one by one."""
_PAPERS = (
    ("week", ".xlsx", "week-….xlsx", words("the week, to edit and to read back")),
    ("week", ".pdf", "week-…-zone-….pdf", words("the week of each zone, for the wall")),
    ("days/", ".pdf", "days/", words("a sheet for each day")),
    ("nurses/", ".pdf", "nurses/", words("the same for each nurse")),
    ("workshop", ".pdf", "workshop-….pdf", words("who is away from the workshop, and when")),
    ("slips", ".pdf", "slips.pdf", words("slips for the patients")),
    ("calendars/", ".ics", "calendars/", words("calendars for the patients' phones")),
    ("changes", ".pdf", "changes.pdf", words("whom to call because of a change")),
    ("unplaced", ".pdf", "unplaced.pdf", words("who has not all sessions, and why")),
    ("plan", ".csv", "plan.csv, plan.json", words("for other programs")),
)


def plan_page(result: Result, say: Say, shown: int = SHOWN) -> Iterator[RenderableType]:
    """The page of a run; so many of the patients who go short are named."""
    for one in claims(result.planned.run):
        yield good(say, one.words) if one.proven else attention(say, one.words)
    stages = {s.tier: (str(s.cost), known(s.cost, s.bound)) for s in result.planned.run.stages}
    yield Padding(figures(stages, tier_names(result.problem), say), (0, 0, 0, 2), expand=False)
    if result.verdict.legal:
        yield all_kept(result.problem, say)
    else:
        yield from broken_rules(result.problem, result.verdict.broken, say)
    yield from _sessions(result, say)
    yield heading(say, words("What the plan costs"))
    yield cost_table(result.verdict, say)
    yield from missing_page(result.problem, result.missing, say, shown)
    if result.papers is not None:
        yield from papers_page(result.papers, say)


def version_line(version: PlanVersion, say: Say) -> RenderableType:
    """Which version it is and what it counts for."""
    state = words("in force") if version.state is PlanState.PUBLISHED else words("a draft")
    return good(
        say,
        words("Stored as version {number}, {state}.", number=version.number, state=state),
    )


def missing_page(
    problem: Problem, short: tuple[Missing, ...], say: Say, shown: int
) -> Iterator[RenderableType]:
    """Patients without all their sessions, each with the reason."""
    if not short:
        return
    names = {patient.code: patient.name for patient in problem.register.patients}
    yield heading(say, words("Without all their sessions: {count}", count=len(short)))
    yield from items(
        say,
        (
            words("{name}: {reason}", name=names.get(one.patient, ""), reason=one.reason)
            for one in short[:shown]
        ),
    )
    if len(short) > shown:
        rest = words("and {count} more; unplaced.pdf has them all", count=len(short) - shown)
        yield from items(say, [rest])


def papers_page(papers: Papers, say: Say) -> Iterator[RenderableType]:
    """Where the sheets are."""
    yield heading(say, words("Sheets in {folder}", folder=str(papers.folder)))
    if papers.refusal is not None:
        yield bad(say, words("Not written: {reason}.", reason=papers.refusal))
        return
    found = [(name, does) for start, end, name, does in _PAPERS if papers.has(start, end)]
    yield table(say, (words("file"), words("what it is")), found)
    yield from (attention(say, warning) for warning in papers.warnings)


def _sessions(result: Result, say: Say) -> Iterator[RenderableType]:
    planned, wanted = len(result.plan.assignments), result.capacity.total.wanted
    said = words("{planned} of {wanted} sessions are planned.", planned=planned, wanted=wanted)
    yield good(say, said) if planned >= wanted else attention(say, said)
    if result.version is not None:
        yield version_line(result.version, say)
        if not result.verdict.legal:
            yield attention(
                say,
                words("It stays a draft until somebody publishes it, as a hard rule is broken."),
            )


def next_steps(result: Result, say: Say) -> Iterator[RenderableType]:
    """What to do with the plan."""
    week = f"--week {result.problem.first_day}"
    steps: list[tuple[str, Words]] = []
    if result.version is not None:
        steps.append((f"clearshift show {week}", words("the week on the screen")))
        books = result.papers.named("week", ".xlsx") if result.papers else ()
        steps += [(f"clearshift import-plan {book}", words("take the edited week back"))
                  for book in books]  # fmt: skip
        if result.version.state is PlanState.DRAFT:
            steps.append((f"clearshift publish {week}", words("put it in force")))
    if steps:
        yield heading(say, words("Next"))
        yield from commands(say, steps)
