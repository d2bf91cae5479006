"""Rows of remedies and of scenarios side by side, and questions worked at beside the screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearshift.i18n import speaker
from dashboard.planning.markup import Cell
from dashboard.planning.what_if import (
    Draft,
    closing_cells,
    growth_cells,
    listable,
    rate_cells,
    side_cells,
)
from domain.center import Modality
from domain.remedy import MoreMachines, RemedyKind
from domain.remedy_price import STANDARD_RATES, Item
from scheduler.remedies.growth import Growing
from scheduler.remedies.scenarios import Comparing, Scenario, compare
from tests.scheduler.planning import TO_THE_END
from tests.scheduler.remedies.shortages import LOOKER, asked, crowded
from tests.scheduler.worlds import people, who, world

SAY = speaker("en", 2026)
MACHINE = Draft("one more", (MoreMachines("A", 1, frozenset({Modality.HD})),))
COMPARING = Comparing(TO_THE_END, STANDARD_RATES, Growing(1, 8))


def texts(rows: object) -> list[list[str]]:
    """What stands in the cells."""
    assert hasattr(rows, "__iter__")
    return [[cell.text for cell in row] for row in rows]


def test_remedies_stand_with_zone_hours_and_proof_and_then_what_does_not_help() -> None:
    problem = crowded(5)
    found = asked(problem, RemedyKind.MACHINES, RemedyKind.EXTRA_SHIFT)
    assert texts(closing_cells(problem, found, SAY)) == [
        ["Zone A", "15:00", "One more machine in Zone A for HD",
         "closes it; nothing less of this kind does"],
        ["Zone A", "–", "Extra shift: proven to be not enough by itself", ""],
    ]  # fmt: skip


def test_a_remedy_that_might_be_smaller_is_not_shown_as_good() -> None:
    problem = crowded(5)
    found = asked(problem, RemedyKind.MACHINES)
    (sure,) = found.remedies
    (row,) = closing_cells(problem, replace(found, remedies=(replace(sure, least=False),)), SAY)
    assert row[3] == Cell("closes it; less might do, not settled in the time given")


@pytest.fixture(scope="module")
def sides() -> object:
    return compare(crowded(5), (Scenario("now"), MACHINE.scenario()), COMPARING, LOOKER)


def test_scenarios_are_better_or_worse_than_the_first(sides: object) -> None:
    assert isinstance(sides, tuple)
    rows = {row[0].text: row[1:] for row in side_cells(sides, SAY)}
    assert rows["Sessions missing"] == (
        Cell("3, proven", number=True),
        Cell("0, proven", number=True, tone="good"),
    )
    assert [cell.tone for cell in rows["Cost of the change in nurse hours"]] == ["", "bad"]
    assert [cell.tone for cell in rows["Nights"]] == ["", ""]
    assert [cell.text for cell in rows["The plan"]] == ["proven best", "proven best"]


def test_growth_goes_on_until_the_month_after_the_last_has_broken(sides: object) -> None:
    assert isinstance(sides, tuple)
    rows = texts(growth_cells(sides, SAY))
    assert rows[0] == ["0", "5", "somebody goes short", "everybody fits"]
    assert [row[3] for row in rows] == [*["everybody fits"] * 4, *["somebody goes short"] * 2]


def test_without_growth_there_are_no_months(sides: object) -> None:
    assert isinstance(sides, tuple)
    assert list(growth_cells([replace(one, growth=None) for one in sides], SAY)) == []


def test_rates_are_told_with_their_sources() -> None:
    rows = texts(rate_cells(STANDARD_RATES, SAY))
    assert len(rows) == len(Item)
    assert rows[1] == [
        "nurse hours on a rest day", "2:00", "Labor Law, Article 44: twice the wage on a rest day",
    ]  # fmt: skip


def test_only_those_on_three_a_week_can_be_listed() -> None:
    assert listable(world(**people(who("P2"), who("P1"), who("P3", 2, 2)))) == ("P1", "P2")
