"""The board's side of the talk with its component: a message in, an answer out.

A message is what a browser sent and may be anything; what does not make sense is refused in
words. Writing goes through the acts only, which judge everything again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.acts import drafts
from dashboard.acts.acting import NotAllowed
from dashboard.acts.drafts import Sheet
from dashboard.board.judged import UNFINISHED, Line, headline, judged, lacks, lines, moves_to
from dashboard.board.opened import Opened
from dashboard.board.person import person
from dashboard.desk import Actor
from dashboard.rights import Right
from dashboard.site import Site
from db.refusal import DatabaseRefusal
from db.sheets.edition import Voice
from domain.calendar import Turn
from domain.draft import Move, Outdated
from domain.plan import Assignment
from domain.words import Words, words
from scheduler.targets import Grade, grades

Json = dict[str, Any]
_LETTERS = {Grade.GOOD: "g", Grade.COSTS: "c", Grade.BREAKS: "b"}


class NotUnderstood(ValueError):
    """A message that no board of ours sends, or of a board that has changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody did on the board. Without `before` the session has no place yet, without
    a place to go (`turn`) it is taken out."""

    number: str
    act: str
    patient: str = ""
    before: Assignment | None = None
    turn: Turn | None = None
    station: str = ""
    reason: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the component is told, and whether anything was stored."""

    document: Json
    stored: bool = False


def read_message(sent: object) -> Message:
    """A message from a browser. Raises NotUnderstood."""
    if not isinstance(sent, Mapping):
        raise NotUnderstood("a message is an object")
    patient = _text(sent.get("p", ""))
    before, to = _spot(sent.get("from")), _spot(sent.get("to"))
    return Message(
        number=_text(sent.get("n", "")),
        act=_text(sent.get("act", "")),
        patient=patient,
        before=Assignment(*before, patient) if before else None,
        turn=Turn(to[0], to[1]) if to else None,
        station=to[2] if to else "",
        reason=_text(sent.get("reason", "")),
        locked=sent.get("locked") is True,
    )


def answer(site: Site, actor: Actor, opened: Opened, message: Message, voice: Voice) -> Answer:
    """Does what the message asks for, or says why not."""
    told: Json = {"n": message.number}
    try:
        _require_known(opened, message)
        return _answer(site, actor, opened, message, voice, told)
    except NotAllowed as refused:
        return Answer(told | _notice("bad", voice.say(refused.reason)))
    except DatabaseRefusal as refused:
        said = " ".join(voice.say(reason) for reason in refused.reasons)
        return Answer(told | _notice("bad", said), stored=True)
    except (Outdated, NotUnderstood):
        gone = words("This session is not there any more; look again.")
        return Answer(told | _notice("bad", voice.say(gone)), stored=True)


def _answer(
    site: Site, actor: Actor, opened: Opened, message: Message, voice: Voice, told: Json
) -> Answer:
    sheet = Sheet(opened.monday, opened.version.number)
    match message.act:
        case "show":
            return Answer(told | _shown(actor, opened, message, voice))
        case "ask":
            return Answer(told | {"verdict": _verdict(opened, message, voice)})
        case "put" | "do":
            return _put(site, actor, opened, message, voice, told)
        case "lock" if message.before is not None:
            drafts.set_lock(site, actor, sheet, message.before, locked=message.locked)
            return Answer(told, stored=True)
        case "undo":
            drafts.undo(site, actor, sheet)
            return Answer(told | {"done": True}, stored=True)
        case "redo":
            drafts.redo(site, actor, sheet)
            return Answer(told | {"done": True}, stored=True)
    raise NotUnderstood(f"no such act: {message.act!r}")


def _put(
    site: Site, actor: Actor, opened: Opened, message: Message, voice: Voice, told: Json
) -> Answer:
    """Moves at once what makes nothing worse, or what somebody has confirmed."""
    moves = _moves(opened, message)
    if message.act == "put" and judged(opened, moves).grade is not Grade.GOOD:
        return Answer(told | {"verdict": _verdict(opened, message, voice)})
    sheet = Sheet(opened.monday, opened.version.number)
    drafts.move(site, actor, sheet, moves, message.reason)
    at = None
    if message.turn is not None:
        at = {"day": message.turn.day.isoformat(), "shift": message.turn.shift,
              "station": message.station}  # fmt: skip
    said = voice.say(moved_words(opened, moves))
    return Answer(told | {"done": True, "at": at} | _notice("good", said)
                  | {"refused": False}, stored=True)  # fmt: skip


def _moves(opened: Opened, message: Message) -> tuple[Move, ...]:
    if message.turn is None:
        return (Move(message.before, None),)
    return moves_to(opened, message.patient, message.before, message.turn, message.station)


def _shown(actor: Actor, opened: Opened, message: Message, voice: Voice) -> Json:
    """The patient beside the board, and where the session could go."""
    found: Json = {"person": person_document(opened, message.patient, voice), "grades": None}
    fixed = message.before is not None and opened.is_over(message.before.turn)
    if opened.latest and not fixed and actor.may(Right.EDIT_WEEK):
        found["grades"] = _grades(opened, message)
    return found


def _grades(opened: Opened, message: Message) -> list[str]:
    """For every turn a letter for each station, in the order of the board."""
    before = message.before
    waits = lacks(opened, opened.known, message.patient, 0 if before else 1)
    graded = grades(
        opened.problem, opened.known, message.patient, before,
        spared=UNFINISHED if waits else frozenset(),
    )  # fmt: skip
    stations = [
        code
        for zone in opened.problem.register.zones
        for code in opened.problem.zone_stations[zone.code]
    ]
    return [
        "".join(
            _LETTERS[graded[turn, code]] if (turn, code) in graded else "." for code in stations
        )
        for turn in opened.turns
    ]


def person_document(opened: Opened, patient: str, voice: Voice) -> Json | None:
    """The panel's texts in a language."""
    found = person(opened, patient)
    if found is None:
        return None
    short = words("{count} sessions have no place", count=found.missing)
    if found.missing == 1:
        short = words("One session has no place")
    return {
        "code": found.code,
        "name": found.name,
        "sessions": [
            {
                "at": {"day": row.day.isoformat(), "shift": row.shift, "station": row.station},
                "said": voice.say(said),
            }
            for row, said in found.sessions
        ],
        "missing": voice.say(short) if found.missing else "",
        "facts": [[voice.say(name), voice.say(said)] for name, said in found.facts],
        "wishes": [voice.say(one) for one in found.wishes],
        "lines": [_line(one, voice) for one in found.lines],
        "why": {
            "address": f"/why-not?week={opened.version.first_day}&patient={found.code}",
            "said": voice.say(words("Why not another seat?")),
        },
    }


def _verdict(opened: Opened, message: Message, voice: Voice) -> Json:
    moves = _moves(opened, message)
    judgement = judged(opened, moves)
    verb = "swap" if len(moves) > 1 else "move"
    if message.turn is None:
        verb = "take_out"
    elif message.before is None:
        verb = "place"
    return {
        "grade": judgement.grade.value,
        "verb": verb,
        "title": voice.say(moved_words(opened, moves)),
        "headline": voice.say(headline(judgement)),
        "lines": [_line(one, voice) for one in lines(judgement)],
    }


def moved_words(opened: Opened, moves: tuple[Move, ...]) -> Words:
    """What some moves do, in a sentence."""
    one = moves[0]
    name = _name(opened, one.patient)
    if len(moves) > 1:
        return words("{one} and {two} change places", one=name, two=_name(opened, moves[1].patient))
    if one.after is None and one.before is not None:
        return words("{name} is taken out of {place}", name=name, place=_place(opened, one.before))
    if one.after is None:
        raise NotUnderstood("a move from nowhere to nowhere")
    if one.before is None:
        return words("{name} to {place}", name=name, place=_place(opened, one.after))
    return words(
        "{name} from {before} to {after}",
        name=name,
        before=_place(opened, one.before),
        after=_place(opened, one.after),
    )


def _name(opened: Opened, patient: str) -> str:
    return next((p.name for p in opened.problem.register.patients if p.code == patient), patient)


def _place(opened: Opened, row: Assignment) -> Words:
    return words(
        "{turn}, station {station}", turn=opened.problem.say(row.turn), station=row.station
    )


def _line(line: Line, voice: Voice) -> Json:
    return {"kind": line.kind, "rule": voice.say(line.rule), "said": voice.say(line.said)}


def _notice(kind: str, said: str) -> Json:
    return {"notice": {"kind": kind, "said": said}, "refused": kind == "bad"}


def _require_known(opened: Opened, message: Message) -> None:
    problem = opened.problem
    if message.act in ("ask", "put", "do") and message.before is None and message.turn is None:
        raise NotUnderstood("a move from nowhere to nowhere")
    if message.patient and all(p.code != message.patient for p in problem.register.patients):
        raise NotUnderstood(f"no patient {message.patient!r}")
    if message.before is not None and message.before not in opened.known.assignments:
        raise NotUnderstood(f"{message.before} is not there")
    if message.turn is None:
        return
    if message.station not in problem.station or message.turn.shift not in problem.shift:
        raise NotUnderstood(f"no place {message.turn} {message.station!r}")
    if message.turn not in opened.turns:
        raise NotUnderstood(f"{message.turn} is not of this week")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise NotUnderstood("a text was expected")
    return value[:500]


def _spot(value: object) -> tuple[date, str, str] | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 3:
        raise NotUnderstood("a place is a day, a shift and a station")
    day, shift, station = map(_text, value)
    try:
        return date.fromisoformat(day), shift, station
    except ValueError as error:
        raise NotUnderstood(f"no day: {day!r}") from error
