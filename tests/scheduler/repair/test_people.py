"""What a repair does for those who are here, on the way, missing, away or new."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from domain.calendar import Span, Turn
from domain.calls import CallUrgency
from domain.patient import Absence
from domain.trouble import (
    NurseMissing,
    PatientAway,
    PatientBack,
    PatientJoins,
    PatientLate,
    PatientMissed,
    ShiftClosed,
    WaterOff,
)
from scheduler.repair.measures import Measure
from tests.scheduler.repair.mending import (
    figures,
    mend,
    moment,
    out,
    proven,
    said,
)
from tests.scheduler.worlds import (
    MONDAY,
    last_week,
    nurses,
    people,
    planned,
    row,
    stations_named,
    who,
    world,
)

WEDNESDAY, FRIDAY, SATURDAY = (MONDAY + timedelta(days=days) for days in (2, 4, 5))


def test_a_session_that_breaks_off_early_goes_on_at_a_free_chair() -> None:
    now = moment("Wed", time(8, 40))
    problem = world(**people(who("P1")))
    plan = planned(problem, "P1 A1 am Mon Wed Fri")
    done = mend(problem, plan, out("A1", now), now=now)
    assert [row.patient for row in done.broke_off] == ["P1"]
    assert "P1 A2 am Wed" in said(done)
    assert figures(done) == {"stations": 2}


def test_a_session_that_breaks_off_late_counts() -> None:
    now = moment("Wed", time(10, 30))
    problem = world(**people(who("P1")))
    plan = planned(problem, "P1 A1 am Mon Wed Fri")
    done = mend(problem, plan, out("A1", now), now=now)
    assert done.broke_off == ()
    assert "P1 A1 am Wed" in said(done)


def test_without_a_free_chair_the_broken_session_is_given_again_the_same_day() -> None:
    now = moment("Wed", time(8, 40))
    problem = world(**people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri")
    done = mend(problem, plan, out("A1", now), now=now)
    assert "P1 A2 pm Wed" in said(done)
    assert figures(done)["underway"] == 1
    assert done.of(Measure.UNDERWAY).proven


def test_who_is_on_the_way_keeps_the_turn_and_somebody_else_moves() -> None:
    now = moment("Wed", time(12, 40))
    far = who("P1", travel_minutes=40)
    problem = world(**people(far, who("P2")))
    plan = planned(problem, "P1 A1 pm Mon Wed Sat", "P2 A2 pm Mon Wed Sat")
    done = mend(problem, plan, out("A1", now), now=now)
    assert "P1 A2 pm Wed" in said(done)
    assert "P2 A2 pm Wed" not in said(done)


def test_a_missed_session_is_made_up_as_soon_as_the_rules_allow() -> None:
    problem = world(**people(who("P1")), sessions=last_week("P1 A1 am Mon Wed Fri"))
    plan = planned(problem, "P1 A1 am Mon Wed Fri")
    missed = PatientMissed("P1", Turn(MONDAY, "am"))
    done = mend(problem, plan, missed, now=moment("Mon", time(12, 45)))
    assert figures(done) == {}
    assert [text for text in said(done) if "pm Mon" in text] == ["P1 A1 pm Mon"]


def test_who_is_overdue_whatever_is_done_is_as_little_overdue_as_can_be() -> None:
    shifts = world().register.shifts[:1]
    problem = world(shifts=shifts, **people(who("P1")), sessions=last_week("P1 A1 am Tue Thu Sat"))
    plan = planned(problem, "P1 A1 am Tue Thu Sat")
    missed = PatientMissed("P1", Turn(MONDAY + timedelta(days=1), "am"))
    done = mend(problem, plan, missed, now=moment("Tue", time(12, 45)))
    assert figures(done).get("overdue", 0) + figures(done).get("unplaced", 0) > 0
    assert proven(done)


def test_a_patient_in_hospital_is_owed_nothing_there() -> None:
    problem = world(**people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 pm Mon Wed Fri", "P2 A2 pm Mon Wed Fri")
    done = mend(problem, plan, PatientAway("P1", WEDNESDAY))
    assert [text for text in said(done) if text.startswith("P1")] == ["P1 A1 pm Mon"]
    assert done.left_out == ()
    assert done.broken == ()
    assert done.calls == ()


def test_a_patient_away_for_a_day_comes_on_another() -> None:
    problem = world(**people(who("P1")))
    plan = planned(problem, "P1 A1 pm Mon Wed Fri")
    done = mend(problem, plan, PatientAway("P1", FRIDAY, FRIDAY))
    assert "P1 A1 pm Sat" in said(done) or "P1 A1 am Sat" in said(done)
    assert figures(done)["sessions"] == 1


def test_who_is_back_gets_the_rest_of_the_week() -> None:
    stay = Absence("P1", Span(MONDAY - timedelta(days=9)), "hospital")
    problem = world(**people(who("P1")), absences=(stay,))
    done = mend(problem, planned(problem), PatientBack("P1", WEDNESDAY))
    assert len(done.plan.assignments) == 2
    assert min(row.day for row in done.plan.assignments) >= WEDNESDAY
    assert done.left_out == ()
    assert figures(done) == {}


def test_who_joins_in_midweek_gets_a_share_and_moves_nobody() -> None:
    late = who("P2")
    problem = world(**people(who("P1"), late))
    plan = planned(problem, "P1 A1 pm Mon Wed Fri")
    done = mend(problem, plan, PatientJoins("P2", WEDNESDAY))
    mine = [text for text in said(done) if text.startswith("P2")]
    assert len(mine) == 2
    assert done.left_out == ()
    assert figures(done) == {}
    assert [call.patient for call in done.calls] == ["P2"]


def test_a_late_patient_keeps_the_turn_if_the_session_still_fits() -> None:
    problem = world(**people(who("P1", minutes=210)))
    plan = planned(problem, "P1 A1 pm Mon Wed Fri")
    turn = Turn(WEDNESDAY, "pm")
    assert mend(problem, plan, PatientLate("P1", turn, 30)).plan == plan
    later = mend(problem, plan, PatientLate("P1", turn, 60))
    assert "P1 A1 pm Wed" not in said(later)


@pytest.mark.parametrize(
    ("day", "urgency"),
    [(WEDNESDAY, CallUrgency.NOW), (FRIDAY, CallUrgency.LATER)],
)
def test_calls_come_in_order_of_urgency(day: date, urgency: CallUrgency) -> None:
    problem = world(**people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 pm Mon Wed Fri", "P2 A2 pm Mon Wed Fri")
    now = moment("Wed", time(11))
    done = mend(problem, plan, ShiftClosed(Turn(day, "pm")), now=now)
    assert {call.urgency for call in done.calls} == {urgency}
    assert list(done.calls) == sorted(done.calls, key=lambda call: call.first)


def test_where_the_water_fails_nobody_goes_on() -> None:
    now = moment("Wed", time(8, 30))
    problem = world(stations=stations_named("A1 A2 A3"), **people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri")
    done = mend(problem, plan, WaterOff(now, moment("Wed", time(12))), now=now)
    assert {row.patient for row in done.broke_off} == {"P1", "P2"}
    assert not any(text.endswith("am Wed") for text in said(done))
    assert done.broken == ()


def test_what_has_begun_is_not_changed_by_what_is_reported_of_it() -> None:
    rules = (row("nurse_ratio", limit=1),)
    problem = world(**people(who("P1"), who("P2")), staffing=nurses("A", am=2, pm=2), rules=rules)
    plan = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri")
    morning = Turn(WEDNESDAY, "am")
    done = mend(problem, plan, NurseMissing("A", morning), ShiftClosed(morning))
    assert done.plan == plan
    assert done.broken == ()


def test_somebody_who_comes_already_cannot_join_or_be_back() -> None:
    problem = world(**people(who("P1")))
    plan = planned(problem, "P1 A1 pm Mon Wed Fri")
    done = mend(problem, plan, PatientJoins("P1", FRIDAY), PatientBack("P1", FRIDAY))
    assert (done.plan, done.troubles) == (plan, ())
