"""`clearshift what-if`: scenarios side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clearshift.cli.refusal import Refusal
from clearshift.cli.scenario_text import FORMS, scenarios_of
from domain.calendar import Turn
from domain.center import Modality
from domain.remedy import (
    Crew,
    ExtraShift,
    FewerSessions,
    GuestElsewhere,
    MoreMachines,
    MoreNurses,
    OpenNight,
    Remedy,
)
from domain.words import Label
from scheduler.remedies.terms import Terms
from tests.clearshift.cli.calling import Ask
from tests.scheduler.worlds import (
    MONDAY,
    NIGHT,
    nurses,
    people,
    row,
    stations_named,
    who,
    world,
    zone,
)

SUNDAY = MONDAY + timedelta(days=6)
PROBLEM = world(
    zones=(zone("A"), zone("B")),
    stations=stations_named("A1 A2 B1"),
    rules=(row("nurse_ratio", limit=1),),
    staffing=nurses("A", am=2),
    **people(who("P1"), who("P2"), who("P3")),
)
TERMS = Terms(evening=Label("Evening", ""), night=Label("Night", ""))
BOTH = (Crew("A", 2), Crew("B", 1))


def remedy(text: str) -> Remedy:
    """The one change of a scenario."""
    (scenario,) = scenarios_of([f"x={text}"], PROBLEM, TERMS)
    (found,) = scenario.remedies
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sunday:am", ExtraShift((Turn(SUNDAY, "am"),), BOTH)),
        ("sunday:AM:b=1", ExtraShift((Turn(SUNDAY, "am"),), (Crew("B", 1),))),
        ("extra:2026-03-08:pm:A=1", ExtraShift((Turn(SUNDAY, "pm"),), (Crew("A", 1),))),
        ("machines:A:2:hd", MoreMachines("A", 2, frozenset({Modality.HD}))),
        ("machines:B:1", MoreMachines("B", 1, frozenset(Modality))),
        ("nurses:A:am:mon,TUE:1",
         MoreNurses("A", "am", (MONDAY, MONDAY + timedelta(days=1)), 1)),
        ("guests:P1,p3", GuestElsewhere(("P1", "P3"))),
    ],
)  # fmt: skip
def test_a_change_is_read_as_it_is_typed(text: str, expected: Remedy) -> None:
    assert remedy(text) == expected


def test_evenings_and_nights_are_those_that_fit() -> None:
    evening, night = remedy("evening:mon,wed,fri:A=1"), remedy("night")
    assert isinstance(evening, OpenNight)
    assert evening.shift.name == Label("Evening", "")
    assert evening.shift.weekdays == frozenset({1, 3, 5})
    assert evening.crews == (Crew("A", 1),)
    assert isinstance(night, OpenNight)
    assert (night.shift.night, night.crews) == (True, BOTH)


def test_the_doctor_s_list_is_halved_so_that_both_weeks_are_relieved(tmp_path: Path) -> None:
    file = tmp_path / "five.csv"
    file.write_text("patient\nP1\nP2\nP3\n", encoding="utf-8")
    assert remedy(f"five:{file}") == FewerSessions(("P1", "P3"), ("P2",), str(file))


def test_a_scenario_has_a_name_or_is_called_as_it_is_typed() -> None:
    named, plain, crew = scenarios_of(
        ["two = guests:P1 + machines:A:1", "guests:P1", "sunday:am:A=1"], PROBLEM, TERMS
    )
    assert (named.name, len(named.remedies)) == ("two", 2)
    assert (plain.name, crew.name) == ("guests:P1", "sunday:am:A=1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("foo:1", f"foo is not one of {', '.join(FORMS)}"),
        ("machines:Q:1", "Q is not a zone"),
        ("machines:A:0", "0 is not a number from 1 to 999"),
        ("machines:A:1:XY", "XY is not one of HD, HDF, HF, HP"),
        ("machines:A", f"A is not one of {', '.join(FORMS)}"),
        ("nurses:A:noon:mon:1", "noon is not a shift"),
        ("nurses:A:am:monday:1", "monday is not weekdays such as mon,wed,fri"),
        ("extra:2026-04-01:am", "2026-04-01 is not a date in these weeks"),
        ("guests:P9", "P9 is not a patient"),
        ("sunday:am:A", "empty is not a number from 1 to 999"),
        ("", f"empty is not one of {', '.join(FORMS)}"),
    ],
)
def test_a_change_that_means_nothing_is_refused(text: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        remedy(text)
    assert [str(reason) for reason in refused.value.reasons] == [f"--scenario: {text}: {said}"]


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        scenarios_of(["a=foo:1 + bar:2", "baz"], PROBLEM, TERMS)
    assert len(refused.value.reasons) == 3


def test_a_center_with_a_night_shift_is_not_given_another() -> None:
    register = replace(PROBLEM.register, shifts=(*PROBLEM.register.shifts, NIGHT))
    with pytest.raises(Refusal, match="there is a night shift, or no time for one"):
        scenarios_of(["night"], replace(PROBLEM, register=register), TERMS)


# --- the command --------------------------------------------------------------------------------


@pytest.mark.usefixtures("center")
def test_the_week_as_it_is_stands_beside_the_scenarios(ask: Ask) -> None:
    answer = ask("what-if", "--from", "center", "--scenario", "one = machines:A:1")
    assert "As it is: 0 of 72 sessions missing, 0 nights" in answer.lines
    titles = next(line for line in answer.lines if line.lstrip().startswith("what "))
    assert titles.split() == ["what", "As", "it", "is", "one"]
    rows = {line[2:34].strip(): line[34:].split() for line in answer.lines}
    assert rows["Sessions missing"] == ["0,", "proven", "0,", "proven"]
    assert rows["Cost of the change in nurse hour"[:32]][-1] == "15:00"
    assert "  - One more machine in General zone for HD, HDF, HF, HP" in answer.lines


@pytest.mark.usefixtures("center")
def test_growth_says_in_which_month_each_breaks(ask: Ask) -> None:
    data = ask(
        "what-if", "--from", "center", "--scenario", "one = machines:A:1", "--grow", "1",
        "--months", "9", "--json",
    ).data  # fmt: skip
    now, then = data["scenarios"]
    assert (now["growth"]["breaks"], now["growth"]["proven"]) == (1, True)
    assert then["growth"]["breaks"] > 1
    assert now["growth"]["growing"] == {"per_month": 1, "months": 9, "seed": 1}
    shown = ask("what-if", "--from", "center", "--grow", "1", "--months", "2")
    assert "As it is: 1 new patients a month: somebody goes short from month 1 on" in shown.out


@pytest.mark.usefixtures("center")
def test_more_than_five_are_not_compared(ask: Ask) -> None:
    five = [word for _ in range(5) for word in ("--scenario", "guests:P001")]
    answer = ask("what-if", "--from", "center", *five, code=2)
    assert answer.err == "--scenario: at most 4 beside the week as it is\n"


def test_a_plan_that_cannot_keep_every_promise_is_told(center: Path, ask: Ask) -> None:
    with (center / "center" / "locks.csv").open("a", encoding="utf-8") as file:
        file.write("P001,2026-03-02,AM,A01\r\nP002,2026-03-02,AM,A01\r\n")
    answer = ask("what-if", "--from", "center")
    assert "! As it is: the plan breaks hard rules" in answer.lines
