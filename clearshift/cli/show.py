"""`clearshift show`: a stored plan on the screen."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated

import typer

from clearshift.cli.call import Call, call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.given import Given, Wanted
from clearshift.cli.options import CenterCode, Version, Week
from clearshift.cli.outage_page import outage_lines
from clearshift.cli.patient_page import patient_document, patient_page
from clearshift.cli.refusal import Refusal
from clearshift.cli.stored import stored_plan, versions_of
from clearshift.cli.titles import title, week_remark
from clearshift.cli.versions_page import versions_table
from clearshift.cli.week_page import week_page
from clearshift.cli.weeks import asked_week
from db.plans import StoredPlan
from domain.words import words


def show(
    context: typer.Context,
    week: Week = None,
    version: Version = None,
    center: CenterCode = None,
    zone: Annotated[
        str | None,
        typer.Option(metavar=str(words("CODE")), help=str(words("Only this zone."))),
    ] = None,
    patient: Annotated[
        str | None,
        typer.Option(
            metavar=str(words("CODE")),
            help=str(words("A patient's sessions, and what the rules say of them.")),
        ),
    ] = None,
    versions: Annotated[
        bool, typer.Option("--versions", help=str(words("The list of all stored versions.")))
    ] = False,
) -> None:
    """Stations by turns with the patients' codes."""
    call = call_of(context)
    settings = settings_of(call)
    if versions:
        found = versions_of(settings, center)
        call.output.result({"versions": found}, *versions_table(found, call.say))
        return
    there, stored = stored_plan(settings, Wanted(asked_week(week), center=center), version)
    if patient is not None:
        _show_patient(call, there, stored, patient)
    else:
        _show_week(call, there, stored, zone)


def _show_patient(call: Call, there: Given, stored: StoredPlan, patient: str) -> None:
    known = tuple(one.code for one in there.problem.register.patients)
    _require(patient, known)
    say = call.say_in(there.problem.first_day.year)
    call.output.result(
        patient_document(there.problem, stored, patient),
        title(there.problem, call.say),
        *week_remark(there),
        *patient_page(there.problem, stored, patient, say),
    )


def _show_week(call: Call, there: Given, stored: StoredPlan, zone: str | None) -> None:
    known = tuple(one.code for one in there.problem.register.zones)
    if zone is not None:
        _require(zone, known)
    stations = {s.code for s in there.problem.register.stations if zone in (None, s.zone)}
    rows = [row for row in stored.plan.assignments if zone is None or row.station in stations]
    call.output.result(
        {"version": stored.version, "assignments": rows, "outages": there.outages},
        title(there.problem, call.say),
        *week_remark(there),
        *outage_lines(there, call.say_in(there.problem.first_day.year)),
        *week_page(
            there.problem,
            stored,
            zone,
            call.say_in(there.problem.first_day.year),
            call.output.out.width,
        ),
    )


def _require(code: str, known: tuple[str, ...]) -> None:
    if code in known:
        return
    near = tuple(get_close_matches(code, known)) or known[:5]
    raise Refusal(words("There is no {code} in the center; perhaps {near}.", code=code, near=near))
