"""Rosters made: as good as trying all of them, never without a word on a gap."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from domain.calendar import Span
from domain.nurse_roster import NurseRoster
from domain.nurse_terms import Contract, NurseBalance, NurseBurden, NurseDay, NurseDayKind
from domain.ward import Ward
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from scheduler.roster.judge import judge
from scheduler.ward.check import check_roster
from scheduler.ward.make import MadeRoster, NoRoster, draft_of, make_roster
from tests.scheduler.ward.worlds import (
    EARLY,
    EVENING,
    MONDAY,
    NIGHT,
    TREATMENT,
    day,
    need,
    nurse,
    ward,
)

EFFORT = Effort(seconds=20.0, workers=1)
ALL_WEEK = [need(at, "AM", 1) for at in range(6)]


def made(there: Ward) -> MadeRoster:
    """The best roster."""
    return make_roster(there, EFFORT, Onlooker(lambda: 0.0))


def least_cost(there: Ward) -> int:
    """The cost of the best of all rosters, each held against the shape."""
    draft = draft_of(there)
    shape = draft.shape()
    rows = [
        list(product(*(_kinds(shape.people[at].barred, day_, len(shape.kinds))
                       for day_ in range(shape.days))))
        for at in range(len(shape.people))
    ]  # fmt: skip
    judged = (judge(shape, cells) for cells in product(*rows))
    return min(one.cost for one in judged if one.legal)


def _kinds(barred: frozenset[tuple[int, int]], at: int, kinds: int) -> list[int]:
    return [kind for kind in range(kinds) if (at, kind) not in barred]


WORLDS = {
    "one nurse for every morning": ward([nurse("N1")], ALL_WEEK),
    "two who share them": ward([nurse("N1"), nurse("N2")], ALL_WEEK),
    "leave, a wish and rest owed": ward(
        [nurse("N1"), nurse("N2", "A", weekly=960)],
        ALL_WEEK,
        nurse_days=(
            NurseDay("N1", NurseDayKind.LEAVE, Span(day(1), day(2))),
            NurseDay("N2", NurseDayKind.OFF, Span(day(0), day(0)), None, 3),
        ),
        nurse_ledger=(NurseBalance("N1", NurseBurden.REST, 960),),
    ),
    "evenings before mornings": ward(
        [nurse("N1")], [need(at, shift, 1) for at in range(4) for shift in ("AM", "EVE")]
    ),
    "nights": ward(
        [nurse("N1")],
        [need(at, "NIGHT", 1) for at in range(6)] + [need(2, "AM", 1)],
        shifts=(EARLY, EVENING, NIGHT),
    ),
}


@pytest.mark.parametrize("name", WORLDS)
def test_the_roster_is_as_good_as_the_best_of_all(name: str) -> None:
    there = WORLDS[name]
    found = made(there)
    assert (found.run.cost, found.run.bound) == (least_cost(there),) * 2
    assert found.verdict.cost == found.run.cost
    assert found.verdict.legal


def test_what_cannot_be_staffed_is_named_and_the_rest_is_kept() -> None:
    there = ward([nurse("N1")], [need(0, "AM", 2), need(0, "AM", 1, "B"), need(1, "AM", 1)])
    found = made(there)
    assert found.verdict.legal
    assert [(gap.need.zone, gap.there, gap.over) for gap in found.verdict.gaps] == [
        ("A", 1, 5),
        ("B", 0, 5),
    ]
    assert found.verdict.missing == 2


def test_nobody_is_sent_where_there_is_nobody_to_care_for() -> None:
    found = made(ward([nurse("N1"), nurse("N2")], [need(0, "AM", 1), need(1, "EVE", 1)]))
    assert {(one.day, one.kind) for one in found.roster.duties} <= {(day(0), "早"), (day(1), "夜")}


def test_the_treatment_room_is_filled_by_its_own_count() -> None:
    room = replace(TREATMENT, weekdays=frozenset({1, 2}))
    wanted = [need(at, "治", 1, "") for at in (0, 1)]
    there = ward([nurse("N1")], wanted, duty_kinds=(room,))
    found = made(there)
    assert [(one.day, one.kind, one.zone) for one in found.roster.duties] == [
        (day(0), "治", ""),
        (day(1), "治", ""),
    ]


def test_every_turn_that_asks_for_one_has_a_lead_and_they_take_turns() -> None:
    wanted = [*(need(at, "AM", 2) for at in range(4)),
              *(need(at, "AM", 1, "", "lead") for at in range(4))]  # fmt: skip
    there = ward([nurse("N1", "A", "lead"), nurse("N2", "A", "lead")], wanted)
    found = made(there)
    leads = [one.nurse for one in found.roster.duties if one.lead]
    assert sorted(leads) == ["N1", "N1", "N2", "N2"]
    assert not any(one.rule == "nurse_lead" for one in found.verdict.broken)


def test_days_away_are_rows_of_the_roster() -> None:
    row = NurseDay("N1", NurseDayKind.TRAINING, Span(day(1), day(1)))
    found = made(ward([nurse("N1")], ALL_WEEK, nurse_days=(row,)))
    assert found.roster.away_on == {("N1", day(1)): NurseDayKind.TRAINING}
    assert found.roster.duty("N1", day(1)) is None


def test_a_contract_that_leaves_no_row_at_all_is_told_with_its_nurse() -> None:
    past = NurseRoster.of(day(-7), 1, ())
    there = ward([nurse("N1")], ALL_WEEK, before=past, contracts=(Contract("N1"),))
    assert made(there).verdict.legal
    with pytest.raises(ValueError, match="N7"):
        raise NoRoster(("N7",))


def test_the_same_ward_gives_the_same_roster_twice() -> None:
    there = WORLDS["leave, a wish and rest owed"]
    effort = Effort(seconds=None, workers=1, deterministic=True)
    first, second = (make_roster(there, effort, Onlooker(lambda: 0.0)) for _ in range(2))
    assert first.roster == second.roster


def test_the_judge_of_the_ward_says_the_same_of_every_roster_as_the_search() -> None:
    found = made(WORLDS["evenings before mornings"])
    again = check_roster(WORLDS["evenings before mornings"], found.roster)
    assert (again.cost, again.broken) == (found.verdict.cost, ())
    assert found.roster.first_day == MONDAY
