"""A choreography as a page: what is wrong, what it brings, and the tasks of a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from clearshift.cli.pages import Cell, attention, bad, good, heading, items, table
from clearshift.i18n import Say
from db.plans import PlanVersion
from domain.problem import Problem
from domain.words import Words, words
from scheduler.choreography.flow import Flowed
from scheduler.choreography.judge import Crowded, Hand, Rhythm, Task, Unready

_HANDS = {Hand.CONNECT: words("connect"), Hand.DISCONNECT: words("disconnect")}
_SHOWN = 10


def flow_page(
    problem: Problem,
    rhythm: Rhythm,
    before: Rhythm,
    found: Flowed | None,
    day: date | None,
    say: Say,
) -> Iterator[RenderableType]:
    """What the times bring against everybody beginning at once, and how good they are."""
    yield Text(say(_pace(rhythm)))
    yield from _verdict(problem, rhythm, say)
    rows = [
        (words("most tasks of a nurse at once"), before.peak, rhythm.peak),
        (words("tasks too soon after the one before"), len(before.crowded), len(rhythm.crowded)),
        (words("latest begin after the shift's, minutes"), 0, latest(rhythm, problem)),
    ]
    yield heading(say, words("What staggering brings"))
    yield table(say, (words("figure"), words("all at once"), words("staggered")), rows, (1, 2))
    if found is not None:
        yield _proof(found, say)
    if day is not None:
        yield from _day(problem, rhythm.tasks, day, say)


def _pace(rhythm: Rhythm) -> Words:
    return words(
        "Two tasks of a nurse at least {apart} minutes apart; nobody begins more than {latest}"
        " minutes after the shift. {source}.",
        apart=rhythm.pace.apart,
        latest=rhythm.pace.latest,
        source=Words(rhythm.pace.source),
    )


def _verdict(problem: Problem, rhythm: Rhythm, say: Say) -> Iterator[RenderableType]:
    if rhythm.smooth:
        yield good(
            say, words("No nurse has two tasks at once, and every station is ready in time.")
        )
    if rhythm.unready:
        yield bad(say, words("Stations not ready in time: {count}", count=len(rhythm.unready)))
        yield from items(say, (_unready(problem, one) for one in rhythm.unready[:_SHOWN]))
    if rhythm.broken:
        yield bad(say, words("Rules that these times break: {count}", count=len(rhythm.broken)))
        yield from items(say, (one.words for one in rhythm.broken[:_SHOWN]))
    if rhythm.crowded:
        count = len(rhythm.crowded)
        yield attention(say, words("Tasks too soon after the one before: {count}", count=count))
        closest = sorted(rhythm.crowded, key=lambda one: one.minutes)[:_SHOWN]
        yield from items(say, (_crowded(problem, one) for one in closest))


def _crowded(problem: Problem, one: Crowded) -> Words:
    return words(
        "{turn}, zone {zone}, nurse {nurse}: {first}, {minutes} minutes later {then}",
        turn=problem.say(one.then.turn),
        zone=one.then.zone,
        nurse=one.then.nurse,
        first=_task(one.first),
        then=_task(one.then),
        minutes=one.minutes,
    )


def _task(task: Task) -> Words:
    return words(
        "{time} {hand} {patient}", time=task.at.time(), hand=_HANDS[task.hand], patient=task.patient
    )


def _unready(problem: Problem, one: Unready) -> Words:
    return words(
        "{station}: {first} leaves it ready at {ready}, {then} begins at {begins} ({turn})",
        station=one.then.station,
        first=one.first.patient,
        ready=one.ready,
        then=one.then.patient,
        begins=one.begins,
        turn=problem.say(one.then.turn),
    )


def latest(rhythm: Rhythm, problem: Problem) -> int:
    """By how many minutes the last of all begins later than the shift."""
    begins = (
        task.at - problem.shift[task.turn.shift].interval(task.turn.day).start
        for task in rhythm.tasks
        if task.hand is Hand.CONNECT
    )
    return max((int(late.total_seconds()) // 60 for late in begins), default=0)


def _proof(found: Flowed, say: Say) -> RenderableType:
    if found.proven:
        return good(say, words("Proven: no other times are better."))
    cost, bound = found.cost, found.bound
    return attention(
        say,
        words(
            "Not proven in the time there was: stations late {late} (at least {late_least}), people"
            " told anew {retold} ({retold_least}), crowded minutes {crowded} ({crowded_least}),"
            " minutes of later begin {waited} ({waited_least}).",
            late=cost.late,
            late_least=bound.late,
            retold=cost.retold,
            retold_least=bound.retold,
            crowded=cost.crowded,
            crowded_least=bound.crowded,
            waited=cost.waited,
            waited_least=bound.waited,
        ),
    )


def _day(problem: Problem, found: Iterable[Task], day: date, say: Say) -> Iterator[RenderableType]:
    """Zone by zone and nurse by nurse, in order of time."""
    mine = sorted(
        (task for task in found if task.turn.day == day),
        key=lambda task: (task.zone, task.nurse, task.at, task.station),
    )
    yield heading(say, words("{day}", day=day))
    headings = (
        words("zone"), words("nurse"), words("time"), words("task"), words("station"),
        words("patient"), words("shift"),
    )  # fmt: skip
    yield table(say, headings, [_row(problem, task) for task in mine], (1,))


def _row(problem: Problem, task: Task) -> tuple[Cell, ...]:
    shift = words("{name}", name=problem.shift[task.turn.shift].name)
    hand = _HANDS[task.hand]
    return (task.zone, task.nurse, task.at.time(), hand, task.station, task.patient, shift)


def flow_document(
    problem: Problem,
    version: PlanVersion,
    rhythm: Rhythm,
    before: Rhythm,
    found: Flowed | None,
    day: date | None,
) -> dict[str, object]:
    """The same as data, with the tasks of the day or of all days."""
    return {
        "version": version,
        "pace": rhythm.pace,
        "peak": {"at_once": before.peak, "staggered": rhythm.peak},
        "latest": latest(rhythm, problem),
        "crowded": rhythm.crowded,
        "crowded_at_once": len(before.crowded),
        "unready": rhythm.unready,
        "broken": rhythm.broken,
        "proven": None if found is None else found.proven,
        "cost": None if found is None else found.cost._asdict(),
        "bound": None if found is None else found.bound._asdict(),
        "tasks": [task for task in rhythm.tasks if day in (None, task.turn.day)],
    }
