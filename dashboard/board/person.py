"""A patient beside the board: sessions of the week, what is prescribed and wished, what the
rules say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from dashboard.board.judged import Line, rule_title
from dashboard.board.opened import Opened
from db.sheets.marks import infection_meaning
from domain.need import wanted_sessions
from domain.patient import Night, Patient, Wish, WishKind
from domain.plan import Assignment, Violation
from domain.problem import Problem
from domain.terms import WEEKDAY_WORDS
from domain.words import Label, Words, words

_NIGHT: Mapping[Night, Words] = {
    Night.NEVER: words("never comes at night"),
    Night.ACCEPTS: words("accepts nights"),
    Night.VOLUNTEERS: words("likes to come at night"),
}
_GAP: Mapping[str, int] = {"monday": 1, "saturday": 6}


@dataclass(frozen=True, slots=True)
class Person:
    """What the panel tells. `missing` are the sessions of the week without a place."""

    code: str
    name: str
    sessions: tuple[tuple[Assignment, Words], ...]
    missing: int
    facts: tuple[tuple[Words, Words], ...]
    wishes: tuple[Words, ...]
    lines: tuple[Line, ...]


def person(opened: Opened, patient: str) -> Person | None:
    """Everything the panel tells of a patient; `None` if nobody has the code."""
    problem = opened.problem
    who = next((one for one in problem.register.patients if one.code == patient), None)
    if who is None:
        return None
    rows = opened.known.by_week.get((patient, opened.monday), ())
    return Person(
        code=patient,
        name=who.name,
        sessions=tuple((row, _session(problem, row)) for row in rows),
        missing=max(0, wanted_sessions(problem, patient, opened.monday) - len(rows)),
        facts=tuple(_facts(problem, who, opened)),
        wishes=tuple(_wish(problem, one) for one in problem.wishes.get(patient, ())),
        lines=tuple(_lines(opened, patient)),
    )


def _session(problem: Problem, row: Assignment) -> Words:
    there = problem.session(row.patient, row.turn)
    return words(
        "{day} {shift}, {start} to {end}, station {station}",
        day=row.day,
        shift=problem.shift[row.shift].name,
        start=there.start.time(),
        end=there.end.time(),
        station=row.station,
    )


def _facts(problem: Problem, who: Patient, opened: Opened) -> Iterator[tuple[Words, Words]]:
    prescription = problem.prescription_of_week(who.code, opened.monday)
    if prescription is None:
        yield words("Prescription"), words("no prescription")
    else:
        yield (
            words("Prescription"),
            words(
                "{count} sessions this week, {minutes} minutes, {modality}, access {access}",
                count=wanted_sessions(problem, who.code, opened.monday),
                minutes=prescription.minutes,
                modality=prescription.modality.value,
                access=who.access.value,
            ),
        )
    status = tuple(
        infection_meaning(one) for one in sorted(problem.infection(who.code, opened.monday))
    )
    yield words("Infection"), words("{status}", status=status)
    yield words("Nights"), _NIGHT[who.night]
    work = tuple(_work(problem, who.code, opened))
    if work:
        yield words("Work"), words("{hours}", hours=work)
    if is_guest(who):
        yield (
            words("Guest"),
            words("{first} to {last}", first=who.span.first or opened.monday,
                  last=who.span.last or opened.monday),
        )  # fmt: skip


def is_guest(who: Patient) -> bool:
    """True if the patient came for a stated time and goes again."""
    return who.span.first is not None and who.span.last is not None


def _work(problem: Problem, patient: str, opened: Opened) -> Iterator[Words]:
    """Working hours of the week, each once with the days on which they begin."""
    days: dict[tuple[object, object], list[int]] = {}
    for offset in range(7):
        day = opened.monday + timedelta(days=offset)
        for work, _ in problem.work_on(patient, day):
            days.setdefault((work.start, work.end), []).append(day.isoweekday())
    for (start, end), weekdays in days.items():
        yield words(
            "{days} {start} to {end}",
            days=tuple(WEEKDAY_WORDS[one] for one in sorted(set(weekdays))),
            start=str(start)[:5],
            end=str(end)[:5],
        )


def _wish(problem: Problem, wish: Wish) -> Words:
    """A wish with how strong it is, 1 to 3."""
    shift: Label | str = wish.value
    if wish.value in problem.shift:
        shift = problem.shift[wish.value].name
    match wish.kind:
        case WishKind.SHIFT:
            return words("would like {shift} ({strength} of 3)", shift=shift,
                         strength=wish.strength)  # fmt: skip
        case WishKind.NOT_SHIFT:
            return words("would not like {shift} ({strength} of 3)", shift=shift,
                         strength=wish.strength)  # fmt: skip
        case WishKind.WEEKDAY:
            return words("would like {day} ({strength} of 3)",
                         day=WEEKDAY_WORDS[int(wish.value)], strength=wish.strength)  # fmt: skip
        case WishKind.NOT_WEEKDAY:
            return words("would not like {day} ({strength} of 3)",
                         day=WEEKDAY_WORDS[int(wish.value)], strength=wish.strength)  # fmt: skip
        case WishKind.LONG_GAP:
            return words("would like the long gap over {day} ({strength} of 3)",
                         day=WEEKDAY_WORDS[_GAP[wish.value]], strength=wish.strength)  # fmt: skip
        case WishKind.COMPANION:
            return words("would like to come with {patient} ({strength} of 3)",
                         patient=wish.value, strength=wish.strength)  # fmt: skip


def _lines(opened: Opened, patient: str) -> Iterator[Line]:
    """What the rules say of the patient's weeks as they are."""
    for kind, told in (("broken", opened.verdict.broken), ("worse", opened.verdict.paid)):
        for one in told:
            if one.patient == patient:
                yield Line(kind, rule_title(one.rule), _costing(one))


def _costing(one: Violation) -> Words:
    if not one.cost:
        return one.words
    return words("{what} (cost {cost})", what=one.words, cost=one.cost)
