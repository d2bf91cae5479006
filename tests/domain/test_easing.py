"""The doctor's rule for a bad day, as a changed center."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.bad_day import DoctorsRule, Shortened
from domain.calendar import Span
from domain.center import Modality
from domain.easing import as_given, eased, shortened, under_rule
from domain.patient import Prescription
from domain.problem import Problem
from tests.scheduler.worlds import MONDAY, people, planned, who, world

WEDNESDAY = MONDAY + timedelta(days=2)


def center() -> Problem:
    """One on four hours, one on five with HDF; shifts have room for four."""
    return world(**people(who("P1"), who("P2", minutes=300, modality=Modality.HDF)))


def test_without_a_word_of_the_doctor_nothing_is_shorter() -> None:
    problem = center()
    found = eased(problem, DoctorsRule(), WEDNESDAY)
    assert found.register.prescriptions == problem.register.prescriptions
    assert found.limit("longest_gap", WEDNESDAY) == 3
    assert found.register.center.partial_weeks
    assert not found.row("every_other_day").enabled


def test_shorter_sessions_hold_from_the_day_on_and_to_the_end_of_the_week() -> None:
    found = eased(center(), DoctorsRule("Dr Zhao", minutes=180), WEDNESDAY)
    minutes = [found.minutes("P2", MONDAY + timedelta(days=n)) for n in range(-1, 9)]
    assert minutes == [300, 300, 300, 180, 180, 180, 180, 180, 300, 300]
    assert found.minutes("P1", WEDNESDAY) == 180


def test_nobody_gets_more_than_prescribed() -> None:
    found = eased(center(), DoctorsRule("Dr Zhao", minutes=270), WEDNESDAY)
    assert (found.minutes("P1", WEDNESDAY), found.minutes("P2", WEDNESDAY)) == (240, 270)


def test_plain_dialysis_and_the_doctors_gap_hold_only_if_said() -> None:
    rule = DoctorsRule("Dr Zhao", line=4, plain=True)
    found = eased(center(), rule, WEDNESDAY)
    kinds = [found.prescription("P2", MONDAY + timedelta(days=n)) for n in (0, 2)]
    assert [one.modality if one else None for one in kinds] == [Modality.HDF, Modality.HD]
    assert found.limit("longest_gap", WEDNESDAY) == 4
    assert found.row("longest_gap").source == "Dr Zhao"
    assert under_rule(center(), rule).minutes("P2", WEDNESDAY) == 300


def test_a_session_is_as_long_as_the_shift_has_room_for_and_never_below_the_rule() -> None:
    problem = center()
    rows = planned(problem, "P1 A1 am Wed", "P2 A2 am Wed").assignments
    rule = DoctorsRule("Dr Zhao", minutes=180)
    turn = rows[0].turn
    assert shortened(problem, rows, rule) == (Shortened("P2", turn, 240, 300),)
    tight = shortened(problem, rows, rule, frozenset({"P1"}))
    assert tight == (Shortened("P1", turn, 180, 240), Shortened("P2", turn, 240, 300))


def test_what_is_given_is_prescribed_for_that_day_alone() -> None:
    problem = center()
    rows = planned(problem, "P2 A2 am Wed Fri").assignments
    rule = DoctorsRule("Dr Zhao", minutes=180)
    found = as_given(problem, rule, rows, shortened(problem, rows, rule))
    mine = found.prescriptions["P2"]
    assert [(one.span.first, one.span.last, one.minutes) for one in mine] == [
        (None, MONDAY + timedelta(days=1), 300),
        (WEDNESDAY, WEDNESDAY, 240),
        (MONDAY + timedelta(days=3), MONDAY + timedelta(days=3), 300),
        (MONDAY + timedelta(days=4), MONDAY + timedelta(days=4), 240),
        (MONDAY + timedelta(days=5), None, 300),
    ]


@given(
    first=st.integers(-10, 8),
    length=st.none() | st.integers(0, 12),
    today=st.integers(0, 6),
    minutes=st.integers(60, 300),
)
def test_prescriptions_taken_apart_say_the_same_on_all_other_days(
    first: int, length: int | None, today: int, minutes: int
) -> None:
    begin = MONDAY + timedelta(days=first)
    end = None if length is None else begin + timedelta(days=length)
    base = who("P1", minutes=240)
    spanned: Prescription = replace(base.prescription, span=Span(begin, end))
    problem = world(patients=(base.patient,), prescriptions=(spanned,))
    found = eased(problem, DoctorsRule("x", minutes=minutes), MONDAY + timedelta(days=today))
    for number in range(-14, 21):
        day = MONDAY + timedelta(days=number)
        before, after = problem.prescription("P1", day), found.prescription("P1", day)
        assert (before is None) == (after is None)
        if before is not None and after is not None:
            inside = today <= number < 7
            assert after.minutes == (min(240, minutes) if inside else 240), number
    assert _apart([one.span for one in found.register.prescriptions])


def _apart(spans: list[Span]) -> bool:
    ends = [(one.first or date.min, one.last or date.max) for one in spans]
    return all(a[1] < b[0] for a, b in pairwise(ends))
