"""`clearshift due list` and `due ready`: what has to be done, which machines can be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer
from rich.console import RenderableType

from clearshift.cli.call import Call, call_of
from clearshift.cli.care_center import CareCenter, care_center
from clearshift.cli.options import CenterCode
from clearshift.cli.pages import attention, good, heading, table
from dashboard.machine.due_words import KIND_WORDS, READY_WORDS, URGENCY_WORDS
from db.care.upkeep import load_facts, load_readiness
from db.connection import reading
from db.opening import open_database
from domain.due import Due, Urgency, due
from domain.readiness import Readiness, ReadyState
from domain.words import words


def listed(
    context: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help=str(words("Also what is not due for some time.")))
    ] = False,
    center: CenterCode = None,
) -> int:
    """What is due; the exit code is 1 if something is overdue."""
    call = call_of(context)
    here = care_center(call, center)
    with reading(open_database(here.url)) as session:
        found = due(load_facts(session, here.code), here.now)
    shown = [one for one in found if everything or one.urgency is not Urgency.LATER]
    call.output.result(
        {"center": here.code, "at": here.now, "due": shown}, *_page(call, here, shown)
    )
    return int(any(one.urgency is Urgency.OVERDUE for one in shown))


def _page(call: Call, here: CareCenter, found: list[Due]) -> Iterator[RenderableType]:
    say = call.say_in(here.now.year)
    if not found:
        yield good(say, words("Nothing is due."))
    for urgency in Urgency:
        rows = [one for one in found if one.urgency is urgency]
        if rows:
            yield heading(say, URGENCY_WORDS[urgency])
            yield table(
                say,
                (words("what"), words("where"), words("until"), words("of what"), words("why")),
                ((KIND_WORDS[o.kind], o.subject, o.on, o.title, o.reason) for o in rows),
            )


def ready(context: typer.Context, center: CenterCode = None) -> None:
    """Each machine's state between two patients."""
    call = call_of(context)
    here = care_center(call, center)
    with reading(open_database(here.url)) as session:
        found = load_readiness(session, here.code, here.machines, here.now)
    call.output.result({"center": here.code, "at": here.now, "machines": found},
                       *_ready_page(call, here, found))  # fmt: skip


def _ready_page(
    call: Call, here: CareCenter, found: Iterable[Readiness]
) -> Iterator[RenderableType]:
    say, zone = call.say_in(here.now.year), here.now.tzinfo
    rows = sorted(found, key=lambda one: (list(ReadyState).index(one.state), one.machine))
    usable = sum(one.ready for one in rows)
    said = words("{ready} of {all} machines are ready.", ready=usable, all=len(rows))
    yield good(say, said) if usable == len(rows) else attention(say, said)
    yield table(
        say,
        (words("machine"), words("state"), words("since"), words("why"), words("until")),
        (
            (
                one.machine,
                READY_WORDS[one.state],
                one.since.astimezone(zone) if one.since else None,
                one.reason,
                one.until.astimezone(zone) if one.until else None,
            )
            for one in rows
        ),
    )
