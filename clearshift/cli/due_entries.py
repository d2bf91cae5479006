"""`clearshift due work`, `result`, `plan`, `point`: what people enter on maintenance and tests."""

from __future__ import annotations

import math
from typing import Annotated

import typer
from rich.console import RenderableType

from clearshift.cli.call import Call, call_of
from clearshift.cli.care_center import (
    CareCenter,
    MachineCode,
    Remark,
    When,
    author,
    care_center,
    moment,
    past_day,
    require_known,
    some_day,
)
from clearshift.cli.options import Author, CenterCode
from clearshift.cli.pages import attention, bad, good
from clearshift.cli.refusal import Refusal
from db.care.upkeep import drop_plan, keep_plan, keep_point, keep_result, keep_work, load_facts
from db.connection import reading, writing
from db.opening import open_database
from domain.due import CareFacts
from domain.maintenance import MaintenancePlan, MaintenanceWork
from domain.water import (
    WATER_TEST,
    Grade,
    Medium,
    SamplingPoint,
    WaterLimit,
    WaterResult,
    grade,
    limit_of,
)
from domain.words import Label, words

Hours = Annotated[
    float | None, typer.Option(min=0, help=str(words("The machine's meter: operating hours.")))
]
Treatments = Annotated[
    int | None, typer.Option(min=0, help=str(words("The machine's meter: treatments.")))
]


def work(
    context: typer.Context,
    machine: MachineCode,
    plan_code: Annotated[
        str, typer.Argument(metavar="PLAN", help=str(words("The maintenance plan's code.")))
    ],
    at: When = None,
    hours: Hours = None,
    treatments: Treatments = None,
    note: Remark = "",
    by: Author = None,
    center: CenterCode = None,
) -> None:
    """Keeps that the maintenance was done."""
    call = call_of(context)
    here = care_center(call, center)
    facts = _facts(here)
    require_known(machine, here.machines)
    require_known(plan_code, tuple(one.code for one in facts.plans))
    if (hours is None) != (treatments is None):
        raise Refusal(words("--hours and --treatments go together."))
    done = MaintenanceWork(
        machine, plan_code, moment(here, at), author(by), note, hours, treatments
    )
    with writing(open_database(here.url)) as session:
        keep_work(session, here.code, done)
    call.output.result(
        done,
        words("Kept: {plan} on {machine}, {at}, by {who}.",
              plan=plan_code, machine=machine, at=done.at, who=done.who),
    )  # fmt: skip


def result(
    context: typer.Context,
    point_code: Annotated[
        str,
        typer.Argument(
            metavar="POINT",
            help=str(words("A sampling point for water, or a machine for its dialysate.")),
        ),
    ],
    test: Annotated[str, typer.Argument(help=str(words("Which test, such as bacteria.")))],
    value: Annotated[float, typer.Argument(min=0, help=str(words("The value.")))],
    below: Annotated[
        bool, typer.Option("--below", help=str(words("The report says: less than the value.")))
    ] = False,
    at: When = None,
    note: Remark = "",
    by: Author = None,
    center: CenterCode = None,
) -> int:
    """Keeps the result and says what it means; the exit code is 1 if the limit is passed."""
    call = call_of(context)
    here = care_center(call, center)
    facts = _facts(here)
    points = tuple(one.code for one in facts.points)
    require_known(point_code, (*points, *here.machines))
    require_known(test, tuple(WATER_TEST))
    if not math.isfinite(value):
        raise Refusal(words("{value} is not a number", value=str(value)))
    medium = Medium.WATER if point_code in points else Medium.DIALYSATE
    row = WaterResult(
        point_code, medium, test, past_day(here, at), value, author(by), here.now, below, note
    )
    limit = limit_of(facts.limits, test, medium, row.day)
    if limit is None:
        raise Refusal(words("{test} is not tested here: there is no limit for it.", test=test))
    with writing(open_database(here.url)) as session:
        keep_result(session, here.code, row)
    graded = grade(row, limit)
    call.output.result({"result": row, "limit": limit, "grade": graded},
                       _verdict(call, row, limit, graded))  # fmt: skip
    return int(graded is Grade.FAILED)


def _verdict(call: Call, row: WaterResult, limit: WaterLimit, graded: Grade) -> RenderableType:
    unit, value = WATER_TEST[row.test].unit, row.value
    match graded:
        case Grade.KEPT:
            return good(call.say, words("Kept: {value} {unit}.", value=value, unit=unit))
        case Grade.GOOD:
            said = words("Kept: {value} {unit}, within the limit of {limit}.",
                         value=value, unit=unit, limit=limit.limit or 0.0)  # fmt: skip
            return good(call.say, said)
        case Grade.ACT:
            said = words("Kept: {value} {unit} is above the action level of {level}: act now.",
                         value=value, unit=unit, level=limit.action or 0.0)  # fmt: skip
            return attention(call.say, said)
        case Grade.FAILED:
            said = words("Kept: {value} {unit} is over the limit of {limit} ({source}).",
                         value=value, unit=unit, limit=limit.limit or 0.0,
                         source=words("{source}", source=limit.source))  # fmt: skip
            return bad(call.say, said)


def plan(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help=str(words("A code of your own, such as PM6.")))],
    title: Annotated[
        str, typer.Option(metavar=str(words("TEXT")), help=str(words("What it is called.")))
    ] = "",
    days: Annotated[
        int | None, typer.Option(min=1, help=str(words("At the latest after so many days.")))
    ] = None,
    hours: Annotated[
        int | None, typer.Option(min=1, help=str(words("Or after so many operating hours.")))
    ] = None,
    treatments: Annotated[
        int | None, typer.Option(min=1, help=str(words("Or after so many treatments.")))
    ] = None,
    model: Annotated[
        str,
        typer.Option(
            metavar=str(words("NAME")), help=str(words("Only for this model of machine."))
        ),
    ] = "",
    source: Annotated[
        str,
        typer.Option(
            metavar=str(words("TEXT")), help=str(words("Who says so, such as the maker's manual."))
        ),
    ] = "",
    blocks: Annotated[
        bool,
        typer.Option(
            "--blocks", help=str(words("Nobody may be put on a machine on which it is overdue."))
        ),
    ] = False,
    end: Annotated[
        bool,
        typer.Option(
            "--end", help=str(words("End the plan: nothing is due by it any more. Works stay."))
        ),
    ] = False,
    center: CenterCode = None,
) -> None:
    """Adds the plan, replaces the one of this code, or ends it."""
    call = call_of(context)
    here = care_center(call, center)
    if end:
        if title or days or hours or treatments or model or source or blocks:
            raise Refusal(words("--end goes with no other option."))
        _end_plan(call, here, code)
        return
    if days is None and hours is None and treatments is None:
        raise Refusal(words("Expected at least one of --days, --hours, --treatments."))
    if not source.strip():
        raise Refusal(words("--source is missing: who says that this interval is enough?"))
    if model:
        require_known(model, tuple({one.model for one in here.register.machines}))
    row = MaintenancePlan(
        code, Label(title or code, title or code), model, days, hours, treatments, source, blocks
    )
    with writing(open_database(here.url)) as session:
        keep_plan(session, here.code, row)
    call.output.result(row, words("Kept: plan {code}.", code=code))


def _end_plan(call: Call, here: CareCenter, code: str) -> None:
    require_known(code, tuple(one.code for one in _facts(here).plans))
    with writing(open_database(here.url)) as session:
        drop_plan(session, here.code, code)
    call.output.result({"code": code, "ended": True}, words("Ended: plan {code}.", code=code))


def point(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help=str(words("A code of your own, such as RO1.")))],
    title: Annotated[
        str, typer.Option(metavar=str(words("TEXT")), help=str(words("Where it is.")))
    ] = "",
    retired: Annotated[
        str | None,
        typer.Option(
            metavar=str(words("DATE")), help=str(words("From this day on nothing is drawn there."))
        ),
    ] = None,
    center: CenterCode = None,
) -> None:
    """Adds the sampling point, or replaces the one of this code."""
    call = call_of(context)
    here = care_center(call, center)
    if code in here.machines:
        raise Refusal(words("{code} is a machine; its dialysate needs no point.", code=code))
    row = SamplingPoint(code, title, None if retired is None else some_day(retired))
    with writing(open_database(here.url)) as session:
        keep_point(session, here.code, row)
    call.output.result(row, words("Kept: sampling point {code}.", code=code))


def _facts(here: CareCenter) -> CareFacts:
    with reading(open_database(here.url)) as session:
        return load_facts(session, here.code)
