"""Two versions side by side, and what plans cost by rule."""

from __future__ import annotations

from dashboard.planning.compared import Compared, PersonRow, place_words
from dashboard.planning.costs import cost_rows, rule_title
from dashboard.planning.wishes import Met
from domain.patient import Wish, WishKind
from domain.plan import ChangeKind, RuleCost
from tests.scheduler.worlds import MORNING, NIGHT, people, planned, who, world

PROBLEM = world(
    **people(who("P1"), who("P2"), who("P3")),
    shifts=(MORNING, NIGHT),
    wishes=(Wish("P1", WishKind.SHIFT, "am", 2),),
)
FIRST = planned(PROBLEM, "P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri")
SECOND = planned(PROBLEM, "P1 A1 night Mon Wed Fri", "P2 A1 am Mon Wed Fri")
BOTH = Compared(PROBLEM, FIRST, SECOND)


def test_who_moves_and_how() -> None:
    assert BOTH.moved == {"P1", "P2"}
    assert dict(BOTH.kinds) == {ChangeKind.TURN: 3, ChangeKind.STATION: 3}


def test_wishes_and_nights_are_counted_on_both_sides() -> None:
    assert BOTH.met == (Met(1, 1), Met(1, 0))
    assert BOTH.nights == (0, 3)
    assert BOTH.people == (PersonRow("P1", (0, 6), (0, 3), (3, 3), asks=True),)
    assert BOTH.people[0].differs


def test_costs_are_told_by_rule_with_their_difference() -> None:
    row = next(row for row in BOTH.costs if row.rule == "wishes")
    assert (row.first, row.second, row.more) == (0, 6, 6)


def test_a_plan_compared_with_itself_has_no_changes() -> None:
    same = Compared(PROBLEM, FIRST, FIRST)
    assert same.changes == ()
    assert all(row.more == 0 for row in same.costs)


def test_what_was_not_judged_before_has_no_difference() -> None:
    (row,) = cost_rows(None, [RuleCost("wishes", 2, 3, 1), RuleCost("companions", 2, 0, 1)])
    assert (row.rule, row.first, row.second, row.more) == ("wishes", None, 3, None)


def test_a_rule_that_is_gone_keeps_its_name() -> None:
    assert str(rule_title("old_rule")) == "old_rule"


def test_a_place_is_said_with_its_turn() -> None:
    assert place_words(PROBLEM, None) is None
    assert str(place_words(PROBLEM, FIRST.assignments[0])) == "2026-03-02 morning, station A1"
