"""`clearshift demo`: a sample center from files to plan, sheets and machines that run, in a
folder of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from shutil import which
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from clearshift.cli.alone import alone
from clearshift.cli.call import Call, call_of
from clearshift.cli.clock import now_at
from clearshift.cli.configured import settings_of
from clearshift.cli.demo_live import live
from clearshift.cli.demo_scene import BrokerKind, Scene, lying, moment_of, with_mosquitto
from clearshift.cli.entry import PROGRAM
from clearshift.cli.given import Wanted, given, read_register
from clearshift.cli.import_center import imported_page, store
from clearshift.cli.kept import signature
from clearshift.cli.pages import commands, good
from clearshift.cli.plan_document import document
from clearshift.cli.plan_page import plan_page
from clearshift.cli.run import Order, Result, effort_of, run
from clearshift.cli.simulated_center import sittings
from clearshift.cli.titles import title
from clearshift.i18n import Say
from clearshift.settings import DatabaseSettings, Settings
from dashboard.gate.words import role_words
from db.access.first_accounts import DemoAccount, demo_accounts
from db.connection import writing
from db.files import write_center
from db.opening import open_database
from db.sample.center import make_center
from db.sample.moved import moved_to
from db.sample.named import NAMED, SEED
from devices.mqtt.mosquitto_process import installed
from devices.mqtt.ports import free_port, listens
from domain.calendar import WEEK, monday_of
from domain.register import Register
from domain.words import Words, words

_LONGEST = 20
"""Seconds that the search gets at most; most of it is done in a few."""
_NAMED = 3
"""Patients without a place that are named; the others are on paper."""
_FOLDER = Path("demo")
_LIVE = (
    ("monitor", words("every machine live, in another terminal")),
    ("accounts", words("what became of everything they said")),
)
_PLANNED = (
    ("show", words("the week on the screen")),
    ("show --patient P016", words("one patient, and what the rules say")),
    ("capacity", words("what is wanted, possible and missing")),
    ("import center", words("after changing the center's files")),
    ("plan", words("plan again, as the next version")),
)


class Sample(StrEnum):
    """The centers that come with the program."""

    HUANGCHUAN = "huangchuan"
    XIAMAO = "xiamao"
    WORKSHOP = "workshop"
    SHEXIAN = "shexian"


def demo(
    context: typer.Context,
    out: Annotated[
        Path,
        typer.Option(
            metavar=str(words("FOLDER")),
            help=str(words("Where everything goes; what is there from last time is kept.")),
        ),
    ] = _FOLDER,
    sample: Annotated[
        Sample, typer.Option(help=str(words("Which center, if the folder has none yet.")))
    ] = Sample.HUANGCHUAN,
    week: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar=str(words("DATE")),
            help=str(words("The week to play, if the folder has none yet; else that of tomorrow.")),
        ),
    ] = None,
    plan_only: Annotated[
        bool, typer.Option("--plan-only", help=str(words("End after the plan; run no machines.")))
    ] = False,
    broker: Annotated[
        BrokerKind,
        typer.Option(help=str(words("Which broker; auto is mosquitto where it is installed."))),
    ] = BrokerKind.AUTO,
    seconds: Annotated[
        float | None,
        typer.Option(
            min=0.1, help=str(words("End by itself so long after the machines are heard."))
        ),
    ] = None,
) -> int:
    """Nothing outside the folder is touched, and a second run adds a second version."""
    call = call_of(context)
    settings = _settings(settings_of(call), out)
    mosquitto = not plan_only and with_mosquitto(broker, there=installed() is not None)
    out.mkdir(parents=True, exist_ok=True)
    with alone(out, words("{folder}: another demo runs there.", folder=str(out))):
        result = _planned(call, settings, out, sample, None if week is None else week.date())
        page = plan_page(result, call.say_in(result.problem.first_day.year), _NAMED)
        if plan_only:
            call.output.result(document(result), *page, *_next(5, _PLANNED, result, out, call.say))
            return _code(result)
        call.output.note(*page, _step(5, words("Its machines, live"), call.say))
        scene = _scene(settings, result, out, call.language, mosquitto=mosquitto)
        ready = _accounts(settings, result)

        def told(running: Mapping[str, object]) -> None:
            rows = _next(6, (*_LIVE, *_PLANNED), result, out, call.say)
            screens = _screens(7, scene, ready, call.say)
            known = {"address": scene.address, "accounts": ready}
            call.output.result({**document(result), "live": {**running, **known}}, *rows, *screens)
            call.output.out.file.flush()  # whoever reads us through a pipe waits for exactly this

        return live(call, settings, scene, told, seconds) or _code(result)


def _planned(
    call: Call, settings: Settings, out: Path, sample: Sample, week: date | None
) -> Result:
    """From nothing to a stored plan and its papers, said step by step."""
    call.output.note(_step(1, words("A center with invented people, as files"), call.say))
    register = _files(call, out / "center", sample, week)
    call.output.note(_step(2, words("Into a database of its own"), call.say))
    changes = store(call, settings.database.url, register, keep=True)
    call.output.note(*imported_page(call, register, changes, stored=True))
    call.output.note(_step(3, words("The week planned"), call.say))
    there = given(settings, Wanted(_monday_after(register)))
    call.output.note(title(there.problem, call.say))
    order = Order(
        effort_of(settings.plan, None, None, None, deterministic=False),
        signature(None, "", publish=False),
    )
    result = run(call, settings, there, order)
    call.output.note(_step(4, words("What came of it"), call.say))
    return result


def _code(result: Result) -> int:
    return 0 if result.verdict.legal else 1


def _scene(
    settings: Settings, result: Result, out: Path, language: str, *, mosquitto: bool
) -> Scene:
    """The plan that has just been made, at this hour or a busier one."""
    register, monday = result.problem.register, result.problem.first_day
    found = sittings(settings, None, monday, monday)
    now = now_at(register.center).replace(tzinfo=None)
    moment = moment_of(found, monday, now)
    machines = frozenset(one.code for one in register.machines)
    port, calls, web = _ports(settings.web.port)
    return Scene(
        out.resolve(),
        language,
        mosquitto,
        port,
        calls,
        web,
        moment,
        machines,
        lying(found, moment),
    )


def _ports(web: int) -> tuple[int, int, int]:
    """For the broker, for machines that call, and for the screens: there the usual one, if it
    is free."""
    found: set[int] = set()
    while len(found) < 3:
        found.add(free_port())
    port, calls, other = found
    return port, calls, other if listens(web) else web


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


def _accounts(settings: Settings, result: Result) -> tuple[DemoAccount, ...]:
    """A ready account for each role, with a password of this run."""
    with writing(open_database(settings.database.url)) as session:
        return demo_accounts(session, result.given.center, datetime.now(UTC))


def _screens(
    number: int, scene: Scene, ready: tuple[DemoAccount, ...], say: Say
) -> Iterator[RenderableType]:
    """Where to look with a browser, and as whom."""
    yield _step(number, words("The screens"), say)
    yield Padding(Text(scene.address, style="bold underline"), (0, 0, 1, 2))
    table = Table.grid(padding=(0, 3))
    for one in ready:
        table.add_row(Text(f"  {one.name}", style="bold"), Text(say(role_words(one.role))))
    yield table
    password = words("The password of all of them is {password}", password=ready[0].password)
    yield Padding(Text(say(password)), (1, 0, 0, 2))


def _monday_after(register: Register) -> date:
    """The week that waits to be planned: the one after the last that the files bring along."""
    return monday_of(max(row.day for row in register.sessions)) + WEEK


def _files(call: Call, folder: Path, sample: Sample, week: date | None) -> Register:
    """The sample as files; files that are there already, perhaps changed by hand, are read."""
    if folder.exists():
        call.output.note(good(call.say, words("{folder}: kept as it is.", folder=str(folder))))
        return read_register(folder)
    spec = replace(NAMED[sample.value], language=call.language)
    made = make_center(spec, SEED)
    tomorrow = now_at(made.center).date() + timedelta(days=1)  # on Sunday the week is over
    register = moved_to(made, monday_of(week or tomorrow))
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


def _next(
    number: int, steps: tuple[tuple[str, Words], ...], result: Result, out: Path, say: Say
) -> Iterator[RenderableType]:
    """Where to look and what to try, as commands to copy."""
    rows = [(f"cd {out}", words("where the demo's database is"))]
    if which(PROGRAM) is None:
        place = Path(sys.argv[0]).resolve()
        rows.insert(0, (f"alias {PROGRAM}={place}", words("so that it is found from there")))
    rows += [(f"{PROGRAM} {command}", does) for command, does in steps]
    if result.papers and result.papers.refusal is None:
        for book in result.papers.named("week", ".xlsx"):
            shown = book.relative_to(out)
            rows.append((f"{PROGRAM} import-plan {shown}", words("take the edited week back")))
    yield _step(number, words("Next"), say)
    yield from commands(say, rows)
