"""`clearshift make-up` and `clearshift swap`: a missed session made up, two patients who swap."""

from __future__ import annotations

from datetime import date
from time import monotonic
from typing import Annotated

import typer

from clearshift.cli.call import call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.make_up_page import (
    Nothing,
    offers_document,
    offers_page,
    swap_document,
    swap_page,
)
from clearshift.cli.options import Author, CenterCode, Note, Week
from clearshift.cli.plan_page import version_line
from clearshift.cli.refusal import Refusal
from clearshift.cli.titles import title
from clearshift.cli.underway import (
    At,
    Decided,
    Store,
    Wished,
    keep_on,
    require_code,
    underway,
)
from clearshift.cli.weeks import asked_week
from dashboard.planning.make_up_words import exceptions
from dashboard.planning.standing import StandingWeek
from domain.draft import moved
from domain.frozen import begun
from domain.offer import LATE_HOURS
from domain.plan import Assignment
from domain.words import words
from scheduler.effort import Effort
from scheduler.make_up.no_place import PROOF_SECONDS, has_no_place
from scheduler.make_up.offers import CONSECUTIVE, offers, unmade
from scheduler.make_up.swap import swap as exchange
from scheduler.planner import Onlooker

_CODE = str(words("CODE"))
Day = Annotated[
    str | None,
    typer.Option(
        metavar=str(words("DATE")),
        help=str(words("The day of the session; otherwise the last that has begun.")),
    ),
]


def make_up(
    context: typer.Context,
    patient: Annotated[str, typer.Argument(metavar=_CODE, help=str(words("The patient's code.")))],
    missed: Day = None,
    hours: Annotated[
        int, typer.Option(min=1, max=168, help=str(words("How late it may be made up.")))
    ] = LATE_HOURS,
    consecutive: Annotated[
        bool,
        typer.Option(
            "--consecutive",
            help=str(words("The doctor allows this patient sessions on days in a row.")),
        ),
    ] = False,
    source: Annotated[
        str,
        typer.Option(
            metavar=str(words("TEXT")),
            help=str(words("Which doctor allows it, and when; needed for --consecutive.")),
        ),
    ] = "",
    take: Annotated[
        int | None,
        typer.Option(min=1, help=str(words("Store the offer with this number as a version."))),
    ] = None,
    week: Week = None,
    at: At = None,
    center: CenterCode = None,
    author: Author = None,
    note: Note = "",
) -> int:
    """Every legal place for the session, the least harmful first; the exit code is 1 if there is
    none."""
    call = call_of(context)
    settings = settings_of(call)
    there = underway(settings, Wished(asked_week(week), center, at))
    session = _missed(there, patient, missed)
    waived = _waived(source, consecutive=consecutive)
    found = offers(there.problem, there.plan, session, there.now, hours, waived)
    if take is not None and take > len(found):
        raise Refusal(words("There is no offer {number}.", number=take))
    version = None
    if take is not None:
        chosen = found[take - 1]
        decided = Decided(note or _made_up(session), source, exceptions(chosen.judged))
        plan = moved(there.stored.plan, chosen.moves)
        version = keep_on(settings, there, plan, author, decided)
    nothing = None if found else _nothing(there, session, waived)
    say = call.say_in(there.monday.year)
    call.output.result(
        offers_document(there.problem, session, found, version),
        title(there.problem, call.say),
        *offers_page(there.problem, session, found, say, take, nothing),
        *(() if version is None else (version_line(version, say),)),
    )
    return 0 if found else 1


def swap(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar=_CODE, help=str(words("One patient's code.")))],
    second: Annotated[
        str, typer.Argument(metavar=_CODE, help=str(words("The other patient's code.")))
    ],
    day: Annotated[
        list[str] | None,
        typer.Option(
            metavar=str(words("DATE")),
            help=str(words("Only the first one's session of this day; may be repeated.")),
        ),
    ] = None,
    for_day: Annotated[
        list[str] | None,
        typer.Option(
            metavar=str(words("DATE")),
            help=str(words("Only the second one's session of this day; may be repeated.")),
        ),
    ] = None,
    store: Store = False,
    week: Week = None,
    at: At = None,
    center: CenterCode = None,
    author: Author = None,
    note: Note = "",
) -> int:
    """Says at once whether the rules allow it, and why not; the exit code is 1 if they do not."""
    call = call_of(context)
    settings = settings_of(call)
    there = underway(settings, Wished(asked_week(week), center, at))
    for code in (first, second):
        require_code(code, tuple(sorted(there.problem.patient)))
    if first == second:
        raise Refusal(words("A swap needs two patients."))
    days = (_days(day), _days(for_day)) if day or for_day else None
    found = exchange(there.problem, there.plan, first, second, there.now, days)
    if found is None:
        raise Refusal(words("There is nothing to swap in what is left of this week."))
    if store and not found.judged.legal:
        raise Refusal(*(one.words for one in found.judged.broken))
    version = None
    if store:
        plan = moved(there.stored.plan, found.moves)
        version = keep_on(settings, there, plan, author, Decided(note or f"{first} / {second}"))
    say = call.say_in(there.monday.year)
    call.output.result(
        swap_document(there.problem, found, version),
        title(there.problem, call.say),
        *swap_page(there.problem, found, say),
        *(() if version is None else (version_line(version, say),)),
    )
    return 0 if found.judged.legal else 1


def _nothing(there: StandingWeek, missed: Assignment, waived: frozenset[str]) -> Nothing:
    """What there is to say where nothing is offered."""
    asked = (there.problem, there.plan, missed, there.now)
    others = () if waived else offers(*asked, waived=CONSECUTIVE)
    effort, onlooker = Effort(seconds=PROOF_SECONDS, workers=1), Onlooker(monotonic)
    proven = not waived and has_no_place(*asked, effort, onlooker)
    return Nothing(unmade(*asked), len(others), proven)


def _waived(source: str, *, consecutive: bool) -> frozenset[str]:
    """The rules that need not hold by the doctor's word. Raises Refusal without a source."""
    if consecutive and not source.strip():
        raise Refusal(
            words("What a doctor allows needs --source: which doctor, and when it was said.")
        )
    return CONSECUTIVE if consecutive else frozenset()


def _missed(there: StandingWeek, patient: str, day: str | None) -> Assignment:
    """The session that was or will be missed: of the day asked for, else the last begun."""
    require_code(patient, tuple(sorted(there.problem.patient)))
    rows = there.plan.by_patient.get(patient, ())
    if day is not None:
        wanted = _day(day)
        rows = tuple(row for row in rows if row.day == wanted)
    else:
        gone = frozenset(begun(there.problem, there.now))
        rows = tuple(row for row in rows if row.turn in gone)
    if not rows:
        raise Refusal(
            words(
                "{patient} has no such session in this plan; --missed names its day.",
                patient=patient,
            )
        )
    return rows[-1]


def _days(texts: list[str] | None) -> frozenset[date]:
    return frozenset(_day(text) for text in texts or ())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(words("{value} is not a date such as 2026-03-04.", value=text)) from error


def _made_up(missed: Assignment) -> str:
    return f"{missed.patient} {missed.day} {missed.shift}"
