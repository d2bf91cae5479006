"""The four centers that come with the program, each with a point of its own.

The places are real, the centers and everybody in them are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from db.sample.shifts import SUNDAY, WORKDAYS, four_shifts, three_shifts, two_shifts
from db.sample.size import general_zone, infected_zone
from db.sample.spec import FIRST_MONDAY, OLD_DAY, CenterSpec, Changes, Crew, Demand
from domain.calendar import Span
from domain.center import Infection
from domain.rulebook import RuleRow
from domain.words import Label

SEED = 355
"""The seed of the folders in `examples/`, with which many a rare character comes up."""


def _huangchuan() -> CenterSpec:
    return CenterSpec(
        code="HUANGCHUAN",
        name=Label("Huangchuan sample dialysis center", "潢川样例血液透析中心"),
        address=Label("1 Sample Road, Huangchuan", "潢川县样例路1号"),
        zones=(
            general_zone(26, Demand(three=212), held=1),
            infected_zone(Infection.HBV, 3, 25),
            infected_zone(Infection.HCV, 2, 16),
            infected_zone(Infection.UNKNOWN, 1, 7),
        ),
        shifts=four_shifts(),
        cleared=3,
    )


def _xiamao() -> CenterSpec:
    return CenterSpec(
        code="XIAMAO",
        name=Label("Xiamao township sample dialysis room", "夏茂镇样例血液透析室"),
        address=Label("1 Sample Street, Xiamao", "夏茂镇样例街1号"),
        zones=(general_zone(6, Demand(three=24)),),
        shifts=two_shifts(),
        changes=Changes(closures=0),
        workers=0.25,
        cleared=1,
        english_names=0,
    )


def _workshop() -> CenterSpec:
    return CenterSpec(
        code="WORKSHOP",
        name=Label("Sample workshop with dialysis center", "样例工坊血液透析中心"),
        address=Label("1 Sample Factory Road, floors 2 to 4", "样例工厂路1号二至四层"),
        zones=(
            general_zone(42, Demand(three=132, two=24, five=8), held=1),
            infected_zone(Infection.HBV, 4, 20),
            infected_zone(Infection.HCV, 3, 13),
            infected_zone(Infection.UNKNOWN, 1, 3),
        ),
        shifts=three_shifts(),
        crews=(Crew("A", "NOON", WORKDAYS, 6), Crew("A", "EVE", WORKDAYS, 5)),
        rules=(
            RuleRow(
                "daily_load", date(2026, 1, 1), enabled=True, limit=690,
                source="Center's doctor: at most 11.5 h on a dialysis day",
            ),
        ),
        changes=Changes(closures=3),
        language="en",
        workers=0.36,
        workshop=58,
        cleared=2,
        english_names=0.1,
    )  # fmt: skip


def _shexian() -> CenterSpec:
    """Three nurses for eleven patients, two in the evening for ten, one on Sundays. From the
    week to be planned on one more is missing on Monday, Wednesday and Friday noons."""
    short = frozenset({1, 3, 5})
    return CenterSpec(
        code="SHEXIAN",
        name=Label("Shexian sample dialysis center", "涉县样例血液透析中心"),
        address=Label("1 Sample Avenue, Shexian", "涉县样例大街1号"),
        zones=(
            general_zone(12, Demand(three=50, two=6, five=4, alternate=4), held=1),
            infected_zone(Infection.HBV, 2, 8),
            infected_zone(Infection.HCV, 1, 5),
            infected_zone(Infection.UNKNOWN, 1, 3),
        ),
        shifts=three_shifts(sunday=True),
        crews=(
            Crew("A", "NOON", short, 3, Span(None, OLD_DAY)),
            Crew("A", "NOON", short, 2, Span(FIRST_MONDAY, None)),
            Crew("A", "EVE", WORKDAYS, 2),
            Crew("A", "AM", SUNDAY, 1),
            *(Crew(zone, "AM", SUNDAY, 0) for zone in "BCD"),
        ),
        rules=(
            RuleRow(
                "nurse_ratio", date(2026, 1, 1), enabled=True, limit=5,
                source="Center's director: one to five, no exception",
            ),
        ),
        changes=Changes(closures=1),
        language="en",
        workers=0.3,
        cleared=1,
        english_names=0.08,
    )  # fmt: skip


NAMED: Mapping[str, CenterSpec] = MappingProxyType(
    {
        "huangchuan": _huangchuan(),
        "xiamao": _xiamao(),
        "workshop": _workshop(),
        "shexian": _shexian(),
    }
)
"""By the name that the command line takes."""
