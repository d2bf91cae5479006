"""What would close a shortage: with it everybody fits, without it not, and nothing less does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from random import Random

import pytest

from domain.calendar import Turn
from domain.center import Closure, Modality
from domain.patient import Night
from domain.problem import Problem
from domain.remedied import remedied
from domain.remedy import (
    Crew,
    ExtraShift,
    FewerSessions,
    GuestElsewhere,
    MoreMachines,
    MoreNurses,
    OpenNight,
    Remedy,
    RemedyKind,
)
from domain.words import Label
from scheduler.check import check
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from scheduler.remedies.closing import closing
from scheduler.remedies.closing_words import unknown_words
from scheduler.remedies.fit import short_of
from scheduler.remedies.terms import Helpless, Proven, Terms
from tests.scheduler.planning import TO_THE_END
from tests.scheduler.remedies.shortages import (
    LOOKER,
    asked,
    crowded,
    mornings,
    once_a_week,
    only,
    ratio,
    two_zones,
)
from tests.scheduler.tight_worlds import HARD, Oracle, tight_problem
from tests.scheduler.worlds import (
    AFTERNOON,
    CENTER,
    MONDAY,
    MORNING,
    NIGHT,
    last_week,
    nurses,
    on,
    people,
    row,
    stations_named,
    who,
    works,
    world,
)

SUNDAY = MONDAY + timedelta(days=6)
FREE = ("rest_day", "longest_gap", "prescribed_sessions")


def left(problem: Problem, *remedies: Remedy) -> int:
    """Sessions missing at least in any plan with the remedies, by trying them all."""
    return Oracle(remedied(problem, remedies)).least(sessions=True)


# --- kinds --------------------------------------------------------------------------------------


def test_one_machine_is_enough_for_eight_and_proven_to_be_needed() -> None:
    found = only(asked(crowded(5), RemedyKind.MACHINES))
    assert found.remedies == (MoreMachines("A", 1, frozenset({Modality.HD})),)
    assert found.least
    assert check(remedied(crowded(5), found.remedies), found.plan, HARD).legal


def test_machines_come_with_the_nurses_whom_they_need_and_no_more() -> None:
    tight = crowded(6, staffing=nurses("A", am=1, pm=1), rules=(ratio(1),))
    found = only(asked(tight, RemedyKind.MACHINES))
    machines = [one for one in found.remedies if isinstance(one, MoreMachines)]
    extra = [one for one in found.remedies if isinstance(one, MoreNurses)]
    assert [one.count for one in machines] == [1]
    assert [one.nurses for one in extra] == [1]
    assert found.least


def test_where_nurses_are_the_limit_machines_are_told_to_be_no_help() -> None:
    tight = crowded(3, "A1 A2", staffing=nurses("A", am=1, pm=0), rules=(ratio(1),))
    found = asked(tight, RemedyKind.MACHINES, RemedyKind.NURSES)
    assert found.helpless == (Helpless(RemedyKind.MACHINES, ("A",), proven=True),)
    (remedy,) = only(found).remedies
    assert isinstance(remedy, MoreNurses)
    assert (remedy.nurses, len(remedy.days)) == (1, 3)


def test_a_sunday_is_opened_with_no_more_nurses_than_it_needs() -> None:
    weekend = crowded(
        2, "A1", shifts=(replace(MORNING, weekdays=frozenset({1, 3, 4, 6})),),
        rules=(ratio(1), *(row(rule, enabled=False) for rule in FREE)),
    )  # fmt: skip
    found = only(asked(weekend, RemedyKind.EXTRA_SHIFT))
    extra = [one for one in found.remedies if isinstance(one, ExtraShift)]
    turns = [turn for one in extra for turn in one.turns]
    assert len(turns) == 2
    assert SUNDAY not in {turn.day for turn in turns}, "days that are open anyhow come first"
    assert found.least


def test_a_day_on_which_the_whole_center_is_shut_is_not_offered() -> None:
    shut = Closure(on("Sun"), "holiday")
    found = asked(crowded(5, closures=(shut,)), RemedyKind.EXTRA_SHIFT)
    assert found.helpless == (Helpless(RemedyKind.EXTRA_SHIFT, ("A",), proven=True),)


def test_an_evening_is_opened_on_as_few_days_as_will_do() -> None:
    found = only(asked(crowded(5), RemedyKind.NIGHT, evening=Label("Late", "")))
    (remedy,) = found.remedies
    assert isinstance(remedy, OpenNight)
    assert (remedy.shift.code, remedy.shift.name) == ("EVENING", Label("Late", ""))
    assert (remedy.shift.start, remedy.shift.end) == (time(18), time(22, 30))
    assert (remedy.shift.weekdays, remedy.crews) == (frozenset({1, 3, 5}), (Crew("A", 1),))
    assert not remedy.shift.night
    assert found.least


LATE = replace(AFTERNOON, start=time(18), end=time(22, 30))


def test_where_evenings_are_taken_a_night_is_opened_for_those_who_come_at_night() -> None:
    codes = [f"P{number}" for number in range(1, 6)]
    owls = people(*(who(code, night=Night.ACCEPTS) for code in codes))
    found = only(asked(crowded(5, shifts=(MORNING, LATE), **owls), RemedyKind.NIGHT))
    (remedy,) = found.remedies
    assert isinstance(remedy, OpenNight)
    assert (remedy.shift.start, remedy.shift.end) == (time(23, 30), time(8))
    assert remedy.shift.night


def test_nobody_who_never_comes_at_night_is_helped_by_a_night() -> None:
    found = asked(crowded(5, shifts=(MORNING, LATE)), RemedyKind.NIGHT)
    assert found.helpless == (Helpless(RemedyKind.NIGHT, ("A",), proven=True),)


def test_a_center_with_nights_is_offered_its_own_on_further_days() -> None:
    night = replace(NIGHT, weekdays=frozenset({1, 2, 4, 5, 6}))
    owls = people(*(who(f"P{n}", 1, 1, night=Night.ACCEPTS) for n in range(6)))
    tight = world(stations=stations_named("A1"), shifts=(night,), **owls)
    wednesday = Turn(MONDAY + timedelta(days=2), "night")
    found = only(asked(tight, RemedyKind.NIGHT))
    assert found.remedies == (ExtraShift((wednesday,), (Crew("A", 1),)),)


def test_only_the_one_whose_gaps_allow_it_comes_less_often() -> None:
    found = only(asked(mornings(), RemedyKind.FEWER, fewer=("P1", "P2"), fewer_source="Dr. Wang"))
    assert found.remedies == (FewerSessions(("P1",), (), "Dr. Wang"),)
    assert found.least
    days = [row.day.isoweekday() for row in found.plan.by_patient["P1"]]
    assert days == [2, 5], "three days from Saturday, and three days to the next Monday"
    assert left(mornings()) == 1
    assert left(mornings(), *found.remedies) == 0


def test_a_list_that_does_not_help_is_proven_not_to() -> None:
    found = asked(mornings(), RemedyKind.FEWER, fewer=("P2",), fewer_source="Dr. Wang")
    assert found.helpless == (Helpless(RemedyKind.FEWER, ("A",), proven=True),)


def test_where_even_all_of_them_are_not_enough_it_is_proven() -> None:
    everybody = tuple(f"P{n}" for n in range(1, 8))
    found = asked(crowded(7), RemedyKind.FEWER, fewer=everybody, fewer_source="Dr. Wang")
    assert found.helpless == (Helpless(RemedyKind.FEWER, ("A",), proven=True),)


def test_without_a_list_nobody_comes_less_often() -> None:
    assert asked(crowded(5), RemedyKind.FEWER).remedies == ()


def test_as_few_as_can_be_go_elsewhere() -> None:
    found = only(asked(crowded(6), RemedyKind.GUESTS))
    (remedy,) = found.remedies
    assert isinstance(remedy, GuestElsewhere)
    assert len(remedy.patients) == 2
    assert found.least


def test_in_a_center_that_shares_what_is_missing_still_as_few_as_can_be_go_elsewhere() -> None:
    sharing = crowded(
        6, center=replace(CENTER, partial_weeks=True), rules=(row("longest_gap", enabled=False),)
    )
    found = asked(sharing, RemedyKind.GUESTS)
    (shortage,) = found.shortages
    assert len(shortage.missing) == 6
    (remedy,) = only(found).remedies
    assert isinstance(remedy, GuestElsewhere)
    assert len(remedy.patients) == 2


def test_over_two_weeks_nobody_goes_elsewhere_who_need_not() -> None:
    two = replace(crowded(6), weeks=2)
    found = only(asked(two, RemedyKind.GUESTS))
    (remedy,) = found.remedies
    assert isinstance(remedy, GuestElsewhere)
    assert len(remedy.patients) == 2
    assert found.least


# --- the whole ----------------------------------------------------------------------------------


def test_where_everybody_fits_nothing_is_proposed() -> None:
    found = asked(crowded(4))
    assert (found.shortages, found.remedies, found.helpless, found.unsettled) == ((), (), (), ())


def test_the_cheapest_stands_first() -> None:
    costs = [one.cost.minutes for one in asked(crowded(5)).remedies]
    assert len(costs) >= 2
    assert all(first <= then for first, then in pairwise(costs))


def test_zones_that_share_nobody_are_closed_one_by_one() -> None:
    found = asked(two_zones(), RemedyKind.MACHINES)
    assert [one.zones for one in found.shortages] == [("A",), ("B",)]
    assert {one.zones: one.remedies for one in found.remedies} == {
        ("A",): (MoreMachines("A", 1, frozenset({Modality.HD})),),
        ("B",): (MoreMachines("B", 1, frozenset({Modality.HD})),),
    }
    for one in found.remedies:
        changed = remedied(two_zones(), one.remedies)
        assert check(changed, one.plan, HARD).legal
        helped, others = ("N", "P") if one.zones == ("A",) else ("P", "N")
        short = {patient[0] for patient in short_of(changed, one.plan)}
        assert (helped in short, others in short) == (False, True)


def test_somebody_without_any_legal_week_is_left_out_and_named() -> None:
    busy = works("P9", "Mon Tue Wed Thu Fri Sat", MORNING.start, world().register.shifts[1].end)
    tables = people(*(who(f"P{n}") for n in range(1, 6)), who("P9"))
    found = asked(world(stations=stations_named("A1"), work_shifts=(busy,), **tables))
    assert found.aside == ("P9",)
    assert [one.patients for one in found.shortages] == [tuple(f"P{n}" for n in range(1, 6))]
    assert [str(one) for one in unknown_words(world(), found)] == [
        "Left out, for no seat can help them, only other data: P9"
    ]


def test_a_sunday_is_enough_for_one_session_too_many() -> None:
    few = [who(f"N{n}", 1, 1) for n in range(7)]
    found = only(asked(world(**once_a_week(), **people(*few)), RemedyKind.EXTRA_SHIFT))
    assert found.remedies == (ExtraShift((Turn(SUNDAY, "am"),), (Crew("A", 1),)),)
    assert found.least


def test_a_sunday_that_makes_somebody_due_where_it_stays_shut_is_not_offered() -> None:
    few = [who(f"N{n}", 1, 1) for n in range(7)]
    problem = world(
        **once_a_week(),
        **people(*few, who("P9", every_other_day=True)),
        sessions=last_week("P9 B1 am Sat"),
    )
    found = asked(problem, RemedyKind.EXTRA_SHIFT)
    assert found.helpless == (Helpless(RemedyKind.EXTRA_SHIFT, ("A",), proven=False),)
    assert found.remedies == ()


def test_what_has_begun_is_left_alone() -> None:
    tight = crowded(3, "A1 A2", staffing=nurses("A", am=1, pm=0), rules=(ratio(1),))
    found = only(asked(tight, RemedyKind.NURSES, since=datetime(2026, 3, 3, 12)))
    turns = {
        (day.isoweekday(), remedy.shift)
        for remedy in found.remedies
        if isinstance(remedy, MoreNurses)
        for day in remedy.days
    }
    assert turns == {(2, "pm"), (4, "am"), (6, "am")}
    late = asked(tight, RemedyKind.NURSES, since=datetime(2026, 3, 5, 12))
    assert late.helpless == (Helpless(RemedyKind.NURSES, ("A",), proven=True),)


def test_when_nobody_can_tell_in_time_it_says_so() -> None:
    hurry = Effort(seconds=0.0, workers=1)
    unsettled: list[tuple[str, ...]] = []
    for seed in range(40, 80):
        problem = tight_problem(Random(seed), gaps=True)
        unsettled += closing(problem, Terms(kinds=frozenset()), hurry, LOOKER).unsettled
    assert unsettled


def test_who_stops_it_gets_what_is_known_and_no_claims() -> None:
    onlooker = Onlooker(lambda: 0.0)
    terms = Terms(fewer=("P1", "P2"))
    onlooker.stop.interrupt()
    found = closing(crowded(5), terms, TO_THE_END, onlooker)
    assert [one.zones for one in found.shortages] == [("A",)]
    true_all_the_same = {RemedyKind.NURSES, RemedyKind.FEWER}
    assert {one.kind for one in found.helpless if one.proven} <= true_all_the_same
    for one in found.remedies:
        assert check(remedied(crowded(5), one.remedies), one.plan, HARD).legal


@pytest.mark.parametrize("seed", range(12))
def test_every_remedy_closes_and_a_part_less_does_not_by_trying_every_plan(seed: int) -> None:
    problem = tight_problem(Random(seed), gaps=False)
    found = asked(problem, RemedyKind.MACHINES, RemedyKind.NURSES, RemedyKind.GUESTS)
    aside = GuestElsewhere(found.aside)
    for one in found.remedies:
        (shortage,) = [short for short in found.shortages if short.zones == one.zones]
        rest = tuple(
            code for code in problem.patient
            if code not in shortage.patients and code not in found.aside
        )  # fmt: skip
        others = (aside, GuestElsewhere(rest))
        assert left(problem, *others) > 0
        assert left(problem, *others, *one.remedies) == 0
        assert one.least
        for fewer in reduced(one):
            assert left(problem, *others, *fewer) > 0


def reduced(one: Proven) -> list[tuple[Remedy, ...]]:
    """The remedies with a machine, a nurse or a guest less."""
    found: list[tuple[Remedy, ...]] = []
    for number, remedy in enumerate(one.remedies):
        rest = (*one.remedies[:number], *one.remedies[number + 1 :])
        match remedy:
            case MoreMachines(_, count, _) if count > 1:
                found.append((*rest, replace(remedy, count=count - 1)))
            case MoreMachines() | MoreNurses():
                found.append(rest)
            case GuestElsewhere(patients):
                found += [(*rest, GuestElsewhere(tuple(set(patients) - {p}))) for p in patients]
    return found
