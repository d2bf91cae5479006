"""`clearshift demo`: a sample center from files to plan and sheets, in a folder of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import which
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from clearshift.cli.call import Call, call_of
from clearshift.cli.commands import PROGRAM
from clearshift.cli.configured import settings_of
from clearshift.cli.given import Wanted, given, read_register
from clearshift.cli.import_center import imported_page, store
from clearshift.cli.kept import signature
from clearshift.cli.pages import commands, good
from clearshift.cli.plan_document import document
from clearshift.cli.plan_page import plan_page
from clearshift.cli.run import Order, Result, effort_of, run
from clearshift.cli.titles import title
from clearshift.i18n import Say
from clearshift.settings import DatabaseSettings, Settings
from db.files import write_center
from db.sample.center import make_center
from db.sample.named import NAMED, SEED
from db.sample.spec import FIRST_MONDAY
from domain.register import Register
from domain.words import Words, words

_NAME = "huangchuan"
_LONGEST = 20
"""Seconds that the search gets at most; most of it is done in a few."""
_NAMED = 3
"""Patients without a place that are named; the others are on paper."""
_FOLDER = Path("demo")


def demo(
    context: typer.Context,
    out: Annotated[
        Path,
        typer.Option(
            metavar=str(words("FOLDER")),
            help=str(words("Where everything goes; what is there from last time is kept.")),
        ),
    ] = _FOLDER,
) -> int:
    """Nothing outside the folder is touched, and a second run adds a second version."""
    call = call_of(context)
    settings = _settings(settings_of(call), out)
    call.output.note(_step(1, words("A center with invented people, as files"), call.say))
    register = _files(call, out / "center")
    call.output.note(_step(2, words("Into a database of its own"), call.say))
    changes = store(call, settings.database.url, register, keep=True)
    call.output.note(*imported_page(call, register, changes, stored=True))
    call.output.note(_step(3, words("The week planned"), call.say))
    there = given(settings, Wanted(FIRST_MONDAY))
    call.output.note(title(there.problem, call.say))
    order = Order(
        effort_of(settings.plan, None, None, None, deterministic=False),
        signature(None, "", publish=False),
    )
    result = run(call, settings, there, order)
    call.output.note(_step(4, words("What came of it"), call.say))
    say = call.say_in(FIRST_MONDAY.year)
    call.output.result(
        document(result), *plan_page(result, say, _NAMED), *_next(result, out, call.say)
    )
    return 0 if result.verdict.legal else 1


def _settings(settings: Settings, out: Path) -> Settings:
    """The center's own database and sheets stay out of it."""
    return settings.model_copy(
        update={
            "database": DatabaseSettings(url=f"sqlite:///{out / 'clearshift.db'}"),
            "output": settings.output.model_copy(update={"folder": out / "out"}),
            "plan": settings.plan.model_copy(
                update={"seconds": min(settings.plan.seconds, _LONGEST)}
            ),
        }
    )


def _files(call: Call, folder: Path) -> Register:
    """The sample as files; files that are there already, perhaps changed by hand, are read."""
    if folder.exists():
        call.output.note(good(call.say, words("{folder}: kept as it is.", folder=str(folder))))
        return read_register(folder)
    spec = replace(NAMED[_NAME], language=call.language)
    register = make_center(spec, SEED)
    write_center(register, folder, call.language)
    call.output.note(
        good(
            call.say,
            words(
                "{folder}: {machines} machines, {patients} patients; look into them, change them.",
                folder=str(folder),
                machines=len(register.machines),
                patients=len(register.patients),
            ),
        )
    )
    return register


def _step(number: int, said: Words, say: Say) -> RenderableType:
    text = Text(f"{number}  {say(said)}", style="bold cyan")
    return Padding(Rule(text, align="left", style="cyan"), (1, 0, 0, 0))


def _next(result: Result, out: Path, say: Say) -> Iterator[RenderableType]:
    program = PROGRAM
    steps: list[tuple[str, Words]] = [(f"cd {out}", words("where the demo's database is"))]
    if which(program) is None:
        place = Path(sys.argv[0]).resolve()
        steps.insert(0, (f"alias {program}={place}", words("so that it is found from there")))
    steps += [
        (f"{program} show", words("the week on the screen")),
        (f"{program} show --patient P016", words("one patient, and what the rules say")),
        (f"{program} capacity", words("what is wanted, possible and missing")),
        (f"{program} import center", words("after changing the center's files")),
        (f"{program} plan", words("plan again, as the next version")),
    ]
    if result.papers and result.papers.refusal is None:
        for book in result.papers.named("week", ".xlsx"):
            shown = book.relative_to(out)
            steps.append((f"{program} import-plan {shown}", words("take the edited week back")))
    yield _step(5, words("Next"), say)
    yield from commands(say, steps)
