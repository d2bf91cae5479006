"""`clearshift due limits` and `due limit`: the limits of care and of tests, each a dated row with
its source; a center's own rows are added to and never changed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated

import typer
from rich.console import RenderableType

from clearshift.cli.call import Call, call_of
from clearshift.cli.care_center import CareCenter, author, care_center, require_known, some_day
from clearshift.cli.options import Author, CenterCode
from clearshift.cli.pages import Cell, good, heading, table
from clearshift.cli.refusal import Refusal
from dashboard.machine.due_words import MEDIUM_WORDS, every_words, limit_words
from db.care.happened import keep_care_limit
from db.care.upkeep import keep_limit, load_facts
from db.connection import reading, writing
from db.opening import open_database
from domain.care import CARE_LIMIT_WORDS, STANDARD_CARE_LIMITS, CareLimit, care_limit
from domain.due import CareFacts
from domain.water import (
    STANDARD_WATER_LIMITS,
    WATER_TEST,
    WATER_TESTS,
    Every,
    Medium,
    WaterLimit,
    limit_of,
)
from domain.words import Words, words


def limits(
    context: typer.Context,
    day: Annotated[
        str | None,
        typer.Option(metavar=str(words("DATE")), help=str(words("On this day; otherwise today."))),
    ] = None,
    center: CenterCode = None,
) -> None:
    """The standard rows, and the center's own in their place from their days on."""
    call = call_of(context)
    here = care_center(call, center)
    on = here.now.date() if day is None else some_day(day)
    facts = _facts(here)
    care = [care_limit(facts.care_limits, code, on) for code in CARE_LIMIT_WORDS]
    water = list(_water_rows(facts, on))
    call.output.result(
        {"center": here.code, "on": on, "care": care, "water": water},
        *_page(call, here, care, water),
    )


def limit(
    context: typer.Context,
    code: Annotated[
        str, typer.Argument(help=str(words("Which limit: a code that due limits shows.")))
    ],
    value: Annotated[
        float | None, typer.Argument(min=0, help=str(words("The limit, in its own unit.")))
    ] = None,
    medium: Annotated[
        Medium | None, typer.Option(help=str(words("Of a test: in water or in dialysate.")))
    ] = None,
    action: Annotated[
        float | None,
        typer.Option(min=0, help=str(words("Of a test: above this, act before the limit."))),
    ] = None,
    months: Annotated[
        int | None, typer.Option(min=1, help=str(words("Of a test: made every so many months.")))
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=1, help=str(words("Of a test: made every so many days.")))
    ] = None,
    off: Annotated[
        bool, typer.Option("--off", help=str(words("Of a test: not made here from that day on.")))
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar=str(words("DATE")),
            help=str(words("From this day on; otherwise from today.")),
        ),
    ] = None,
    source: Annotated[
        str,
        typer.Option(
            metavar=str(words("TEXT")),
            help=str(words("Who says so, such as the printed standard or the water committee.")),
        ),
    ] = "",
    by: Author = None,
    center: CenterCode = None,
) -> None:
    """Adds the row; an earlier one stays, and holds for the days before."""
    call = call_of(context)
    here = care_center(call, center)
    require_known(code, (*CARE_LIMIT_WORDS, *WATER_TEST))
    if not source.strip():
        raise Refusal(words("--source is missing: who says that this limit is right?"))
    if value is not None and not math.isfinite(value):
        raise Refusal(words("{value} is not a number", value=str(value)))
    start = here.now.date() if since is None else some_day(since)
    if code in CARE_LIMIT_WORDS:
        if medium or action is not None or months or days or off:
            raise Refusal(words("{code} has a value and nothing else.", code=code))
        _keep_care(call, here, _care(code, value, start, source, author(by)))
        return
    if months and days:
        raise Refusal(words("--months and --days exclude each other."))
    asked = Every(months or 0, days or 0) if months or days else None
    row = _row(_facts(here), code, medium, start, value, action, asked, off=off)
    _keep_water(call, here, replace(row, valid_from=start, source=source, who=author(by)))


# --- rows -------------------------------------------------------------------------------------


def _care(code: str, value: float | None, start: date, source: str, who: str) -> CareLimit:
    if value is None or value <= 0:
        raise Refusal(words("{code} needs a value above 0.", code=code))
    (standard,) = (row for row in STANDARD_CARE_LIMITS if row.code == code)
    return CareLimit(code, start, value, standard.unit, source, who)


def _row(
    facts: CareFacts,
    code: str,
    medium: Medium | None,
    start: date,
    value: float | None,
    action: float | None,
    every: Every | None,
    *,
    off: bool,
) -> WaterLimit:
    """The row in force with what is to be other. What is left out stays as it is, and is shown.
    Raises Refusal for a row that could not be meant."""
    chosen = medium or _only_medium(facts, code, start)
    now = limit_of(facts.limits, code, chosen, start)
    if off:
        return replace(now or WaterLimit(code, chosen, start, Every(), None), enabled=False)
    if value is None and action is None and every is None:
        raise Refusal(words("Expected a value, --action, --months, --days or --off."))
    if now is None and every is None:
        raise Refusal(words("--months or --days is missing: how often is it tested?"))
    row = now or WaterLimit(code, chosen, start, every or Every(), None)
    row = replace(
        row,
        every=every or row.every,
        limit=row.limit if value is None else value,
        action=row.action if action is None else action,
    )
    if row.action is not None and (row.limit is None or row.action >= row.limit):
        raise Refusal(
            words("--action: the action level of {level} is not below the limit.",
                  level=row.action)
        )  # fmt: skip
    return row


def _only_medium(facts: CareFacts, code: str, day: date) -> Medium:
    found = [one for one in Medium if limit_of(facts.limits, code, one, day) is not None]
    if len(found) != 1:
        raise Refusal(words("--medium is missing: water or dialysate?"))
    return found[0]


def _keep_care(call: Call, here: CareCenter, row: CareLimit) -> None:
    with writing(open_database(here.url)) as session:
        keep_care_limit(session, here.code, row, here.now)
    said = words(
        "Kept: {what}: {value} {unit} from {day} ({source}; by {who}).",
        what=CARE_LIMIT_WORDS[row.code], value=row.value, unit=row.unit, day=row.valid_from,
        source=row.source, who=row.who,
    )  # fmt: skip
    call.output.result(row, good(call.say, said))


def _keep_water(call: Call, here: CareCenter, row: WaterLimit) -> None:
    with writing(open_database(here.url)) as session:
        keep_limit(session, here.code, row, here.now)
    said = words(
        "Kept: {test} in {medium}: {limit}, {every}, from {day} ({source}; by {who}).",
        test=WATER_TEST[row.test].title, medium=MEDIUM_WORDS[row.medium], limit=limit_words(row),
        every=every_words(row.every), day=row.valid_from, source=row.source, who=row.who,
    )  # fmt: skip
    call.output.result(row, good(call.say, said))


def _facts(here: CareCenter) -> CareFacts:
    with reading(open_database(here.url)) as session:
        return load_facts(session, here.code)


def _water_rows(facts: CareFacts, day: date) -> Iterator[WaterLimit]:
    for medium in Medium:
        rows = (limit_of(facts.limits, test.code, medium, day) for test in WATER_TESTS)
        yield from (row for row in rows if row is not None)


# --- the page ---------------------------------------------------------------------------------


def _page(
    call: Call, here: CareCenter, care: Iterable[CareLimit], water: Iterable[WaterLimit]
) -> Iterator[RenderableType]:
    say = call.say_in(here.now.year)
    since, source, who = words("since"), words("source"), words("by")
    yield heading(say, words("Disinfection and maintenance"))
    care_heads = (words("code"), words("what"), words("limit"), since, source, who)
    yield table(say, care_heads, (_care_row(row) for row in care))
    yield heading(say, words("Tests of water and dialysate"))
    heads = (words("code"), words("in"), words("limit"), words("every"), since, source, who)
    yield table(say, heads, (_water_row(row) for row in water))


def _care_row(row: CareLimit) -> tuple[Cell, ...]:
    value = words("{value} {unit}", value=row.value, unit=row.unit)
    return (
        row.code, CARE_LIMIT_WORDS[row.code], value, row.valid_from, _source(row), row.who,
    )  # fmt: skip


def _water_row(row: WaterLimit) -> tuple[Cell, ...]:
    return (
        row.test, MEDIUM_WORDS[row.medium], limit_words(row), every_words(row.every),
        row.valid_from, _source(row), row.who,
    )  # fmt: skip


def _source(row: CareLimit | WaterLimit) -> Words:
    """A standard row's in the reader's language, a center's as it was typed."""
    standard = {one.source for one in STANDARD_CARE_LIMITS}
    standard |= {one.source for one in STANDARD_WATER_LIMITS}
    return Words(row.source) if row.source in standard else words("{source}", source=row.source)
