"""One patient's sessions in a stored plan, and what the rules say of them."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from clearshift.cli.pages import Cell, attention, bad, heading, items, table
from clearshift.cli.plan_document import violation
from clearshift.cli.verdict_page import rule_title
from clearshift.cli.versions_page import version_words
from clearshift.i18n import Say
from db.plans import StoredPlan
from domain.plan import Assignment
from domain.problem import Problem
from domain.words import words
from scheduler.check import check
from scheduler.missing import missing


def patient_page(
    problem: Problem, stored: StoredPlan, code: str, say: Say
) -> Iterator[RenderableType]:
    """Sessions with times, why one is missing, and each rule that pays or breaks."""
    yield Text(say(version_words(stored.version)))
    name = next(one.name for one in problem.register.patients if one.code == code)
    yield heading(say, words("{name} {code}", name=name, code=code))
    mine = stored.plan.by_patient.get(code, ())
    headings = (
        words("day"), words("shift"), words("from"), words("to"), words("zone"), words("station"),
    )  # fmt: skip
    if mine:
        yield table(say, headings, [_row(problem, row) for row in mine])
    verdict = check(problem, stored.plan)
    short = (one for one in missing(problem, stored.plan, verdict) if one.patient == code)
    for one in short:
        yield attention(say, one.reason)
    for broken in verdict.broken:
        if broken.patient == code:
            yield bad(say, broken.words)
    paid = [one for one in verdict.paid if one.patient == code and one.rule != "everyone_placed"]
    if paid:
        yield heading(say, words("What could be better for this patient"))
        yield from items(
            say,
            (
                words("{rule}: {what} (cost {cost})", rule=rule_title(one.rule), what=one.words,
                      cost=one.cost)
                for one in paid
            ),
        )  # fmt: skip


def patient_document(problem: Problem, stored: StoredPlan, code: str) -> dict[str, object]:
    """The same as data."""
    verdict = check(problem, stored.plan)
    told = (one for one in (*verdict.broken, *verdict.paid) if one.patient == code)
    return {
        "version": stored.version,
        "patient": code,
        "assignments": stored.plan.by_patient.get(code, ()),
        "rules": [violation(problem, one) for one in told],
    }


def _row(problem: Problem, row: Assignment) -> tuple[Cell, ...]:
    there = problem.session(row.patient, row.turn)
    zones = {zone.code: zone.name for zone in problem.register.zones}
    return (
        row.day,
        words("{name}", name=problem.shift[row.shift].name),
        there.start.time(),
        there.end.time(),
        words("{name}", name=zones[problem.station[row.station].zone]),
        row.station,
    )
