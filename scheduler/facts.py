"""What a rule makes of one patient's data, in words: the facts that can clash.

One function for each rule that can take turns or days from a patient. A rule without one is
still named by its title.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, time

from domain.calendar import DAY, Span, days_from
from domain.need import wanted_sessions
from domain.patient import Absence, WorkShift
from domain.plan import Lock
from domain.problem import Problem
from domain.shortage import Fact
from domain.terms import WEEKDAY_WORDS
from domain.words import Words, words
from scheduler import place_facts
from scheduler.places import spread
from scheduler.rules.longest_gap import longest
from scheduler.rules.rule import Rule

_Say = Callable[[Problem, str, date], Words]


def fact(problem: Problem, rule: Rule, patient: str, monday: date) -> Fact:
    """The rule's fact for a patient's week."""
    say = _FACTS.get(rule.name)
    said = say(problem, patient, monday) if say else rule.title
    return Fact(rule.name, rule.title, said, problem.row(rule.name, monday).source)


def promise(problem: Problem, rule: Rule, lock: Lock) -> Fact:
    """The fact that a session was promised."""
    return Fact(rule.name, rule.title, _promised(problem, lock), problem.row(rule.name).source)


def _promised(problem: Problem, lock: Lock) -> Words:
    turn = problem.say(lock.turn)
    if lock.turn not in problem.turns:
        return words("promised {turn}, when the shift does not run", turn=turn)
    if lock.station:
        return words("promised {turn} at station {station}", turn=turn, station=lock.station)
    return words("promised {turn}", turn=turn)


# --- how many and how far apart ---------------------------------------------------------------


def _prescribed(problem: Problem, patient: str, monday: date) -> Words:
    return words("{wanted} sessions a week", wanted=wanted_sessions(problem, patient, monday))


def _one_a_day(problem: Problem, patient: str, monday: date) -> Words:
    del problem, patient, monday
    return words("at most one session a day")


def _rest(problem: Problem, patient: str, monday: date) -> Words:
    last = _last_session(problem, patient, monday)
    if last is None:
        return words("a day of rest after every session")
    return words("a day of rest after every session, the last one was on {day}", day=last)


def _gap(problem: Problem, patient: str, monday: date) -> Words:
    limit = longest(problem, patient, monday)
    last = _last_session(problem, patient, monday)
    if last is None:
        return words("at most {limit} days from session to session", limit=limit)
    # Who is overdue already has the limit once more, counted from the eve of the horizon.
    eve = problem.first_day - DAY
    due = (last if (eve - last).days < limit else eve) + limit * DAY
    return words(
        "at most {limit} days from session to session: the last one was on {day}, the next is "
        "due by {due}",
        limit=limit,
        day=last,
        due=due,
    )


def _every_other_day(problem: Problem, patient: str, monday: date) -> Words:
    last = _last_session(problem, patient, monday)
    if last is None:
        return words("a session every other day")
    return words("a session every other day, the last one was on {day}", day=last)


def _last_session(problem: Problem, patient: str, monday: date) -> date | None:
    history = problem.history.get(patient)
    return history[-1].day if history and monday == problem.first_day else None


# --- the patient's own time -------------------------------------------------------------------


def _fits(problem: Problem, patient: str, monday: date) -> Words:
    rooms = tuple(
        words(
            "{shift} {minutes}",
            shift=shift.name,
            minutes=shift.interval(monday).minutes - shift.turnover_minutes,
        )
        for shift in problem.shift.values()
    )
    minutes = problem.minutes(patient, monday)
    return words("sessions of {minutes} minutes; room: {rooms}", minutes=minutes, rooms=rooms)


def _available(problem: Problem, patient: str, monday: date) -> Words:
    span = problem.patient[patient].span
    away = tuple(_absences(problem.absences.get(patient, ()), monday))
    if all(day in span for day in days_from(monday, 7)):
        return words("away: {times}", times=away)
    if away:
        return words("with the center {span}, away: {times}", span=_span(span), times=away)
    return words("with the center {span}", span=_span(span))


def _absences(absences: Iterable[Absence], monday: date) -> Iterator[Words]:
    for absence in absences:
        days = tuple(day for day in days_from(monday, 7) if absence.interval(day) is not None)
        if not days:
            continue
        if absence.start is None and absence.end is None:
            yield words("{days} ({reason})", days=spread(days), reason=absence.reason)
        else:
            yield words(
                "{days} {start} to {end} ({reason})",
                days=spread(days),
                start=absence.start or time.min,
                end=absence.end or "24:00",
                reason=absence.reason,
            )


def _span(span: Span) -> Words:
    if span.first and span.last:
        return words("from {first} to {last}", first=span.first, last=span.last)
    if span.first:
        return words("from {first}", first=span.first)
    return words("until {last}", last=span.last or date.max)


def _overlap(problem: Problem, patient: str, monday: date) -> Words:
    way = max(work.transfer_minutes for work in problem.work_shifts[patient])
    return words(
        "works {hours}, {minutes} minutes to get there", hours=_work(problem, patient, monday),
        minutes=way,
    )  # fmt: skip


def _recovery(problem: Problem, patient: str, monday: date) -> Words:
    return words(
        "works {hours}, {minutes} minutes to recover before that",
        hours=_work(problem, patient, monday),
        minutes=problem.patient[patient].recovery_minutes,
    )


def _night_rest(problem: Problem, patient: str, monday: date) -> Words:
    return words(
        "works {hours}, {minutes} minutes of rest between a late session and work",
        hours=_work(problem, patient, monday),
        minutes=problem.limit("night_rest", monday),
    )


def _load(problem: Problem, patient: str, monday: date) -> Words:
    limit = problem.limit("daily_load", monday)
    session = problem.minutes(patient, monday)
    way = 2 * problem.patient[patient].travel_minutes
    hours = _work(problem, patient, monday)
    if not hours:
        return words(
            "at most {limit} minutes of dialysis, travel and work a day: sessions of {session}, "
            "travel {way}",
            limit=limit,
            session=session,
            way=way,
        )
    return words(
        "at most {limit} minutes of dialysis, travel and work a day: sessions of {session}, "
        "travel {way}, works {hours}",
        limit=limit,
        session=session,
        way=way,
        hours=hours,
    )


def _work(problem: Problem, patient: str, monday: date) -> tuple[Words, ...]:
    return tuple(_hours(problem, problem.work_shifts.get(patient, ()), monday))


def _hours(problem: Problem, works: Iterable[WorkShift], monday: date) -> Iterator[Words]:
    """Working hours that can meet a session of the week: from the day before it on."""
    near = tuple(days_from(monday - DAY, 10))
    for work in works:
        days = [day for day in near if work.interval(day, problem.parity(day)) is not None]
        named = tuple(WEEKDAY_WORDS[n] for n in sorted({day.isoweekday() for day in days}))
        if named:
            yield words("{days} {start} to {end}", days=named, start=work.start, end=work.end)


def _never_at_night(problem: Problem, patient: str, monday: date) -> Words:
    del problem, patient, monday
    return words("never at night")


_FACTS: Mapping[str, _Say] = {
    "prescribed_sessions": _prescribed,
    "one_a_day": _one_a_day,
    "rest_day": _rest,
    "longest_gap": _gap,
    "every_other_day": _every_other_day,
    "fits_shift": _fits,
    "availability": _available,
    "work_overlap": _overlap,
    "work_recovery": _recovery,
    "night_rest": _night_rest,
    "daily_load": _load,
    "night_eligible": _never_at_night,
    "zone_serology": place_facts.serology,
    "one_zone": place_facts.one_zone,
    "cleared_last_shift": place_facts.last_shift,
    "modality": place_facts.modality,
    "open_station": place_facts.opening,
}
