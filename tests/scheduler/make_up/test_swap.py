"""Two who want to swap get a verdict with reasons, on the week as it would be."""

from __future__ import annotations

from datetime import datetime, time

from domain.calendar import DAY
from domain.center import Modality
from domain.draft import moved
from scheduler.check import check
from scheduler.make_up.swap import swap
from tests.scheduler.worlds import (
    MONDAY,
    last_week,
    machine,
    people,
    planned,
    stations_named,
    who,
    works,
    world,
)

SUNDAY = datetime(2026, 3, 1, 12)
TWO = ("P1 A1 am Mon Wed Fri", "P2 A2 pm Mon Wed Fri")


def test_two_whose_weeks_fit_each_other_may_swap() -> None:
    problem = world(**people(who("P1"), who("P2")), sessions=last_week(*TWO))
    plan = planned(problem, *TWO)
    found = swap(problem, plan, "P1", "P2", SUNDAY)
    assert found is not None
    assert found.judged.legal
    assert moved(plan, found.moves) == planned(
        problem, "P1 A2 pm Mon Wed Fri", "P2 A1 am Mon Wed Fri"
    )


def test_work_forbids_it_and_the_rule_says_so() -> None:
    job = works("P1", "Mon Wed Fri", time(13), time(18))
    problem = world(**people(who("P1"), who("P2")), work_shifts=(job,), sessions=last_week(*TWO))
    found = swap(problem, planned(problem, *TWO), "P1", "P2", SUNDAY)
    assert found is not None
    assert {one.rule for one in found.judged.broken} >= {"work_overlap"}
    assert {one.patient for one in found.judged.broken} == {"P1"}


def test_a_machine_that_cannot_do_it_is_got_round_by_another_free_one() -> None:
    problem = world(
        **people(who("P1", modality=Modality.HDF), who("P2")),
        stations=stations_named("A1 A2 A3"),
        machines=(machine("A1", Modality.HD, Modality.HDF), machine("A2"),
                  machine("A3", Modality.HD, Modality.HDF)),
        sessions=last_week(*TWO),
    )  # fmt: skip
    plan = planned(problem, *TWO)
    found = swap(problem, plan, "P1", "P2", SUNDAY)
    assert found is not None
    assert found.judged.legal
    after = moved(plan, found.moves)
    assert {row.station for row in after.by_patient["P1"]} <= {"A1", "A3"}
    assert check(problem, after).legal


def test_where_no_machine_can_do_it_the_rule_says_so() -> None:
    problem = world(
        **people(who("P1", modality=Modality.HDF), who("P2"), who("P3")),
        machines=(machine("A1", Modality.HD, Modality.HDF), machine("A2")),
        sessions=last_week(*TWO, "P3 A1 pm Mon Wed Fri"),
    )
    plan = planned(problem, *TWO, "P3 A1 pm Mon Wed Fri")
    found = swap(problem, plan, "P1", "P2", SUNDAY)
    assert found is not None
    assert found.judged.legal
    assert {one.patient for one in found.moves} == {"P1", "P2", "P3"}


def test_only_sessions_still_to_come_are_swapped_and_only_those_named() -> None:
    problem = world(**people(who("P1"), who("P2")), sessions=last_week(*TWO))
    plan = planned(problem, *TWO)
    found = swap(problem, plan, "P1", "P2", datetime(2026, 3, 2, 12))
    assert found is not None
    assert {one.before.day for one in found.moves if one.before} == {
        MONDAY,
        MONDAY + 2 * DAY,
        MONDAY + 4 * DAY,
    }
    wednesday = frozenset({MONDAY + 2 * DAY})
    one = swap(problem, plan, "P1", "P2", SUNDAY, (wednesday, wednesday))
    assert one is not None
    assert one.judged.legal
    assert {move.before.day for move in one.moves if move.before} == wednesday


def test_who_has_more_sessions_hands_over_all_and_the_rule_counts() -> None:
    problem = world(**people(who("P1"), who("P2", odd=2, even=2)))
    plan = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 pm Tue Fri")
    found = swap(problem, plan, "P1", "P2", SUNDAY)
    assert found is not None
    assert {one.rule for one in found.judged.broken} >= {"prescribed_sessions"}
    after = moved(plan, found.moves)
    assert [len(after.by_patient[code]) for code in ("P1", "P2")] == [2, 3]


def test_the_same_turns_leave_nothing_to_swap() -> None:
    problem = world(**people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri")
    assert swap(problem, plan, "P1", "P2", SUNDAY) is None
    assert swap(problem, plan, "P1", "P2", datetime(2026, 3, 9)) is None
