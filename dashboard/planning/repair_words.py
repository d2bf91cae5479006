"""What a repair came to, as rows of tables and sentences. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from domain.calls import sms
from domain.patient import Patient
from domain.plan import Assignment, Change, ChangeKind
from domain.problem import Problem
from domain.terms import CALL_WORDS
from domain.words import Say, Words, words
from scheduler.repair.measures import MEASURE_WORDS, Measure
from scheduler.repair.repaired import Minimum, Repaired

KIND_WORDS: Mapping[ChangeKind, Words] = {
    ChangeKind.ADDED: words("new"),
    ChangeKind.REMOVED: words("without a place"),
    ChangeKind.TURN: words("another time"),
    ChangeKind.STATION: words("another station"),
}

HEADLINES = (Measure.UNPLACED, Measure.PATIENTS, Measure.SESSIONS, Measure.STATIONS)
"""The measures that are shown large."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A measure: the figure, what it counts, and whether nobody can do with less."""

    value: str
    label: Words
    tone: str


@dataclass(frozen=True, slots=True)
class CallRow:
    """Whom to call: when, who, telephone, and the message in the patient's language."""

    when: Words
    patient: str
    name: str
    phone: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A session that is at another place than it was; empty where there is none."""

    patient: str
    name: str
    kind: Words
    before: Words | None
    after: Words | None


def headlines(done: Repaired) -> Iterator[Headline]:
    """The large figures, least to read first."""
    for measure in HEADLINES:
        one = done.of(measure)
        tone = "bad" if measure is Measure.UNPLACED and one.found else ""
        yield Headline(str(one.found), label_of(one), tone)


def label_of(one: Minimum) -> Words:
    """What a figure counts, and what is proven of it."""
    title = MEASURE_WORDS[one.measure]
    if one.proven:
        return words("{what}, proven least", what=title)
    return words("{what}, at least {bound}", what=title, bound=one.bound)


def claim(done: Repaired) -> tuple[Words, str]:
    """What can be said of it in a sentence, and the sentence's tone."""
    if not done.proven:
        return words("The best that was found in time; less may be possible."), "warn"
    if not done.changes:
        return words("Nothing has to change."), "good"
    if done.left_out:
        said = words("Not everybody can be placed. That, and that no fewer are moved, is proven.")
        return said, "bad"
    return words("Everybody has a place. That no fewer can be moved is proven."), "good"


def side_notes(done: Repaired) -> Iterator[Words]:
    """What else somebody must know."""
    for measure in (Measure.UNDERWAY, Measure.OVERDUE):
        one = done.of(measure)
        if one.found:
            yield words("{what}: {count}", what=label_of(one), count=one.found)
    yield from (one.words for one in done.overdue)
    for row in done.broke_off:
        yield words(
            "{patient}, {turn}: broke off too early to count, given again",
            patient=row.patient, turn=done.problem.say(row.turn),
        )  # fmt: skip


def call_rows(done: Repaired, speak: Callable[[str], Say]) -> Iterator[CallRow]:
    """The calls in their order; `speak` gives what says words in a language."""
    people = _people(done.problem)
    for one in done.calls:
        who = people.get(one.patient)
        language = who.language if who is not None else "zh"
        yield CallRow(
            CALL_WORDS[one.urgency],
            one.patient,
            who.name if who is not None else "",
            who.phone if who is not None else "",
            sms(one, speak("en" if language == "en" else "zh")),
        )


def change_rows(done: Repaired) -> Iterator[ChangeRow]:
    """Every change, those of the time first."""
    people = _people(done.problem)
    ordered = sorted(done.changes, key=lambda one: (one.kind is ChangeKind.STATION, _when(one)))
    for one in ordered:
        name = people[one.patient].name if one.patient in people else ""
        before, after = (_seat(done.problem, row) for row in (one.before, one.after))
        yield ChangeRow(one.patient, name, KIND_WORDS[one.kind], before, after)


def left_out_lines(done: Repaired) -> Iterator[Words]:
    """Who goes short, and of what."""
    people = _people(done.problem)
    for one in done.left_out:
        name = people[one.patient].name if one.patient in people else ""
        turns = tuple(done.problem.say(row.turn) for row in one.rows)
        if turns:
            yield words(
                "{name} · {patient}: {count} missing; was {turns}",
                name=name, patient=one.patient, count=one.sessions, turns=turns,
            )  # fmt: skip
        else:
            yield words(
                "{name} · {patient}: {count} missing",
                name=name, patient=one.patient, count=one.sessions,
            )  # fmt: skip


def _people(problem: Problem) -> dict[str, Patient]:
    return {who.code: who for who in problem.register.patients}


def _when(change: Change) -> tuple[str, str]:
    row = change.before or change.after
    return ("", "") if row is None else (row.day.isoformat(), row.patient)


def _seat(problem: Problem, row: Assignment | None) -> Words | None:
    if row is None:
        return None
    return words("{turn}, {station}", turn=problem.say(row.turn), station=row.station)
