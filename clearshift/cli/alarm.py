"""`clearshift alarm`: open alarms with both their lives, and what a person does about one.

Every act is a note of ours with a name and a moment. None reaches the machine, and none makes an
alarm go away that the machine says is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Annotated

import typer
from rich.console import RenderableType

from clearshift.cli.alarm_center import AlarmCenter, OpenAlarms, alarm_center, caught_up, open_now
from clearshift.cli.alarm_page import alarm_document, history, open_table
from clearshift.cli.board_page import safety_lines, warnings
from clearshift.cli.call import Call, call_of
from clearshift.cli.options import CenterCode
from clearshift.cli.pages import attention, good
from dashboard.machine.alarm_words import standing
from dashboard.machine_words import SAFETY
from db.care.alarms import change_alarm, load_alarm
from db.connection import reading, writing
from db.opening import open_database
from domain.alarm_life import AlarmLife
from domain.alarm_response import closed, handed_over, noted, taken_over
from domain.words import Words, words

Machine = Annotated[str, typer.Argument(help=str(words("The machine's code.")))]
Number = Annotated[int, typer.Argument(min=1, help=str(words("The alarm's number in the list.")))]
By = Annotated[
    str, typer.Option("--by", metavar=str(words("NAME")), help=str(words("Who does it.")))
]


def listed(context: typer.Context, center: CenterCode = None) -> int:
    """Worst first; the exit code is 1 if one has waited too long for somebody to see it."""
    call = call_of(context)
    here = alarm_center(call, center)
    found = open_now(here)
    call.output.result(
        {
            "notice": SAFETY,
            "center": here.code,
            "at": here.at,
            "live": not (found.seen.blind or found.unheard),
            "alarms_complete": not (found.seen.behind or found.unheard),
            "patterns": found.seen.patterns,
            "alarms": [alarm_document(life, here.at) for life in found.lives],
        },
        *_page(call, here, found),
    )
    return int(any(life.fresh and life.escalated_at is not None for life in found.lives))


def _page(call: Call, here: AlarmCenter, found: OpenAlarms) -> Iterator[RenderableType]:
    say = call.say_in(here.center.now.year)
    yield from safety_lines()
    yield from (attention(say, _unheard(reason)) for reason in found.unheard)
    yield from warnings(found.seen, say)
    if found.lives:
        yield open_table(found.lives, here.at, say)
    else:
        yield good(say, words("No alarm is open."))


def show(
    context: typer.Context, machine: Machine, number: Number, center: CenterCode = None
) -> None:
    """Everything that was said and done, by whom and when; nothing of it is ever taken back."""
    call = call_of(context)
    here = alarm_center(call, center)
    with reading(open_database(here.center.url)) as session:
        life = load_alarm(session, here.code, machine, number)
    document = alarm_document(life, here.at) | {"records": life.records}
    say = call.say_in(here.center.now.year)
    call.output.result(document, *history(life, here.center.now.tzinfo, say), standing(life))


def take(
    context: typer.Context, machine: Machine, number: Number, by: By, center: CenterCode = None
) -> None:
    """Says that you have seen the alarm and see to it; the machine hears nothing of it."""
    _act(context, center, machine, number, lambda life, at: taken_over(life, by, at))


def note(
    context: typer.Context,
    machine: Machine,
    number: Number,
    text: Annotated[str, typer.Argument(help=str(words("What is to be remembered of it.")))],
    by: By,
    center: CenterCode = None,
) -> None:
    """Adds a remark, also to an alarm that is over."""
    _act(context, center, machine, number, lambda life, at: noted(life, by, at, text))


def hand_over(
    context: typer.Context,
    machine: Machine,
    number: Number,
    whom: Annotated[str, typer.Argument(help=str(words("Who sees to it from now on.")))],
    by: By,
    center: CenterCode = None,
) -> None:
    """Gives the alarm into somebody else's hand."""
    _act(context, center, machine, number, lambda life, at: handed_over(life, by, at, whom))


def close(
    context: typer.Context,
    machine: Machine,
    number: Number,
    why: Annotated[str, typer.Argument(help=str(words("Why it needs nobody any more.")))],
    by: By,
    center: CenterCode = None,
) -> None:
    """Closes an alarm that is over, or of which nobody will hear again; refused while the
    machine says that it is there."""
    _act(context, center, machine, number, lambda life, at: closed(life, by, at, why))


def _act(
    context: typer.Context,
    center: str | None,
    machine: str,
    number: int,
    change: Callable[[AlarmLife, datetime], AlarmLife],
) -> None:
    """Stores the act on the alarm as the machine has it by now, and says how it stands."""
    call = call_of(context)
    here = alarm_center(call, center)
    for reason in caught_up(here):
        call.output.note(attention(call.say, _unheard(reason)))
    with writing(open_database(here.center.url)) as session:
        life = change_alarm(
            session, here.code, machine, number, lambda before: change(before, here.at)
        )
    call.output.result(alarm_document(life, here.at), good(call.say, standing(life)))


def _unheard(reason: Words) -> Words:
    return words("What machines said last could not be read: {reason}", reason=reason)
