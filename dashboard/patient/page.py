"""The page itself: one request, no script, style within it, large type."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from dashboard.gate.headers import PLAIN_POLICY
from dashboard.languages import NAMES, OTHER
from dashboard.patient.asked import LONGEST, MINUTES
from dashboard.patient.asked_words import WEEKDAYS
from dashboard.patient.own import News, Own, Visit
from dashboard.style.css import compact, dark_by_preference, with_tokens
from db.sheets.edition import Voice
from domain.patient_word import Answer, Decision, PatientAnswer, PatientRequest, RequestKind
from domain.words import Say, Words, words

TITLE = words("My appointments")


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of a patient's page and calendar, from the server's own root."""

    page: str
    feed: str


def draw(
    own: Own,
    voice: Voice,
    links: Links,
    today: date,
    *,
    thanks: bool = False,
    reasons: tuple[Words, ...] = (),
    typed: Mapping[str, str] | None = None,
) -> Response:
    """The patient's page; `reasons` say why what was just sent was not kept."""
    say = voice.say
    other = OTHER[voice.language]
    html = (
        _templates()
        .get_template("page.html")
        .render(
            style=_style(),
            base=links.page,
            feed=links.feed,
            language=voice.language,
            other=other,
            other_name=NAMES[other],
            title=say(TITLE),
            center=voice.label(own.center.name),
            name=masked(own.patient.name),
            phone=own.center.phone,
            visits=[_visit(visit, voice) for visit in own.visits],
            requests=[_request(one, own, voice) for one in own.requests],
            shifts=[(one.code, voice.label(one.name)) for one in own.register.shifts],
            weekdays=[(day, say(WEEKDAYS[day - 1])) for day in range(1, 8)],
            minutes=[(one, say(words("{count} minutes", count=one))) for one in MINUTES],
            longest=LONGEST,
            today=today.isoformat(),
            typed=dict(typed or {}),
            thanks=thanks,
            reasons=[say(reason) for reason in reasons],
            said={key: say(text) for key, text in _TEXTS.items()},
        )
    )
    return HTMLResponse(
        html, 422 if reasons else 200, headers={"Content-Security-Policy": _policy()}
    )


def masked(name: str) -> str:
    """A name by which only its owner knows who is meant: the first letter of each word."""
    return " ".join(word[0] + "＊" * min(2, len(word) - 1) for word in name.split())


_TEXTS = {
    "come": words("Come at"),
    "changed": words("changed"),
    "canceled": words("canceled"),
    "none": words("There is no appointment in the plan yet. Please ask the ward."),
    "later": words("After that"),
    "will": words("Will you come?"),
    "coming": words("I am coming"),
    "late": words("I am late"),
    "by": words("How many minutes late"),
    "cannot": words("I cannot come"),
    "bring_title": words("Please bring"),
    "bring": words("Your insurance card and something warm to wear. Please eat as you were told."),
    "call": words("Late, unable to come, or a question? Call the ward:"),
    "calendar": words("Put into my calendar"),
    "calendar_hint": words("It keeps itself up to date."),
    "ask": words("Ask for something"),
    "wish": words("Other days or another time"),
    "days": words("Days that suit me"),
    "time": words("Time of day"),
    "any": words("any"),
    "text": words("In your own words"),
    "send": words("Send to the ward"),
    "trip": words("I am going away"),
    "first": words("First day away"),
    "last": words("Last day away"),
    "where": words("Where to, and a telephone number there"),
    "asked": words("What I asked for"),
    "thanks": words("Thank you. The ward sees it."),
    "private": words("This page is for you alone; please do not pass on its address."),
}


def _visit(visit: Visit, voice: Voice) -> Mapping[str, object]:
    say = voice.say
    end = visit.here.end.strftime("%H:%M")
    same = visit.here.end.date() == visit.here.start.date()
    done = words("done about {time}", time=end)
    return {
        "day": voice.day(visit.here.start.date()),
        "come": f"{visit.here.start:%H:%M}",
        "done": say(done if same else words("done about {time} next day", time=end)),
        "place": say(_place(visit)),
        "turn": {"day": visit.turn.day.isoformat(), "shift": visit.turn.shift},
        "changed": visit.news is News.CHANGED,
        "canceled": visit.news is News.CANCELED,
        "answer": "" if visit.answer is None else visit.answer.answer.value,
        "answered": "" if visit.answer is None else say(_answered(visit.answer)),
    }


def _place(visit: Visit) -> Words:
    if visit.room:
        return words("{room}, place {place}", room=visit.room, place=visit.station)
    return words("Place {place}", place=visit.station)


def _answered(answer: PatientAnswer) -> Words:
    match answer.answer:
        case Answer.COMING:
            return words("You said: I am coming.")
        case Answer.LATE:
            return words("You said: {minutes} minutes late.", minutes=answer.minutes_late)
        case Answer.CANNOT:
            return words("You said: I cannot come. The ward will call you.")


def _request(one: PatientRequest, own: Own, voice: Voice) -> Mapping[str, object]:
    return {
        "what": _joined(_wanted(one, own), voice.say),
        "text": one.text,
        "state": voice.say(_state(one.decision)),
        "decision": one.decision.value,
        "reply": one.reply,
    }


def _wanted(one: PatientRequest, own: Own) -> Iterable[Words]:
    if one.kind is RequestKind.TRIP and one.first_day and one.last_day:
        yield words("Away from {first} to {last}", first=one.first_day, last=one.last_day)
    if one.weekdays:
        yield words("{days}", days=tuple(WEEKDAYS[day - 1] for day in sorted(one.weekdays)))
    for shift in own.register.shifts:
        if shift.code == one.shift:
            yield words("{name}", name=shift.name)


def _joined(parts: Iterable[Words], say: Say) -> str:
    return " · ".join(map(say, parts))


def _state(decision: Decision) -> Words:
    match decision:
        case Decision.OPEN:
            return words("not decided yet")
        case Decision.ACCEPTED:
            return words("accepted")
        case Decision.DECLINED:
            return words("declined")


@cache
def _style() -> str:
    return compact(with_tokens("dashboard.patient", "page.css") + dark_by_preference())


@cache
def _policy() -> str:
    """Our plain pages' policy, but with the style that is within the page."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return PLAIN_POLICY.replace("style-src 'self'", f"style-src 'sha256-{digest}'")


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("dashboard.patient", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
