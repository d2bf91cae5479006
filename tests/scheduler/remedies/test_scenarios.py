"""Scenarios side by side: every figure counted by hand on tiny centers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.calendar import Turn
from domain.center import Modality
from domain.patient import Night, Wish, WishKind
from domain.plan import Status
from domain.remedy import Crew, ExtraShift, MoreMachines, OpenNight
from domain.remedy_price import STANDARD_RATES
from scheduler.planner import Onlooker
from scheduler.remedies.growth import Growing
from scheduler.remedies.parts import late_shifts
from scheduler.remedies.scenario_words import SIDE_ROWS, hours_words
from scheduler.remedies.scenarios import Comparing, Scenario, Side, compare, nurse_minutes
from scheduler.remedies.terms import Terms
from tests.scheduler.planning import TO_THE_END
from tests.scheduler.remedies.shortages import LOOKER, crowded
from tests.scheduler.worlds import MONDAY, NIGHT, people, planned, row, who, world

COMPARING = Comparing(TO_THE_END, STANDARD_RATES)
MACHINE = Scenario("one more", (MoreMachines("A", 1, frozenset({Modality.HD})),))


def cells(side: Side) -> dict[str, str]:
    """What a comparison says of a scenario."""
    return {str(one.title): str(one.cell(side)) for one in SIDE_ROWS}


def test_a_machine_seats_the_fifth_patient() -> None:
    now, then = compare(crowded(5), (Scenario("as it is"), MACHINE), COMPARING, LOOKER)
    assert (now.missing, now.out, now.least, now.fewest) == (3, 1, 3, True)
    assert (then.missing, then.out, then.least, then.fewest) == (0, 0, 0, True)
    assert (now.cost.minutes, then.cost.minutes) == (0, 900)
    assert now.legal
    assert then.proven
    assert now.wanted == then.wanted == 15


def test_nights_are_counted_and_those_of_volunteers_apart() -> None:
    owls = [who("P1", night=Night.VOLUNTEERS), who("P2", night=Night.ACCEPTS)]
    dark = world(shifts=(NIGHT,), **people(*owls))
    (side,) = compare(dark, (Scenario("x"),), COMPARING, LOOKER)
    assert (side.nights, side.forced) == (6, 3)


def test_wishes_are_met_for_those_who_get_all_of_theirs() -> None:
    wishes = (
        Wish("P1", WishKind.SHIFT, "am", 3), Wish("P2", WishKind.SHIFT, "am", 3),
        Wish("P3", WishKind.SHIFT, "am", 1),
    )  # fmt: skip
    problem = crowded(3, wishes=wishes)
    (side,) = compare(problem, (Scenario("x"),), COMPARING, LOOKER)
    assert (side.asking, side.met) == (3, 2)


def test_nurse_hours_are_counted_by_zone_and_turn_at_the_ratio() -> None:
    problem = world(**people(who("P1"), who("P2")), rules=(row("nurse_ratio", limit=1),))
    plan = planned(problem, "P1 A1 am Mon", "P2 A2 am Mon", "P1 A1 pm Wed")
    assert nurse_minutes(problem, plan) == 3 * 270
    assert str(hours_words(3 * 270)) == "13:30"


def test_a_comparison_says_what_is_proven() -> None:
    (side,) = compare(crowded(5), (Scenario("as it is"),), COMPARING, LOOKER)
    assert cells(side) == {
        "Sessions missing": "3, proven",
        "Patients who go short": "1",
        "Nights": "0",
        "of these not volunteered": "0",
        "Patients with all wishes met": "0 of 0",
        "Nurse hours on the floor": "54:00",
        "Cost of the change in nurse hours": "0:00",
        "The plan": "proven best",
    }
    rough = replace(side, fewest=False, run=replace(side.run, status=Status.FEASIBLE))
    assert cells(rough)["Sessions missing"] == "3, at least 3"
    assert cells(rough)["The plan"].startswith("best found in ")


def test_scenarios_grow_each_by_its_own_room() -> None:
    comparing = replace(COMPARING, growing=Growing(1, 8))
    now, then = compare(crowded(2), (Scenario("as it is"), MACHINE), comparing, LOOKER)
    assert now.growth is not None
    assert then.growth is not None
    assert (now.growth.breaks, then.growth.breaks) == (3, 7)


def test_each_is_told_as_soon_as_it_is_there_and_a_stop_leaves_out_the_rest() -> None:
    told: list[str] = []
    onlooker = Onlooker(lambda: 0.0)

    def hear(side: Side) -> None:
        told.append(side.scenario.name)
        onlooker.stop.interrupt()

    found = compare(crowded(2), (Scenario("a"), Scenario("b")), COMPARING, onlooker, hear)
    assert told == ["a"]
    assert [side.scenario.name for side in found] == ["a"]


def test_a_sunday_and_a_night_can_be_compared_too() -> None:
    night = late_shifts(crowded(2), Terms())[-1]
    sunday = ExtraShift((Turn(MONDAY + timedelta(days=6), "am"),), (Crew("A", 1),))
    scenarios = (Scenario("s", (sunday,)), Scenario("n", (OpenNight(night, (Crew("A", 1),)),)))
    assert all(side.legal for side in compare(crowded(2), scenarios, COMPARING, LOOKER))
