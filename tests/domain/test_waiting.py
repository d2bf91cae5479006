"""How long people wait, and in which order they come on a bad day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from domain.bad_day import Condition, Flag, Wait
from domain.patient import Absence, Priority
from domain.waiting import last_sessions, ranked, waiting, waits
from tests.scheduler.worlds import MONDAY, last_week, on, people, planned, who, world

SATURDAY = MONDAY - timedelta(days=2)


def day(number: int) -> date:
    """The days of the week from Monday, 0."""
    return MONDAY + timedelta(days=number)


def test_a_wait_runs_from_the_last_session_that_took_place_to_the_next() -> None:
    problem = world(**people(who("P1")), sessions=last_week("P1 A1 am Mon Wed Fri"))
    counted = waiting(problem, ())
    plan = planned(problem, "P1 A1 am Tue Thu Sat")
    assert waits(counted, plan) == (Wait("P1", day(-3), day(1), 4, 3),)


def test_who_does_not_come_waits_into_the_week_after() -> None:
    problem = world(**people(who("P1")), sessions=last_week("P1 A1 am Sat"))
    assert waiting(problem, ()).longest("P1", ()) == Wait("P1", SATURDAY, day(7), 9, 3)


def test_a_session_that_has_begun_ends_no_wait_but_begins_one() -> None:
    problem = world(**people(who("P1")), sessions=last_week("P1 A1 am Mon"))
    plan = planned(problem, "P1 A1 am Wed Fri")
    counted = waiting(problem, plan.assignments[:1])
    assert waits(counted, plan) == (Wait("P1", day(4), day(7), 3, 3),)


def test_without_a_known_session_the_next_one_is_due_at_once() -> None:
    problem = world(**people(who("P1"), who("P2", odd=2, even=2)))
    counted = waiting(problem, ())
    assert counted.longest("P1", [day(0), day(3), day(5)]) == Wait("P1", day(0), day(3), 3, 3)
    assert counted.longest("P1", [day(1), day(3), day(5)]) == Wait("P1", None, day(1), 4, 3)
    assert counted.longest("P2", [day(0), day(3)]) == Wait("P2", day(3), day(7), 4, 4)


def test_who_comes_seldom_has_the_gap_that_this_makes() -> None:
    problem = world(**people(who("P1", odd=2, even=2), who("P2", odd=1, even=1)))
    assert waiting(problem, ()).lines == {"P1": 4, "P2": 7}
    assert waiting(problem, (), 5).lines == {"P1": 5, "P2": 7}


def test_days_elsewhere_are_not_waited_here() -> None:
    away = Absence("P1", on("Mon Thu"), "hospital")
    problem = world(
        **people(who("P1")), absences=(away,), sessions=last_week("P1 A1 am Mon Wed Fri")
    )
    found = waiting(problem, ()).longest("P1", [day(4)])
    assert found == Wait("P1", day(4), day(7), 3, 3)


def test_who_wants_no_session_does_not_wait() -> None:
    problem = world(**people(who("P1", odd=0, even=0)))
    assert waiting(problem, ()).lines == {}
    assert waiting(problem, ()).longest("P1", ()) is None


def test_the_last_session_may_be_older_than_a_week() -> None:
    problem = world(**people(who("P1")), sessions=last_week("P1 A1 am Tue", monday=day(-7)))
    assert last_sessions(problem, ()) == {"P1": day(-13)}


# --- the order ----------------------------------------------------------------------------------


def ranks(*conditions: Condition, **about: Any) -> list[str]:
    """Codes in order, on Tuesday, of four who came last on other days."""
    problem = world(
        **people(who("P1"), who("P2"), who("P3"), who("P4")),
        sessions=last_week("P1 A1 am Fri", "P2 A1 am Sat", "P3 A2 am Sat"),
        **about,
    )
    found = ranked(waiting(problem, ()), conditions, day(1))
    assert [one.place for one in found] == [1, 2, 3, 4]
    return [one.patient for one in found]


def test_an_unknown_last_session_comes_first_then_the_longest_ago() -> None:
    assert ranks() == ["P4", "P1", "P2", "P3"]


def test_the_flag_goes_before_the_days() -> None:
    first = Condition("P3", flag=Flag.FIRST)
    later = Condition("P4", flag=Flag.CAN_WAIT)
    assert ranks(first, later) == ["P3", "P1", "P2", "P4"]


def test_of_equal_days_more_weight_goes_first_and_no_weight_counts_as_a_warning() -> None:
    light = Condition("P2", Decimal("2.0"), Decimal(60))
    assert ranks(light) == ["P4", "P1", "P3", "P2"]
    heavy = Condition("P3", Decimal("3.6"), Decimal(60))
    assert ranks(light, heavy) == ["P4", "P1", "P3", "P2"]
    assert ranks(Condition("P3", Decimal("2.9"), Decimal(60))) == ["P4", "P1", "P2", "P3"]


def test_gain_is_a_share_of_the_dry_weight_and_never_guessed() -> None:
    assert Condition("P", Decimal("2.5"), Decimal(62)).gain_percent == Decimal("4.0")
    assert Condition("P", Decimal("2.5"), None).gain_percent is None
    assert Condition("P", None, Decimal(62)).gain_percent is None


def test_an_urgent_patient_of_the_register_comes_first_unless_the_doctor_says_otherwise() -> None:
    problem = world(**people(who("P1"), who("P2", priority=Priority.URGENT)))
    counted = waiting(problem, ())
    assert [one.flag for one in ranked(counted, (), day(0))] == [Flag.FIRST, Flag.USUAL]
    told = (Condition("P2", flag=Flag.CAN_WAIT),)
    assert [one.patient for one in ranked(counted, told, day(0))] == ["P1", "P2"]
