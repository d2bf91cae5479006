"""How the head nurse reads what patients said and what the rules say of it."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.patient.wished import Away, Wished
from domain.patient_word import Answer, PatientAnswer, PatientRequest, RequestKind
from domain.plan import Assignment
from domain.problem import Problem
from domain.words import Label, Words, words

WEEKDAYS = (
    words("Mon"), words("Tue"), words("Wed"), words("Thu"), words("Fri"), words("Sat"),
    words("Sun"),
)  # fmt: skip


def request_words(request: PatientRequest, problem: Problem) -> Words:
    """What is asked for, in one line."""
    if request.kind is RequestKind.TRIP and request.first_day and request.last_day:
        return words("Away from {first} to {last}", first=request.first_day, last=request.last_day)
    shift = problem.shift.get(request.shift)
    days = tuple(WEEKDAYS[day - 1] for day in sorted(request.weekdays))
    match days, shift:
        case (), None:
            return words("In words only")
        case (), _:
            return words("{shift}", shift=_name(problem, request.shift))
        case _, None:
            return words("{days}", days=days)
        case _:
            return words("{days}, {shift}", days=days, shift=_name(problem, request.shift))


def answer_words(answer: PatientAnswer) -> Words:
    """What a patient said of a session."""
    match answer.answer:
        case Answer.COMING:
            return words("is coming")
        case Answer.LATE:
            return words("{minutes} minutes late", minutes=answer.minutes_late)
        case Answer.CANNOT:
            return words("cannot come")


def verdict_words(problem: Problem, found: Wished) -> Words:
    """The headline of the checker's verdict."""
    if not found.moves:
        return words("It is so already in this plan.")
    if found.full:
        return words("No free station: {turns}.", turns=tuple(_turn(problem, found)))
    where = tuple(seat_words(problem, row) for row in found.rows)
    if found.verdict.broken:
        return words("Not as it stands: {where} breaks hard rules.", where=where)
    if found.verdict.worse:
        return words("Possible, at a price: {where}.", where=where)
    return words("Possible: {where}.", where=where)


def away_words(trip: Away) -> Words:
    """What a trip means for the plan."""
    if trip.planned:
        return words(
            "{days} days; {needed} sessions needed elsewhere, {planned} of them planned here now.",
            days=trip.days,
            needed=trip.needed,
            planned=len(trip.planned),
        )
    return words(
        "{days} days; {needed} sessions needed elsewhere.", days=trip.days, needed=trip.needed
    )


def seat_words(problem: Problem, row: Assignment) -> Words:
    """A session: weekday, shift, station."""
    return words(
        "{day} {shift} {station}",
        day=WEEKDAYS[row.day.isoweekday() - 1],
        shift=_name(problem, row.shift),
        station=row.station,
    )


def _turn(problem: Problem, found: Wished) -> Iterable[Words]:
    for turn in found.full:
        yield words(
            "{day} {shift}",
            day=WEEKDAYS[turn.day.isoweekday() - 1],
            shift=_name(problem, turn.shift),
        )


def _name(problem: Problem, shift: str) -> Label:
    known = problem.shift.get(shift)
    return Label(shift, shift) if known is None else known.name
