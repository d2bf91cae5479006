"""A nurse is ill: the fewest changes, legal, and the past stays."""

from __future__ import annotations

from itertools import product

from domain.calendar import Span
from domain.nurse_roster import NurseRoster
from domain.nurse_terms import Contract, NurseDay, NurseDayKind
from domain.ward import Ward, with_day
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from scheduler.ward.check import check_roster
from scheduler.ward.repair import RepairedRoster, ill, repair_roster, roster_changes
from tests.scheduler.ward.worlds import day, need, nurse, roster, ward

WANTED = [need(at, "AM", 1) for at in range(6)]
THREE = (nurse("N1"), nurse("N2"), nurse("N3"))


def repaired(there: Ward, made: NurseRoster, first: int, last: int, now: int) -> RepairedRoster:
    """N1 is ill from a day to a day; days before `now` stay."""
    known = with_day(there, NurseDay("N1", NurseDayKind.ILL, Span(day(first), day(last))))
    opened = ill(made, "N1", day(first), day(last))
    effort = Effort(seconds=20.0, workers=1)
    return repair_roster(known, opened, day(now), effort, Onlooker(lambda: 0.0))


def test_one_free_colleague_steps_in_for_each_day() -> None:
    there = ward(THREE, WANTED)
    made = roster("N1: 早 早 早 - - -\nN2: - - - 早 早 早", there)
    found = repaired(there, made, 1, 2, 0)
    assert (len(found.changes), found.fewest, found.proven) == (2, 2, True)
    assert found.verdict.legal
    assert found.verdict.gaps == ()
    assert all(change.before is None for change in found.changes)


def test_days_before_the_illness_stay_as_they_are_even_with_a_gap_in_them() -> None:
    there = ward(THREE, WANTED)
    made = roster("N1: - 早 早 早 - -\nN2: - - - - 早 早", there)
    found = repaired(there, made, 2, 3, 2)
    assert [gap.need.turn.day for gap in found.verdict.gaps] == [day(0)]
    assert found.roster.duty("N1", day(1)) is not None
    assert {change.day for change in found.changes} == {day(2), day(3)}


def test_where_nobody_can_step_in_the_gap_is_named_and_others_are_filled() -> None:
    there = ward((nurse("N1"), nurse("N2", "B")), WANTED)
    made = roster("N1: 早 早 早 早 早 -", there)
    found = repaired(there, made, 0, 0, 0)
    assert [gap.need.turn.day for gap in found.verdict.gaps] == [day(0)]
    assert [change.day for change in found.changes] == [day(5)]


def test_a_chain_of_two_changes_is_found_where_one_does_not_do() -> None:
    """N3 may only work mornings; the evening falls to N2, whose morning N3 takes."""
    wanted = [need(0, "AM", 1), need(0, "EVE", 1)]
    only = Contract("N3", frozenset({"AM"}))
    there = ward(THREE, wanted, contracts=(only,))
    made = roster("N1: 夜\nN2: 早", there)
    found = repaired(there, made, 0, 0, 0)
    assert found.verdict.gaps == ()
    assert (len(found.changes), found.fewest) == (2, 2)


def test_no_repair_of_all_that_there_are_changes_less() -> None:
    there = ward(THREE[:2], WANTED[:4])
    made = roster("N1: 早 早 - -\nN2: - - 早 早", there)
    found = repaired(there, made, 0, 1, 0)
    known = with_day(there, NurseDay("N1", NurseDayKind.ILL, Span(day(0), day(1))))
    opened = ill(made, "N1", day(0), day(1))
    assert found.fewest == _fewest(known, opened, len(found.verdict.gaps))


def _fewest(there: Ward, opened: NurseRoster, gaps: int) -> int:
    """Over every roster of early duties, legal and with no more gaps."""
    best = 99
    for bits in product((False, True), repeat=8):
        rows = zip(("N1", "N2"), (bits[:4], bits[4:]), strict=True)
        text = "\n".join(f"{who}: " + " ".join("早" if b else "-" for b in row)
                         for who, row in rows)  # fmt: skip
        made = roster(text, there, away=opened.away)
        verdict = check_roster(there, made)
        if verdict.legal and len(verdict.gaps) <= gaps:
            best = min(best, len(roster_changes(opened, made)))
    return best


def test_illness_leaves_leave_as_it_was_and_takes_the_duties() -> None:
    there = ward(THREE, WANTED)
    made = roster("N1: 早 早 早", there)
    opened = ill(made, "N1", day(1), day(2))
    assert [one.day for one in opened.duties] == [day(0)]
    assert set(opened.away_on.values()) == {NurseDayKind.ILL}
