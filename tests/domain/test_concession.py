"""Changes that could make room: each changes what it names and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from domain.calendar import DAY, Span, Turn
from domain.center import Closure, Hold, Infection
from domain.concession import (
    AcceptsNight,
    ComesAnyway,
    DoctorAllows,
    HeldSeatUsed,
    NegativeReports,
    OtherPlace,
    PromiseReleased,
    TurnOpened,
    WorksOtherwise,
    conceded,
    price,
    shuts_by_choice,
    touched,
)
from domain.patient import Absence, Marker, Night
from domain.plan import Lock
from domain.remedy import Crew, ExtraShift, GuestElsewhere, MoreMachines, MoreNurses
from domain.words import words
from tests.scheduler.worlds import (
    MONDAY,
    blood_tests,
    nurses,
    on,
    people,
    stations_named,
    who,
    works,
    world,
    zone,
)

TUESDAY = MONDAY + DAY
PM = Turn(TUESDAY, "pm")


def test_another_place_and_a_doctors_word_change_no_data() -> None:
    problem = world(**people(who("P1")))
    assert conceded(problem, (OtherPlace(), DoctorAllows("P1", "rest_day"))) is problem
    assert conceded(problem, ()) is problem


def test_only_the_promise_that_is_given_up_is_gone() -> None:
    kept, gone = Lock("P1", MONDAY, "am"), Lock("P1", TUESDAY, "am", "A1")
    problem = world(**people(who("P1")), locks=(kept, gone))
    assert conceded(problem, (PromiseReleased(gone),)).register.locks == (kept,)


def test_only_the_patient_who_is_asked_accepts_nights() -> None:
    problem = world(**people(who("P1"), who("P2")))
    after = conceded(problem, (AcceptsNight("P2"),))
    nights = {one.code: one.night for one in after.register.patients}
    assert nights == {"P1": Night.NEVER, "P2": Night.ACCEPTS}


def test_a_day_is_cut_out_of_an_absence_and_of_work() -> None:
    problem = world(
        **people(who("P1")),
        absences=(Absence("P1", on("Mon Wed"), "court"), Absence("P2", on("Tue"), "x")),
        work_shifts=(works("P1", "Mon Tue", time(8), time(12)),),
    )
    after = conceded(problem, (ComesAnyway("P1", TUESDAY), WorksOtherwise("P1", TUESDAY)))
    spans = [one.span for one in after.absences["P1"]]
    assert spans == [Span(MONDAY, MONDAY), Span(MONDAY + 2 * DAY, MONDAY + 2 * DAY)]
    assert after.absences["P2"] == problem.absences["P2"]
    assert after.work_on("P1", MONDAY)
    assert not after.work_on("P1", TUESDAY)
    assert after.work_on("P1", TUESDAY + 7 * DAY)


def test_new_reports_are_of_missing_and_expired_tests_only() -> None:
    drawn = MONDAY - DAY
    valid = blood_tests("P1", date(2026, 2, 1))[0]
    old = blood_tests("P1", date(2025, 1, 1))[1]
    problem = world(zones=(zone("A", Infection.NEGATIVE),), **people(who("P1")),
                    serology=(valid, old))  # fmt: skip
    after = conceded(problem, (NegativeReports("P1", drawn),))
    fresh = [one for one in after.register.serology if one.day == drawn]
    assert [one.marker for one in fresh] == [Marker.ANTI_HCV, Marker.SYPHILIS, Marker.HIV]
    assert not any(one.positive for one in fresh)
    assert problem.infection("P1", MONDAY) == {Infection.UNKNOWN}
    assert after.infection("P1", MONDAY) == {Infection.NEGATIVE}


def test_one_held_seat_less_in_one_turn_and_no_other() -> None:
    for hold in (Hold("A", 1, "spare"), Hold("A", 2, "spare", shift="pm", span=on("Mon Wed"))):
        problem = world(holds=(hold, Hold("A", 1, "guest", span=on("Tue"))))
        after = conceded(problem, (HeldSeatUsed("A", PM),))
        for turn in problem.turns:
            less = problem.held("A", turn) - after.held("A", turn)
            assert less == (1 if turn == PM else 0)


def test_a_turn_closed_by_choice_opens_alone() -> None:
    whole = Closure(on("Mon Wed"), "holiday")
    broken = Closure(on("Tue"), "repair", station="A1")
    problem = world(closures=(whole, broken))
    after = conceded(problem, (TurnOpened(PM),))
    opened = {(turn, code) for turn in problem.turns for code in problem.station
              if after.is_open(code, turn) and not problem.is_open(code, turn)}  # fmt: skip
    assert opened == {(PM, "A2")}
    assert shuts_by_choice(whole, PM)
    assert not shuts_by_choice(broken, PM)
    assert not shuts_by_choice(replace(whole, reason=words("has begun already")), PM)
    assert not shuts_by_choice(replace(whole, shift="am"), PM)


def test_what_all_of_it_weighs_is_in_a_nurses_minutes() -> None:
    problem = world(stations=stations_named("A1"), staffing=nurses("A", am=1, pm=2),
                    **people(who("P1")))  # fmt: skip
    assert price(problem, (OtherPlace(), AcceptsNight("P1"))) == 35
    assert price(problem, (TurnOpened(PM),)) == 2 * 270
    assert price(problem, (MoreNurses("A", "pm", (TUESDAY,), 1),)) == 270
    assert price(problem, (GuestElsewhere(("P1",)),)) == 3 * 480
    assert price(problem, (OtherPlace(),), {OtherPlace: 7}) == 7


def test_whose_weeks_can_change_is_known_or_said_to_be_everybodys() -> None:
    lock = Lock("P3", MONDAY, "am")
    some = (
        OtherPlace(), PromiseReleased(lock), AcceptsNight("P1"), NegativeReports("P2", MONDAY),
        HeldSeatUsed("A", PM), MoreNurses("A", "pm", (TUESDAY,), 1), GuestElsewhere(("P4",)),
    )  # fmt: skip
    assert touched(some) == frozenset({"P1", "P2", "P3", "P4"})
    assert touched((TurnOpened(PM),)) is None
    assert touched((ExtraShift((PM,), (Crew("A", 1),)),)) is None
    assert touched((MoreMachines("A", 1, frozenset()),)) is None
