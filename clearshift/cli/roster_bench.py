"""`clearshift roster bench`: a public nurse-rostering instance, solved and proven."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from clearshift.cli.call import Call, call_of
from clearshift.cli.options import Force, LogFile
from clearshift.cli.overwriting import require_free
from clearshift.cli.pages import Cell, attention, bad, good, items, table
from clearshift.cli.planning import searched
from clearshift.cli.progress import board
from clearshift.cli.refusal import Refusal
from domain.words import Words, words
from scheduler.effort import Effort
from scheduler.progress_words import percent
from scheduler.roster.judge import Judgment, judge
from scheduler.roster.public_text import Refused, read_public_text, write_roster
from scheduler.roster.shape import Shape
from scheduler.roster.solve import TIER, Impossible, Solved, solve


def bench(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(help=str(words("An instance in the text format of Curtois and Qu."))),
    ],
    seconds: Annotated[
        int, typer.Option(min=1, help=str(words("Longest search, in seconds.")))
    ] = 60,
    seed: Annotated[
        int, typer.Option(min=0, max=2**31 - 1, help=str(words("Start value of the search.")))
    ] = 1,
    workers: Annotated[int, typer.Option(min=1, help=str(words("Processor cores to use.")))] = 2,
    best: Annotated[
        int | None,
        typer.Option(min=0, help=str(words("The best cost that is known, to compare with."))),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help=str(words("Write the roster into this file, a line a person."))),
    ] = None,
    force: Force = False,
    log: LogFile = None,
) -> int:
    """Reads the instance, finds a roster, proves how good it is, and has it judged by code that
    knows no solver. The exit code is 1 if there is no roster."""
    call = call_of(context)
    shape = _read(file)
    if out is not None:
        require_free(out, force=force)
    effort = Effort(float(seconds), seed, workers)
    with board(call.output, {TIER: words("Cost of the roster")}, log) as shown:
        found = searched(partial(solve, shape, effort), shown)
    if isinstance(found, Impossible):
        _tell_impossible(call, shape, found)
        return 1
    judgment = judge(shape, found.roster)
    if out is not None:
        out.write_text(write_roster(shape, found.roster), encoding="utf-8")
    call.output.result(
        {**_document(shape, found, judgment), "best": best},
        *_page(call, shape, found, judgment, best),
    )
    return 0 if judgment.legal else 1


def _read(file: Path) -> Shape:
    """The instance. Raises Refusal with every problem in the file, line by line."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Refusal(words("{path} is not a text file.", path=str(file))) from None
    try:
        return read_public_text(text)
    except Refused as refused:
        reasons = (
            words("{path}, line {line}: {problem}.", path=str(file), line=p.line, problem=p.words)
            for p in refused.problems
        )
        raise Refusal(*reasons) from None


def _tell_impossible(call: Call, shape: Shape, found: Impossible) -> None:
    names = tuple(shape.people[at].name for at in found.people)
    call.output.result(
        {"roster": None, "impossible": names},
        bad(
            call.say, words("There is no roster: nothing fits the limits of {names}.", names=names)
        ),
    )


def _document(shape: Shape, found: Solved, judgment: Judgment) -> dict[str, object]:
    codes = [kind.code for kind in shape.kinds]
    return {
        "cost": judgment.cost,
        "bound": found.bound,
        "proven": found.proven,
        "legal": judgment.legal,
        "covers": sum(gap.cost for gap in judgment.gaps),
        "people": sum(judgment.personal),
        "roster": {
            person.name: [codes[kind] for kind in row]
            for person, row in zip(shape.people, found.roster, strict=True)
        },
    }


def _page(
    call: Call, shape: Shape, found: Solved, judgment: Judgment, best: int | None
) -> Iterator[RenderableType]:
    say = call.say
    rows: list[tuple[Words, Cell]] = [
        (words("People, days and shifts"),
         f"{len(shape.people)}, {shape.days}, {len(shape.kinds) - 1}"),
        (words("Cost of the roster"), judgment.cost),
        (words("No roster costs less than"), found.bound),
        (words("Of the cost, for cover"), sum(gap.cost for gap in judgment.gaps)),
        (words("Of the cost, for requests"), sum(judgment.personal)),
    ]  # fmt: skip
    if best is not None:
        rows.append((words("Best cost known"), best))
    yield table(say, (words("Roster"), words("Value")), rows, numbers={1})
    if not judgment.legal:
        yield bad(say, words("The judge finds the roster illegal."))
        yield from items(say, (_breach(shape, b.person, b.day, b.words) for b in judgment.breaches))
    elif found.proven:
        yield good(say, words("Legal, and proven: there is no cheaper roster."))
    else:
        gap = percent(found.cost, found.bound)
        yield attention(say, words("Legal, not proven: at most {gap} % too dear.", gap=gap))


def _breach(shape: Shape, person: int, day: int, what: Words) -> Words:
    name = shape.people[person].name
    return words("{name}, day {day}: {what}", name=name, day=day, what=what)
