"""When does it break, and people like those there."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from domain.patient import Absence, Burden, Ledger, Marker, Pattern, Wish, WishKind
from domain.plan import Lock
from scheduler.effort import Effort
from scheduler.remedies.fit import Answer
from scheduler.remedies.growth import Growing, growth
from scheduler.remedies.newcomers import with_newcomers
from scheduler.remedies.scenario_words import growth_words
from tests.scheduler.planning import TO_THE_END
from tests.scheduler.remedies.shortages import LOOKER, crowded
from tests.scheduler.tight_worlds import tight_problem
from tests.scheduler.worlds import (
    MONDAY,
    MORNING,
    blood_tests,
    last_week,
    on,
    people,
    stations_named,
    who,
    works,
    world,
)

RICH = world(
    **people(who("P1", 2, 2, minutes=300)),
    serology=blood_tests("P1", MONDAY, Marker.HBSAG),
    absences=(Absence("P1", on("Tue"), "market"),),
    work_shifts=(works("P1", "Mon", MORNING.start, MORNING.end),),
    wishes=(Wish("P1", WishKind.SHIFT, "am"), Wish("P1", WishKind.COMPANION, "P2")),
    patterns=(Pattern("P1", 1, "am"),),
    locks=(Lock("P1", MONDAY, "am"),),
    ledger=(Ledger("P1", Burden.EARLY, 3),),
    sessions=last_week("P1 A1 am Mon"),
)


def test_a_newcomer_has_what_the_body_and_the_day_ask_for_but_no_habits() -> None:
    after = with_newcomers(RICH, 1, seed=1)
    assert set(after.patient) == {"P1", "+001"}
    like = after.prescription("P1", MONDAY)
    assert like is not None
    assert after.prescription("+001", MONDAY) == replace(like, patient="+001")
    assert after.infection("+001", MONDAY) == after.infection("P1", MONDAY)
    assert len(after.absences["+001"]) == len(after.work_shifts["+001"]) == 1
    assert [wish.kind for wish in after.wishes["+001"]] == [WishKind.SHIFT]
    assert not any("+001" in table for table in (after.patterns, after.locks, after.history))
    assert after.register.ledger == RICH.register.ledger


def test_the_same_seed_draws_the_same_people_and_the_first_of_many_are_the_few() -> None:
    few, many = (with_newcomers(crowded(4), count, seed=7) for count in (2, 5))
    assert few == with_newcomers(crowded(4), 2, seed=7)
    assert [many.patient[code] for code in few.patient] == list(few.patient.values())
    assert list(many.patient)[-1] == "+005"


def test_other_seeds_draw_other_people() -> None:
    mixed = world(**people(*(who(f"P{n}", n % 3 + 1, n % 3 + 1) for n in range(9))))
    drawn = {
        tuple(
            found.frequency.odd
            for n in range(1, 7)
            if (found := with_newcomers(mixed, 6, seed).prescription(f"+00{n}", MONDAY))
        )
        for seed in range(5)
    }
    assert len(drawn) > 1


def test_nobody_is_like_nobody() -> None:
    assert with_newcomers(world(), 3, seed=1) == world()
    assert with_newcomers(crowded(2), 0, seed=1) == crowded(2)


def test_it_breaks_in_the_month_in_which_the_fifth_patient_comes() -> None:
    found = growth(crowded(2), Growing(1, 12), TO_THE_END, LOOKER)
    assert (found.breaks, found.proven) == (3, True)
    assert [month.answer for month in found.months[:5]] == [
        Answer.FITS, Answer.FITS, Answer.FITS, Answer.SHORT, Answer.SHORT,
    ]  # fmt: skip
    assert [month.patients for month in found.months[:4]] == [2, 3, 4, 5]
    assert found.months[3].asked
    assert found.months[3].least == 3
    assert sum(month.asked for month in found.months) <= 6
    assert all(month.least is None for month in found.months if not month.asked)
    assert str(growth_words(found)) == (
        "1 new patients a month: somebody goes short from month 3 on, with 5 patients"
    )


def test_where_there_is_room_for_all_nothing_breaks() -> None:
    found = growth(crowded(1), Growing(1, 3), TO_THE_END, LOOKER)
    assert (found.breaks, found.proven) == (None, True)
    assert {month.answer for month in found.months} == {Answer.FITS}
    assert str(growth_words(found)) == "1 new patients a month: everybody fits for 3 months"


def test_what_is_broken_already_breaks_in_month_nought() -> None:
    found = growth(crowded(5), Growing(1, 3), TO_THE_END, LOOKER)
    assert (found.breaks, found.proven) == (0, True)
    assert {month.answer for month in found.months} == {Answer.SHORT}
    assert str(growth_words(found)) == "somebody goes short already today"


def test_somebody_without_any_legal_week_does_not_count_as_broken() -> None:
    busy = works("P9", "Mon Tue Wed Thu Fri Sat", MORNING.start, world().register.shifts[1].end)
    problem = world(
        stations=stations_named("A1"), work_shifts=(busy,), **people(who("P1"), who("P9"))
    )
    found = growth(problem, Growing(1, 4), TO_THE_END, LOOKER)
    assert (found.aside, found.breaks) == (("P9",), 4)


def test_a_month_that_could_not_be_settled_is_not_called_proven() -> None:
    hurry = Effort(seconds=0.0, workers=1)
    hard = tight_problem(Random(42), gaps=True)
    found = growth(hard, Growing(1, 2), hurry, LOOKER)
    assert (found.breaks, found.proven) == (0, False)
    assert found.months[0].answer is Answer.OPEN
    assert str(growth_words(found)) == (
        "nobody could tell in the time given whether everybody fits today"
    )
    sure = growth(hard, Growing(1, 2), TO_THE_END, LOOKER)
    assert (sure.breaks, sure.proven) == (1, True)


def test_a_break_that_is_not_proven_is_told_as_such() -> None:
    found = growth(crowded(2), Growing(1, 12), TO_THE_END, LOOKER)
    assert str(growth_words(replace(found, proven=False))) == (
        "1 new patients a month: everybody fits until month 3; whether also then, "
        "with 5 patients, nobody could tell in the time given"
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_first_month_that_breaks_is_the_same_as_asking_every_month(seed: int) -> None:
    growing = Growing(1, 5, seed)
    mixed = crowded(2, **{**people(who("P1", 2, 2), who("P2"), who("P3", 1, 1))})
    found = growth(mixed, growing, TO_THE_END, LOOKER)
    one_by_one = [growth(mixed, Growing(n, 1, seed), TO_THE_END, LOOKER) for n in range(1, 6)]
    broken = [n for n, one in enumerate(one_by_one, 1) if one.breaks is not None]
    assert found.breaks == (broken[0] if broken else None)
