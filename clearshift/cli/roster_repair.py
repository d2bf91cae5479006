"""`clearshift roster repair`: a nurse is ill, and the fewest changes that help."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime
from time import monotonic
from typing import Annotated

import typer

from clearshift.cli.call import Call, call_of
from clearshift.cli.clock import now_at
from clearshift.cli.configured import settings_of
from clearshift.cli.kept import signature
from clearshift.cli.options import Author, CenterCode, Note, Seconds
from clearshift.cli.pages import attention, good, heading, items
from clearshift.cli.refusal import Refusal
from clearshift.cli.roster import verdict_document, version_line
from clearshift.cli.roster_page import change_words, roster_title, verdict_lines
from clearshift.cli.run import effort_of
from clearshift.cli.ward_given import WardGiven, ward_stored
from clearshift.settings import Settings
from db.connection import writing
from db.load import load_register
from db.nurse_rosters import RosterVersion, save_roster
from db.opening import open_database
from db.save import save_register
from domain.calendar import Span, monday_of
from domain.nurse_roster import NurseRoster
from domain.nurse_terms import NurseDay, NurseDayKind
from domain.ward import Ward, with_day
from domain.words import words
from scheduler.planner import Onlooker
from scheduler.ward.make import NoRoster
from scheduler.ward.repair import RepairedRoster, ill, repair_roster

_DAY = str(words("DATE"))


def repair(
    context: typer.Context,
    nurse: Annotated[str, typer.Argument(help=str(words("Code of the nurse who is ill.")))],
    first: Annotated[
        str, typer.Option("--from", metavar=_DAY, help=str(words("First day of the illness.")))
    ],
    last: Annotated[
        str | None,
        typer.Option("--to", metavar=_DAY, help=str(words("Last day; otherwise the first."))),
    ] = None,
    center: CenterCode = None,
    seconds: Seconds = None,
    author: Author = None,
    note: Note = "",
) -> int:
    """Enters the illness and stores a roster with the fewest changes and the fewest gaps; days
    before it stay. The exit code is 1 if somebody is missing."""
    call = call_of(context)
    settings = settings_of(call)
    begin = _date("--from", first)
    end = begin if last is None else _date("--to", last)
    if end < begin:
        raise Refusal(words("--to is before --from."))
    there, stored = ward_stored(settings, monday_of(begin), center)
    if nurse not in there.ward.nurse:
        raise Refusal(words("There is no nurse {code} in the center.", code=nurse))
    row = NurseDay(nurse, NurseDayKind.ILL, Span(begin, end))
    ward = with_day(there.ward, row)
    open_roster = ill(stored.roster, nurse, begin, end)
    effort = effort_of(settings.plan, seconds, None, None, deterministic=False)
    try:
        found = repair_roster(
            ward, open_roster, _changeable(ward, begin), effort, Onlooker(monotonic)
        )
    except NoRoster as nobody:
        raise Refusal(nobody.reason) from nobody
    version = _keep(settings, there, found.roster, row, author, note)
    _tell(call, ward, found, version)
    return 1 if found.verdict.missing else 0


def _changeable(ward: Ward, begin: date) -> date:
    """The first day that may change: what is before the illness, or over, stays."""
    today = now_at(ward.problem.register.center).date()
    return max(begin, today) if today in ward.days else begin


def _keep(
    settings: Settings,
    there: WardGiven,
    roster: NurseRoster,
    row: NurseDay,
    author: str | None,
    note: str,
) -> RosterVersion:
    signed = signature(author, note, publish=False)
    now: datetime = now_at(there.ward.problem.register.center)
    with writing(open_database(settings.database.url)) as session:
        version = save_roster(
            session, there.center, roster, None, signed.author, signed.note, now, there.latest
        )
        register = load_register(session, there.center)
        days = (*register.nurse_days, row)
        save_register(session, replace(register, nurse_days=days).in_order())
    return version


def _tell(call: Call, ward: Ward, found: RepairedRoster, version: RosterVersion) -> None:
    say = call.say_in(ward.problem.first_day.year)
    fewest = words("Changes: {count}; with so few gaps, no fewer are possible.",
                   count=len(found.changes))  # fmt: skip
    few = words("Changes: {count}; whether fewer would do is not proven.",
                count=len(found.changes))  # fmt: skip
    proven = found.proven and len(found.changes) <= found.fewest
    call.output.result(
        {
            "version": version,
            "changes": [asdict(one) for one in found.changes],
            "fewest": found.fewest,
            "proven": proven,
            **verdict_document(found.verdict),
        },
        roster_title(ward, call.say),
        heading(say, words("What changes")),
        *items(say, (change_words(ward, one) for one in found.changes)),
        good(say, fewest) if proven else attention(say, few),
        *verdict_lines(found.verdict, say),
        good(say, version_line(version)),
    )


def _date(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(
            words("{option}: {value} is no date; expected one such as 2026-03-02.",
                  option=option, value=text)
        ) from error  # fmt: skip
