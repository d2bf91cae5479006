"""`clearshift due disinfected` and `due machine`: what people do to a machine between patients."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from clearshift.cli.call import call_of
from clearshift.cli.care_center import (
    CareCenter,
    MachineCode,
    Remark,
    When,
    author,
    care_center,
    moment,
    require_known,
    some_day,
)
from clearshift.cli.due_entries import Hours, Treatments
from clearshift.cli.options import Author, CenterCode
from clearshift.cli.refusal import Refusal
from dashboard.machine.due_words import READY_WORDS
from db.care.happened import keep_events, load_events
from db.care.upkeep import load_readiness
from db.connection import reading, writing
from db.opening import open_database
from domain.care import CareEvent, CareKind, Method, meter_before
from domain.readiness import Readiness
from domain.words import Words, words


def disinfected(
    context: typer.Context,
    machine_code: Annotated[
        str, typer.Argument(metavar="MACHINE", help=str(words("The machine's code.")))
    ],
    method: Annotated[Method, typer.Option(help=str(words("How it was disinfected.")))],
    minutes: Annotated[float, typer.Option(min=0, help=str(words("How long it took.")))],
    at: When = None,
    note: Remark = "",
    by: Author = None,
    center: CenterCode = None,
) -> None:
    """Keeps the disinfection, as of its end, and says what the machine's state is then."""
    call = call_of(context)
    here = care_center(call, center)
    require_known(machine_code, here.machines)
    event = CareEvent(
        machine_code, moment(here, at), CareKind.DISINFECTED, None, author(by), note, method,
        minutes,
    )  # fmt: skip
    found = _kept(here, event)
    call.output.result(found, _state(found))


def machine(
    context: typer.Context,
    code: MachineCode,
    block: Annotated[
        str | None,
        typer.Option(
            metavar=str(words("WHY")), help=str(words("Nobody may be put on it, and why."))
        ),
    ] = None,
    back: Annotated[
        str | None,
        typer.Option(
            metavar=str(words("DATE")),
            help=str(words("With --block: when it is expected back; otherwise nobody knows.")),
        ),
    ] = None,
    release: Annotated[bool, typer.Option("--release", help=str(words("End a block.")))] = False,
    residue_clear: Annotated[
        bool,
        typer.Option(
            "--residue-clear", help=str(words("The test shows no residue of disinfectant."))
        ),
    ] = False,
    hours: Hours = None,
    treatments: Treatments = None,
    replaced: Annotated[
        bool,
        typer.Option("--replaced", help=str(words("The meter was replaced and counts anew."))),
    ] = False,
    at: When = None,
    note: Remark = "",
    by: Author = None,
    center: CenterCode = None,
) -> None:
    """Keeps one thing about the machine, and says what its state is then."""
    call = call_of(context)
    here = care_center(call, center)
    require_known(code, here.machines)
    kind = _asked(block, hours, treatments, release=release, residue_clear=residue_clear)
    text = note if block is None else block
    event = CareEvent(
        code, moment(here, at), kind, None, author(by), text, hours=hours, treatments=treatments,
        back=_back(here, back, block),
    )  # fmt: skip
    if kind is CareKind.METER and not replaced:
        _require_growth(here, event)
    found = _kept(here, event)
    call.output.result(found, _state(found))


def _asked(
    block: str | None,
    hours: float | None,
    treatments: int | None,
    *,
    release: bool,
    residue_clear: bool,
) -> CareKind:
    """The one thing that is to be kept. Raises Refusal if it is none, several or half a one."""
    if (hours is None) != (treatments is None):
        raise Refusal(words("--hours and --treatments go together."))
    asked = {
        CareKind.BLOCKED: block is not None,
        CareKind.RELEASED: release,
        CareKind.RESIDUE_CLEAR: residue_clear,
        CareKind.METER: hours is not None,
    }
    chosen = [kind for kind, wanted in asked.items() if wanted]
    if len(chosen) != 1:
        raise Refusal(
            words("Expected one of --block, --release, --residue-clear, or the two meters.")
        )
    if block is not None and not block.strip():
        raise Refusal(words("--block needs a reason."))
    return chosen[0]


def _back(here: CareCenter, day: str | None, block: str | None) -> date | None:
    """The day of a block's end. Raises Refusal for one that has been, or without a block."""
    if day is None:
        return None
    if block is None:
        raise Refusal(words("--back goes with --block."))
    found = some_day(day)
    if found <= here.now.date():
        raise Refusal(words("--back: {day} is not after today.", day=found))
    return found


def _require_growth(here: CareCenter, event: CareEvent) -> None:
    """Raises Refusal for a reading below an earlier one: a typing mistake, as a rule."""
    with reading(open_database(here.url)) as session:
        last = meter_before(load_events(session, here.code, [event.machine]), event)
    if last is not None:
        raise Refusal(
            words(
                "The meter stood at {hours} h and {treatments} treatments on {day}; if it was"
                " replaced, say --replaced.",
                hours=last.hours or 0.0,
                treatments=last.treatments or 0,
                day=last.at.astimezone(here.now.tzinfo).date(),
            )
        )


def _kept(here: CareCenter, event: CareEvent) -> Readiness:
    with writing(open_database(here.url)) as session:
        keep_events(session, here.code, [event])
    with reading(open_database(here.url)) as session:
        (found,) = load_readiness(session, here.code, [event.machine], here.now)
    return found


def _state(found: Readiness) -> Words:
    state = READY_WORDS[found.state]
    if found.reason is None:
        return words("Kept. {machine}: {state}.", machine=found.machine, state=state)
    return words(
        "Kept. {machine}: {state}: {why}.", machine=found.machine, state=state, why=found.reason
    )
