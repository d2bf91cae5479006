"""What `clearshift flow` says of times that are wrong, or not proven."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from io import StringIO

from rich.console import Console

from clearshift.cli.flow_page import flow_page
from domain.choreography import STANDARD_PACE, UNSTAGGERED, Choreography, Cue
from scheduler.choreography.flow import Flowed
from scheduler.choreography.judge import judge
from scheduler.choreography.strain import Strain
from tests.scheduler.worlds import (
    AFTERNOON,
    MONDAY,
    MORNING,
    nurses,
    people,
    planned,
    who,
    works,
    world,
)

NOON = replace(AFTERNOON, start=time(12, 30), end=time(17))
BAD = Choreography.of((Cue(MONDAY, "am", "P1", 55, 1), Cue(MONDAY, "am", "P2", 60, 1)))


def shown(found: Flowed | None) -> str:
    problem = world(
        shifts=(MORNING, NOON),
        staffing=nurses("A", am=1, pm=1),
        work_shifts=(works("P2", "Mon", time(14, 50), time(18)),),
        **people(*map(who, ("P1", "P2", "P3"))),
    )
    plan = planned(problem, "P1 A1 am Mon", "P2 A2 am Mon", "P3 A1 pm Mon")
    rhythm = judge(replace(problem, choreography=BAD), plan, STANDARD_PACE)
    before = judge(replace(problem, choreography=UNSTAGGERED), plan, STANDARD_PACE)
    console = Console(file=StringIO(), width=200)
    for part in flow_page(problem, rhythm, before, found, MONDAY, str):
        console.print(part)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_every_wrong_is_named() -> None:
    text = shown(None)
    assert "Stations not ready in time: 1" in text
    assert "A1: P1 leaves it ready at 2026-03-02 13:25:00, P3 begins at 2026-03-02 12:30" in text
    assert "Rules that these times break: 1" in text
    assert "P2" in text
    assert "Tasks too soon after the one before: 2" in text
    assert "nurse 1: 08:55 connect P1, 5 minutes later 09:00 connect P2" in text
    assert "Proven" not in text


def test_what_is_not_proven_stands_beside_its_bound() -> None:
    cost, bound = Strain(0, 0, 15, 40), Strain(0, 0, 5, 0)
    found = Flowed(BAD, cost, bound, scenes=2, open=1, seconds=1.0)
    assert "crowded minutes 15 (5), minutes of later begin 40 (0)" in shown(found)
    assert "Proven: no other times are better." in shown(replace(found, bound=cost, open=0))
