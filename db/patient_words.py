"""What patients say: answers about sessions, requests and what became of them. Every word is
kept; the newest counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.load import require_center
from db.refusal import DatabaseRefusal
from db.tables import metadata
from domain.calendar import Turn
from domain.patient_word import Decision, PatientAnswer, PatientRequest
from domain.words import words

_ANSWERS = metadata.tables["patient_answers"]
_REQUESTS = metadata.tables["patient_requests"]
_DECISIONS = metadata.tables["request_decisions"]
_ASKED = ("number", "patient", "kind", "weekdays", "shift", "first_day", "last_day", "text", "at")
_DECIDED = {"decision": "decision", "decided_by": "who", "reply": "reply", "decided_at": "at"}


def add_answer(session: Session, center: str, answer: PatientAnswer) -> None:
    """Keeps an answer about a session."""
    require_center(session, center)
    session.execute(
        sa.insert(_ANSWERS).values(
            center=center,
            number=_next(session, _ANSWERS, center),
            patient=answer.patient,
            day=answer.turn.day,
            shift=answer.turn.shift,
            answer=answer.answer,
            minutes_late=answer.minutes_late,
            at=answer.at,
        )
    )


def newest_answers(
    session: Session, center: str, first: date, last: date, patient: str = ""
) -> Mapping[tuple[str, Turn], PatientAnswer]:
    """The answer that counts about each session from `first` to `last`, of everybody or of one
    patient."""
    query = sa.select(_ANSWERS).where(
        _ANSWERS.c.center == center, _ANSWERS.c.day.between(first, last)
    )
    if patient:
        query = query.where(_ANSWERS.c.patient == patient)
    found = {}
    for row in session.execute(query.order_by(_ANSWERS.c.number)):
        turn = Turn(row.day, row.shift)
        answer = PatientAnswer(row.patient, turn, row.answer, row.minutes_late, row.at)
        found[row.patient, turn] = answer
    return found


def add_request(session: Session, center: str, request: PatientRequest) -> int:
    """Keeps a request, open, whatever number it came with; returns its number."""
    require_center(session, center)
    number = _next(session, _REQUESTS, center)
    values = {name: getattr(replace(request, number=number), name) for name in _ASKED}
    session.execute(sa.insert(_REQUESTS).values(center=center, **values))
    return number


def list_requests(session: Session, center: str, patient: str = "") -> tuple[PatientRequest, ...]:
    """Every request, or those of a patient, the newest first, with what became of each."""
    newest = (
        sa.select(sa.func.max(_DECISIONS.c.number))
        .where(_DECISIONS.c.center == center)
        .group_by(_DECISIONS.c.request)
    )
    decided = sa.and_(
        _DECISIONS.c.center == _REQUESTS.c.center,
        _DECISIONS.c.request == _REQUESTS.c.number,
        _DECISIONS.c.number.in_(newest),
    )
    query = (
        sa.select(
            *(_REQUESTS.c[name] for name in _ASKED),
            *(_DECISIONS.c[column].label(name) for name, column in _DECIDED.items()),
        )
        .select_from(_REQUESTS.outerjoin(_DECISIONS, decided))
        .where(_REQUESTS.c.center == center)
        .order_by(_REQUESTS.c.number.desc())
    )
    if patient:
        query = query.where(_REQUESTS.c.patient == patient)
    return tuple(_request(row) for row in session.execute(query).mappings())


def decide(
    session: Session,
    center: str,
    request: int,
    decision: Decision,
    who: str,
    reply: str,
    now: datetime,
) -> None:
    """Says what became of a request; a later word takes the place of an earlier one. Raises
    DatabaseRefusal if there is no such request."""
    require_center(session, center)
    known = sa.select(_REQUESTS.c.number).where(
        _REQUESTS.c.center == center, _REQUESTS.c.number == request
    )
    if session.execute(known).first() is None:
        raise DatabaseRefusal(words("There is no request {number}.", number=request))
    session.execute(
        sa.insert(_DECISIONS).values(
            center=center,
            number=_next(session, _DECISIONS, center),
            request=request,
            decision=decision,
            who=who,
            reply=reply,
            at=now,
        )
    )


def _request(row: sa.RowMapping) -> PatientRequest:
    said = {field.name: row[field.name] for field in fields(PatientRequest)}
    if said["decision"] is None:
        said |= {"decision": Decision.OPEN, "decided_by": "", "reply": ""}
    return PatientRequest(**said)


def _next(session: Session, table: sa.Table, center: str) -> int:
    last = session.scalar(sa.select(sa.func.max(table.c.number)).where(table.c.center == center))
    return (last or 0) + 1
