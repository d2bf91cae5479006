"""What a patient may know: the own coming sessions, whether they changed, what was asked.

Only plans in force are told: a draft is nobody's appointment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.cues import load_cues
from db.load import load_register
from db.patient_words import list_requests, newest_answers
from db.plans import PlanState, PlanVersion, list_plans, patient_sessions
from domain.calendar import Interval, Turn
from domain.center import Center
from domain.choreography import UNSTAGGERED, Choreography
from domain.patient import Patient
from domain.patient_word import PatientAnswer, PatientRequest
from domain.plan import Assignment
from domain.problem import Problem
from domain.register import Register

WEEKS = 4
"""This week and the next ones, as far as they are in force."""


class News(StrEnum):
    """How a session differs from the plan that was in force before."""

    NONE = "none"
    CHANGED = "changed"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class Visit:
    """A session as its patient needs it: `here` is from coming to leaving, in local time."""

    turn: Turn
    here: Interval
    station: str
    room: str
    news: News
    answer: PatientAnswer | None


@dataclass(frozen=True, slots=True)
class Week:
    """The patient's sessions of one plan in force, and of the one it replaced, if any, with the
    times of each."""

    version: PlanVersion
    sessions: tuple[Assignment, ...]
    before: tuple[Assignment, ...] | None
    times: Choreography = UNSTAGGERED
    times_before: Choreography = UNSTAGGERED

    def problem(self, register: Register) -> Problem:
        """The center in the plan's weeks; withdrawn sessions begin as they would have."""
        both = {**self.times_before.by_session, **self.times.by_session}
        times = Choreography.of(both.values())
        return Problem(register, self.version.first_day, self.version.weeks, times)

    def moved(self, row: Assignment) -> bool:
        """True if the patient was told another time for this session, or none."""
        before = {(one.patient, one.turn) for one in self.before or ()}
        key = (row.patient, row.turn)
        return key not in before or self.times.delay(*key) != self.times_before.delay(*key)


@dataclass(frozen=True)
class Own:
    """Everything that the page shows of one patient."""

    register: Register
    patient: Patient
    weeks: tuple[Week, ...]
    visits: tuple[Visit, ...]
    requests: tuple[PatientRequest, ...]

    @property
    def center(self) -> Center:
        """The patient's."""
        return self.register.center


def load_own(session: Session, center: str, code: str, now: datetime) -> Own | None:
    """What there is of a patient from now on; missing if nobody of that code is there."""
    register = load_register(session, center)
    patient = next((one for one in register.patients if one.code == code), None)
    if patient is None:
        return None
    local = now.astimezone(ZoneInfo(register.center.timezone)).replace(tzinfo=None)
    first = local.date() - timedelta(days=1)  # last night's is not over yet
    last = first + timedelta(weeks=WEEKS)
    versions = list_plans(session, center)
    weeks = tuple(_weeks(session, versions, code, first, last))
    answers = newest_answers(session, center, first, last, code)
    visits = tuple(_visits(register, weeks, answers, local))
    return Own(register, patient, weeks, visits, list_requests(session, center, code))


def _weeks(
    session: Session, versions: Iterable[PlanVersion], code: str, first: date, last: date
) -> Iterator[Week]:
    published: dict[date, list[PlanVersion]] = {}
    for version in versions:
        if version.published is not None:
            published.setdefault(version.first_day, []).append(version)
    for monday, found in sorted(published.items()):
        found.sort(key=lambda one: one.published.sequence if one.published else 0)
        version = found[-1]
        if version.state is not PlanState.PUBLISHED or monday > last:
            continue
        if monday + timedelta(weeks=version.weeks) <= first:
            continue
        before = found[-2] if len(found) > 1 else None
        yield Week(
            version,
            patient_sessions(session, version, code),
            None if before is None else patient_sessions(session, before, code),
            _times(session, version, code),
            _times(session, before, code),
        )


def _times(session: Session, version: PlanVersion | None, code: str) -> Choreography:
    if version is None:
        return UNSTAGGERED
    return load_cues(session, (version.center, version.first_day), version.number, code)


def _visits(
    register: Register,
    weeks: Iterable[Week],
    answers: Mapping[tuple[str, Turn], PatientAnswer],
    now: datetime,
) -> Iterator[Visit]:
    rooms = {station.code: station.room for station in register.stations}
    shifts = {shift.code for shift in register.shifts}
    for week in weeks:
        problem = week.problem(register)
        for row, news in _told(week):
            if row.shift not in shifts:
                continue  # a plan older than the center's shifts: nothing true can be said of it
            here = problem.presence(row.patient, row.turn)
            if here.end > now:
                answer = answers.get((row.patient, row.turn))
                yield Visit(row.turn, here, row.station, rooms.get(row.station, ""), news, answer)


def _told(week: Week) -> list[tuple[Assignment, News]]:
    """Sessions by date; those of the plan before that have no successor are told as canceled."""
    now = {row.turn for row in week.sessions}
    told = [
        (row, News.CHANGED if week.before is not None and week.moved(row) else News.NONE)
        for row in week.sessions
    ]
    told += [(row, News.CANCELED) for row in week.before or () if row.turn not in now]
    return sorted(told)
