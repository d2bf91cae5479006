"""The addresses of patients. The secret in them is all that opens them: who has it is the
patient, and nobody else's data is within reach of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.gate.cookies import LANGUAGE_COOKIE
from dashboard.gate.forms import NotAForm, read_form
from dashboard.gate.pages import not_found, out_of_order
from dashboard.gate.reader import language_at
from dashboard.gate.throttle import Allowance, Throttle
from dashboard.patient.asked import Refused, read_answer, read_trip, read_wish
from dashboard.patient.feed import feed
from dashboard.patient.own import Own, load_own
from dashboard.patient.page import Links, draw
from dashboard.site import LANGUAGES, Site
from db.access.audit import append
from db.access.patient_links import find_link
from db.connection import reading, writing
from db.patient_words import add_answer, add_request
from db.refusal import DatabaseRefusal
from db.sheets.edition import Voice
from domain.patient_word import PatientAnswer, PatientRequest
from domain.words import words

THANKS = "thanks"
PER_PATIENT = Allowance(20, 60)
"""What is said is kept for ever: nobody can fill the database through a link."""
Sent = PatientAnswer | PatientRequest | Refused


@dataclass(frozen=True, slots=True)
class Seen:
    """A patient as the page found them, at a moment of the center's own clock."""

    own: Own
    now: datetime


def routes(site: Site) -> list[BaseRoute]:
    """The page, what can be sent from it, the calendar."""
    words_of = Throttle(PER_PATIENT)
    return [
        Route("/p/{secret}", partial(_page, site), methods=["GET"]),
        Route("/p/{secret}/{form}", partial(_sent, site, words_of), methods=["POST"]),
        Route("/ics/{secret}.ics", partial(_feed, site), methods=["GET"]),
    ]


async def _page(site: Site, request: Request) -> Response:
    return await _answered(site, request, lambda: _draw(site, request))


async def _feed(site: Site, request: Request) -> Response:
    return await _answered(site, request, lambda: _calendar(site, request))


async def _sent(site: Site, words_of: Throttle, request: Request) -> Response:
    try:
        fields = await read_form(request)
    except NotAForm:
        fields = {}
    return await _answered(site, request, lambda: _keep(site, words_of, request, fields))


async def _answered(
    site: Site, request: Request, answer: Callable[[], Response | None]
) -> Response:
    """In a thread, as it asks the database; what is not there looks the same whatever was
    asked."""
    try:
        found = await to_thread.run_sync(answer)
    except DatabaseRefusal as refused:
        return await out_of_order(site, language_at(request), refused)
    return found or await not_found(site, language_at(request))


def _draw(site: Site, request: Request) -> Response | None:
    seen = _seen(site, request)
    if seen is None:
        return None
    thanks = THANKS in request.query_params
    return draw(
        seen.own, _voice(site, request, seen), _links(request), seen.now.date(), thanks=thanks
    )


def _calendar(site: Site, request: Request) -> Response | None:
    seen = _seen(site, request)
    if seen is None:
        return None
    language = seen.own.patient.language
    body = feed(seen.own, Voice(language, site.speak(language, None)))
    named = {"Content-Disposition": 'inline; filename="calendar.ics"'}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=named)


def _keep(
    site: Site, words_of: Throttle, request: Request, fields: dict[str, str]
) -> Response | None:
    """Reads what was sent against what is true now, keeps it, and shows the page again."""
    seen, form = _seen(site, request), request.path_params["form"]
    if seen is None:
        return None
    sent = _read(form, seen, fields)
    if sent is None:
        return None
    if words_of.take(seen.own.patient.code, seen.now.timestamp()):
        sent = Refused((words("That is a lot at once; please wait a minute, or call us."),))
    if isinstance(sent, Refused):
        voice = _voice(site, request, seen)
        typed = {**fields, "form": form}
        return draw(
            seen.own, voice, _links(request), seen.now.date(), reasons=sent.reasons, typed=typed
        )
    _store(site, sent)
    return RedirectResponse(f"{_links(request).page}?{THANKS}", 303)


def _read(form: str, seen: Seen, fields: dict[str, str]) -> Sent | None:
    match form:
        case "answer":
            return read_answer(seen.own, fields, seen.now)
        case "wish":
            return read_wish(seen.own, fields, seen.now)
        case "trip":
            return read_trip(seen.own, fields, seen.now.date(), seen.now)
        case _:
            return None


def _store(site: Site, sent: PatientAnswer | PatientRequest) -> None:
    with writing(site.here.database) as session:
        if isinstance(sent, PatientAnswer):
            add_answer(session, site.center, sent)
            act = "patient.answer"
        else:
            add_request(session, site.center, sent)
            act = "patient.request"
        append(
            session, site.center, sent.at, sent.patient, "patient", act, sent.patient, None, sent
        )


def _seen(site: Site, request: Request) -> Seen | None:
    now = site.clock()
    with reading(site.here.database) as session:
        link = find_link(session, site.center, request.path_params["secret"], now)
        own = None if link is None else load_own(session, site.center, link.patient, now)
    return None if own is None else Seen(own, now.astimezone(ZoneInfo(own.center.timezone)))


def _voice(site: Site, request: Request, seen: Seen) -> Voice:
    """The language that was chosen on this device, else the one the center has noted."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    language = chosen if chosen in LANGUAGES else seen.own.patient.language
    return Voice(language, site.speak(language, seen.now.year))


def _links(request: Request) -> Links:
    secret = request.path_params["secret"]
    return Links(f"/p/{secret}", f"/ics/{secret}.ics")
