"""The marks of a ward's roster: what is written reads back, and what is not understood is said."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.nurse_roster import AwayDay, Duty, NurseRoster
from domain.nurse_terms import NurseDayKind
from domain.roster_marks import Marked, NotAMark, duty_mark, marks, read_mark
from domain.ward import Ward
from tests.scheduler.ward.worlds import EARLY, MONDAY, TREATMENT, day, nurse, ward

THERE: Ward = ward([nurse("N1", "AB", "lead"), nurse("N2", "B")])


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("早", Duty(MONDAY, "N1", "早", "A")),
        ("主早", Duty(MONDAY, "N1", "早", "A", lead=True)),
        ("早B", Duty(MONDAY, "N1", "早", "B")),
        (" 主 早 b ", Duty(MONDAY, "N1", "早", "B", lead=True)),
        ("早(16:00)", Duty(MONDAY, "N1", "早", "A", until=time(16))),
        ("主夜B(20:30)", Duty(MONDAY, "N1", "夜", "B", True, time(20, 30))),
    ],
)
def test_a_duty_is_read_with_lead_zone_and_earlier_end(text: str, duty: Duty) -> None:
    assert read_mark(THERE, "N1", MONDAY, text) == Marked(duty)


def test_the_usual_zone_is_the_centers_first_where_the_nurse_works() -> None:
    found = read_mark(THERE, "N2", MONDAY, "早").duty
    assert found == Duty(MONDAY, "N2", "早", "B")


@pytest.mark.parametrize("text", ["", "休", "休3", "-", "OFF"])
def test_a_day_off_is_nothing(text: str) -> None:
    assert read_mark(THERE, "N1", MONDAY, text) == Marked()


@pytest.mark.parametrize(
    ("text", "kind"),
    [("△", NurseDayKind.LEAVE), ("学", NurseDayKind.TRAINING), ("病假", NurseDayKind.ILL)],
)
def test_a_day_away_is_read_with_its_reason(text: str, kind: NurseDayKind) -> None:
    assert read_mark(THERE, "N1", MONDAY, text) == Marked(away=kind)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("夕", "is none of 早, 中, 夜"),
        ("早X", "behind 早 stands no zone; zones are A, B"),
        ("早(25:00)", "names no time of day"),
        ("主", "is none of"),
    ],
)
def test_what_is_not_understood_is_said(text: str, why: str) -> None:
    with pytest.raises(NotAMark, match=why):
        read_mark(THERE, "N1", MONDAY, text)


def test_a_duty_away_from_patients_has_no_zone() -> None:
    there = ward([nurse("N1")], duty_kinds=(TREATMENT,))
    assert read_mark(there, "N1", MONDAY, "治").duty == Duty(MONDAY, "N1", "治")
    with pytest.raises(NotAMark, match="stands no zone"):
        read_mark(there, "N1", MONDAY, "治A")


def test_the_longest_mark_counts_where_one_begins_with_another() -> None:
    kinds = (
        TREATMENT,
        type(TREATMENT)("治2", TREATMENT.name, frozenset({EARLY.code}), time(8), time(12)),
    )
    there = ward([nurse("N1")], duty_kinds=kinds)
    found = read_mark(there, "N1", MONDAY, "治2").duty
    assert found is not None
    assert found.kind == "治2"


def test_days_off_are_numbered_through() -> None:
    away = [AwayDay(day(1), "N1", NurseDayKind.LEAVE)]
    made = NurseRoster.of(MONDAY, 1, [Duty(day(0), "N1", "早", "B")], away)
    assert marks(THERE, made, "N1") == ("早B", "△", "休1", "休2", "休3", "休4", "休5")


@given(
    kind=st.sampled_from("早中夜"), zone=st.sampled_from("AB"), lead=st.booleans(),
    until=st.none() | st.times().map(lambda one: one.replace(second=0, microsecond=0)),
)  # fmt: skip
def test_every_duty_reads_back(kind: str, zone: str, lead: bool, until: time | None) -> None:
    duty = Duty(MONDAY, "N1", kind, zone, lead, until)
    assert read_mark(THERE, "N1", MONDAY, duty_mark(THERE, duty)).duty == duty
