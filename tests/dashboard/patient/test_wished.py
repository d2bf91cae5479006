"""What the rules say of a wish: the best week it allows, judged by the same rules as any move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.acts.patients import granted
from dashboard.board.opened import Opened
from dashboard.patient.wished import away, wished
from domain.calendar import Span
from domain.draft import moved
from domain.patient import Absence, Wish, WishKind
from domain.patient_word import PatientRequest, RequestKind
from scheduler.check import check
from tests.dashboard.acts.week_desk import look, week_site
from tests.dashboard.world import NOW


@pytest.fixture
def there(world: Path) -> Opened:
    return look(week_site(world, -1))


def wish(patient: str, days: str = "", shift: str = "") -> PatientRequest:
    return PatientRequest(
        1, patient, RequestKind.WISH, frozenset(map(int, days)), shift, None, None, "", NOW
    )


def trip(patient: str, first: date, last: date) -> PatientRequest:
    return PatientRequest(1, patient, RequestKind.TRIP, frozenset(), "", first, last, "x", NOW)


def test_what_is_so_already_needs_no_move(there: Opened) -> None:
    own = there.plan.by_patient["P003"]
    days = "".join(str(row.day.isoweekday()) for row in own)
    found = wished(there.problem, there.plan, wish("P003", days, own[0].shift))
    assert found is not None
    assert (found.moves, found.full, found.possible) == ((), (), True)


def test_a_full_turn_is_said_to_be_full(there: Opened) -> None:
    """The sample is exactly full: nobody can change days without somebody else."""
    own = there.plan.by_patient["P003"]
    other = "246" if own[0].day.isoweekday() == 1 else "135"
    found = wished(there.problem, there.plan, wish("P003", other, own[0].shift))
    assert found is not None
    assert {turn.day.isoweekday() for turn in found.full} == set(map(int, other))
    assert not found.possible


def test_a_free_place_is_found_and_the_verdict_is_that_of_a_whole_check(there: Opened) -> None:
    own = there.plan.by_patient["P003"]
    shift = own[0].shift
    days = {2, 4, 6} if own[0].day.isoweekday() == 1 else {1, 3, 5}
    rows = [
        row
        for row in there.plan.assignments
        if not (row.shift == shift and row.day.isoweekday() in days and row.station == "A06")
    ]
    roomy = replace(there.plan, assignments=tuple(rows))
    found = wished(there.problem, roomy, wish("P003", "".join(map(str, days)), shift))
    assert found is not None
    assert found.full == ()
    assert {row.day.isoweekday() for row in found.rows} == days
    before = check(there.problem, roomy)
    after = check(there.problem, moved(roomy, found.moves))
    assert set(found.verdict.broken) == set(after.broken) - set(before.broken)


def test_words_alone_and_strangers_have_no_verdict(there: Opened) -> None:
    assert wished(there.problem, there.plan, wish("P003")) is None
    assert wished(there.problem, there.plan, wish("P999", "1")) is None


def test_a_trip_counts_the_sessions_that_are_needed_elsewhere(there: Opened) -> None:
    own = there.plan.by_patient["P003"]
    first = own[0].day
    found = away(
        there.problem, there.plan, trip("P003", first, date.fromordinal(first.toordinal() + 13))
    )
    assert (found.days, len(found.planned), found.needed) == (14, len(own), 2 * len(own))
    assert away(there.problem, None, trip("P003", first, first)).planned == ()


def test_an_accepted_wish_takes_the_place_of_the_earlier_one(there: Opened) -> None:
    register = replace(
        there.problem.register,
        wishes=(
            Wish("P003", WishKind.WEEKDAY, "7", 1),
            Wish("P003", WishKind.LONG_GAP, "sunday", 1),
            Wish("P004", WishKind.WEEKDAY, "7", 1),
        ),
    )
    found = granted(register, wish("P003", "24"))
    assert {(one.patient, one.kind, one.value) for one in found.wishes} == {
        ("P003", WishKind.WEEKDAY, "2"),
        ("P003", WishKind.WEEKDAY, "4"),
        ("P003", WishKind.LONG_GAP, "sunday"),
        ("P004", WishKind.WEEKDAY, "7"),
    }


def test_an_accepted_trip_is_an_absence(there: Opened) -> None:
    first, last = date(2026, 4, 1), date(2026, 4, 9)
    found = granted(there.problem.register, trip("P003", first, last))
    assert Absence("P003", Span(first, last), "trip") in found.absences
