"""What remedies cost, in a nurse's ordinary time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

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
from domain.remedy_price import STANDARD_RATES, Item, Rate, cost_of
from domain.remedy_words import ITEM_WORDS, source_words
from tests.scheduler.worlds import MONDAY, NIGHT, NOT_SUNDAY, people, who, world

SUNDAY = MONDAY + timedelta(days=6)
PROBLEM = world(
    weeks=2,
    shifts=(*world().register.shifts, replace(NIGHT, weekdays=NOT_SUNDAY)),
    **people(who("P1"), who("P2", odd=2, even=3), who("P3")),
)


@pytest.mark.parametrize(
    ("remedy", "minutes"),
    [
        # four and a half hours of two nurses, twice for the rest day
        (ExtraShift((Turn(SUNDAY, "am"),), (Crew("A", 2),)), 2 * 270 * 2),
        # eight and a half hours of one nurse at one and a half
        (MoreNurses("A", "night", (MONDAY,), 1), 510 * 3 // 2),
        (MoreNurses("A", "am", (MONDAY, MONDAY + timedelta(days=1)), 2), 2 * 2 * 270),
        (MoreMachines("A", 3, frozenset({Modality.HD})), 3 * 2 * 900),
        (FewerSessions(("P1",), ("P3",), ""), 2 * 600),
        (GuestElsewhere(("P1", "P2")), (6 + 5) * 480),
        # two weeks: six nights at night, and nothing on Sundays
        (OpenNight(replace(NIGHT, weekdays=frozenset({1, 3, 5})), (Crew("A", 1),)), 6 * 765),
    ],
    ids=lambda one: type(one).__name__ if not isinstance(one, int) else None,
)
def test_each_kind_costs_what_its_hours_machines_and_sessions_weigh(
    remedy: Remedy, minutes: int
) -> None:
    assert cost_of(PROBLEM, (remedy,)).minutes == minutes


def test_several_remedies_cost_their_sum_item_by_item() -> None:
    both = (MoreMachines("A", 1, frozenset()), MoreNurses("A", "am", (MONDAY,), 1))
    cost = cost_of(PROBLEM, both)
    assert [(line.rate.item, line.minutes) for line in cost.lines] == [
        (Item.NURSE_HOUR, 270),
        (Item.MACHINE_WEEK, 1800),
    ]
    assert cost.minutes == 2070


def test_nothing_costs_nothing() -> None:
    assert cost_of(PROBLEM, ()).lines == ()


def test_a_center_can_weigh_things_otherwise() -> None:
    own = {**STANDARD_RATES, Item.MACHINE_WEEK: Rate(Item.MACHINE_WEEK, 100, "our books")}
    assert cost_of(PROBLEM, (MoreMachines("A", 1, frozenset()),), own).minutes == 200


def test_every_item_has_a_rate_with_a_source_and_a_name() -> None:
    assert set(STANDARD_RATES) == set(Item) == set(ITEM_WORDS)
    assert all(rate.source and rate.minutes > 0 for rate in STANDARD_RATES.values())


def test_an_own_source_is_told_as_it_was_written_whatever_is_in_it() -> None:
    assert str(source_words(Rate(Item.NURSE_HOUR, 60, "{our} books"))) == "{our} books"
    standard = STANDARD_RATES[Item.REST_DAY_HOUR]
    assert str(source_words(standard)).startswith("Labor Law, Article 44")
