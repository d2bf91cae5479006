"""What came of a repair, as a page and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType

from clearshift.cli.pages import attention, bad, good, heading, items, table
from clearshift.cli.seat_words import change_said
from clearshift.cli.verdict_page import broken_rules
from clearshift.i18n import Say, speaker
from dashboard.planning.repair_words import claim
from db.plans import PlanVersion
from domain.calls import Call, sms
from domain.plan import ChangeKind
from domain.problem import Problem
from domain.terms import CALL_WORDS
from domain.words import Words, words
from scheduler.repair.measures import MEASURE_WORDS
from scheduler.repair.offer_words import EVERYBODY, hours_words, way_words
from scheduler.repair.offers import WayOut
from scheduler.repair.repaired import Minimum, Repaired


def repair_page(done: Repaired, say: Say) -> Iterator[RenderableType]:
    """Claim, measures, verdict, who is left out, changes, calls."""
    yield from _claim(done, say)
    rows = [(MEASURE_WORDS[one.measure], one.found, _bound(one)) for one in _shown(done)]
    yield table(say, (words("what is kept small"), words("found"), words("least")), rows, (1, 2))
    if done.broken:
        yield from broken_rules(done.problem, done.broken, say)
    else:
        yield good(say, words("Checked without the solver: no hard rule is broken anew."))
    yield from (attention(say, one.words) for one in done.overdue)
    yield from _left_out(done, say)
    yield from _changes(done, say)
    yield from _calls(done, say)


def _claim(done: Repaired, say: Say) -> Iterator[RenderableType]:
    said, tone = claim(done)
    mark = {"good": good, "bad": bad}.get(tone, attention)
    yield mark(say, words("{claim} {seconds} s.", claim=said, seconds=f"{done.seconds:.1f}"))


def _shown(done: Repaired) -> Iterator[Minimum]:
    """Every measure that is not plainly nothing."""
    return (one for one in done.minima if one.found or not one.proven)


def _bound(one: Minimum) -> Words:
    if one.proven:
        return words("{bound}, proven", bound=one.bound)
    return words("{bound} or more", bound=one.bound)


def _left_out(done: Repaired, say: Say) -> Iterator[RenderableType]:
    if not done.left_out:
        return
    total = sum(one.sessions for one in done.left_out)
    yield heading(say, words("Sessions without a place: {count}", count=total))
    lines = (
        words(
            "{patient}, week of {monday}: {count} without a place; was {turns}",
            patient=one.patient,
            monday=one.monday,
            count=one.sessions,
            turns=tuple(done.problem.say(row.turn) for row in one.rows) or words("not planned"),
        )
        for one in done.left_out
    )
    yield from items(say, lines)


def _changes(done: Repaired, say: Say) -> Iterator[RenderableType]:
    if not done.changes:
        yield good(say, words("Nothing has to change."))
        return
    yield heading(say, words("Changes: {count}", count=len(done.changes)))
    ordered = sorted(done.changes, key=lambda one: one.kind is ChangeKind.STATION)
    yield from items(say, (change_said(done.problem, one) for one in ordered))


def _calls(done: Repaired, say: Say) -> Iterator[RenderableType]:
    if not done.calls:
        return
    names = {who.code: who for who in done.problem.register.patients}
    yield heading(say, words("To call, most urgent first: {count}", count=len(done.calls)))
    rows = []
    for one in done.calls:
        who = names.get(one.patient)
        rows.append(
            (
                CALL_WORDS[one.urgency],
                one.patient,
                who.name if who else "",
                who.phone if who else "",
                message(one, who.language if who else "zh"),
            )
        )
    titles = (words("when"), words("patient"), words("name"), words("telephone"), words("text"))
    yield table(say, titles, rows)


def offers_page(problem: Problem, ways: tuple[WayOut, ...], say: Say) -> Iterator[RenderableType]:
    """What would give a place to who is left out, tried one by one."""
    if not ways:
        return
    yield heading(say, words("What would help, each tried"))
    rows = [
        (
            way_words(problem, one),
            words("{count} left", count=one.left) if one.left else EVERYBODY,
            hours_words(one.cost.minutes),
        )
        for one in ways
    ]
    yield table(say, (words("what"), words("then"), words("nurses' hours, weighed")), rows)


def message(call: Call, language: str) -> str:
    """The text to send, in the patient's language."""
    return sms(call, speaker("en" if language == "en" else "zh"))


def document(
    done: Repaired, version: PlanVersion | None, ways: tuple[WayOut, ...]
) -> Mapping[str, object]:
    """The same as an object."""
    return {
        "center": done.problem.register.center.code,
        "first_day": done.plan.first_day,
        "weeks": done.plan.weeks,
        "version": version.number if version else None,
        "state": version.state.value if version else None,
        "proven": done.proven,
        "seconds": round(done.seconds, 3),
        "asked": done.asked,
        "measures": [
            {"measure": one.measure.name.lower(), "found": one.found, "bound": one.bound}
            for one in done.minima
        ],
        "own_cost": done.own,
        "left_out": done.left_out,
        "broken": done.broken,
        "overdue": done.overdue,
        "broke_off": done.broke_off,
        "changes": done.changes,
        "calls": [
            {
                "patient": one.patient,
                "urgency": one.urgency,
                "before": one.before,
                "after": one.after,
                "sms": {"en": message(one, "en"), "zh": message(one, "zh")},
            }
            for one in done.calls
        ],
        "offers": [
            {
                "kind": one.kind,
                "remedies": one.remedies,
                "left": one.left,
                "minutes": one.cost.minutes,
            }
            for one in ways
        ],
    }
