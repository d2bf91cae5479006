from datetime import date, time
from typing import Any

from domain.calendar import Span
from domain.patient import Absence
from domain.problem import Problem
from scheduler.rules.availability import Availability
from tests.scheduler.worlds import (
    AFTERNOON,
    MORNING,
    NIGHT,
    found,
    on,
    people,
    planned,
    weekdays,
    who,
    world,
)

RULE = Availability()


def with_absence(span: Span, **about: Any) -> Problem:
    absence = Absence("P1", span, "clinic", **about)
    shifts = (MORNING, AFTERNOON, NIGHT)
    return world(shifts=shifts, absences=(absence,), **people(who("P1")))


def test_a_whole_day_away_shuts_all_its_turns_and_no_others() -> None:
    problem = with_absence(on("Tue"))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed")) == []
    assert found(RULE, problem, planned(problem, "P1 A1 pm Tue")) == [
        "P1, 2026-03-03 afternoon: here from 2026-03-03 13:00:00 to 2026-03-03 17:50:00, "
        "away from 2026-03-03 00:00:00 to 2026-03-04 00:00:00 (clinic)"
    ]


def test_hours_clash_with_arrival_and_leaving_too() -> None:
    # The morning session is 08:00 to 12:00: arrival at 07:30, leaving at 12:20.
    touching = with_absence(on("Mon"), start=time(12, 20), end=time(13))
    clashing = with_absence(on("Mon"), start=time(12, 19), end=time(13))
    before = with_absence(on("Mon"), start=time(6), end=time(7, 31))
    for problem, violations in ((touching, 0), (clashing, 1), (before, 1)):
        assert len(found(RULE, problem, planned(problem, "P1 A1 am Mon"))) == violations


def test_a_night_session_reaches_into_the_next_day_s_absence() -> None:
    # 22:00 to 02:00, leaving at 02:20.
    problem = with_absence(on("Wed"))
    assert len(found(RULE, problem, planned(problem, "P1 A1 night Tue"))) == 1
    assert found(RULE, problem, planned(problem, "P1 A1 night Mon")) == []


def test_hours_away_may_cross_midnight_too() -> None:
    problem = with_absence(on("Mon"), start=time(20), end=time(7, 45))
    assert len(found(RULE, problem, planned(problem, "P1 A1 am Tue"))) == 1
    assert found(RULE, problem, planned(problem, "P1 A1 pm Tue")) == []


def test_only_the_named_weekdays_of_the_span_count() -> None:
    problem = with_absence(Span(), weekdays=weekdays("Mon Thu"))
    plan = planned(problem, "P1 A1 am Mon Wed Thu")
    assert [v.turn for v in RULE.check(problem, plan)] == [
        (date(2026, 3, 2), "am"),
        (date(2026, 3, 5), "am"),
    ]


def test_a_patient_is_here_only_within_the_own_span() -> None:
    problem = world(**people(who("P1", span=Span(date(2026, 3, 4)))))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed Fri")) == [
        "P1, 2026-03-02 morning: not with the center on this day"
    ]


def test_an_absence_on_the_leap_day_hits_only_that_day() -> None:
    absence = Absence("P1", Span(date(2028, 2, 29), date(2028, 2, 29)), "clinic")
    problem = world(date(2028, 2, 28), absences=(absence,), **people(who("P1")))
    plan = planned(problem, "P1 A1 am Mon Tue Wed")
    assert [v.turn for v in RULE.check(problem, plan)] == [(date(2028, 2, 29), "am")]
