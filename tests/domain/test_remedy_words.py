"""Remedies in words."""

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
    RemedyKind,
)
from domain.remedy_words import KIND_WORDS, remedy_words
from tests.scheduler.worlds import MONDAY, NIGHT, people, who, world

PROBLEM = world(**people(who("P1"), who("P2")))
SUNDAY = MONDAY + timedelta(days=6)
EVERY_MORNING = tuple(turn.day for turn in PROBLEM.turns if turn.shift == "am")


@pytest.mark.parametrize(
    ("remedy", "said"),
    [
        (
            ExtraShift((Turn(SUNDAY, "am"),), (Crew("A", 1),)),
            "Extra shift 2026-03-08 morning: Zone A with one nurse",
        ),
        (
            OpenNight(replace(NIGHT, weekdays=frozenset({1, 3})), (Crew("A", 2),)),
            "night 22:00 to 06:30 on Monday, Wednesday: Zone A with 2 nurses",
        ),
        (
            MoreMachines("A", 1, frozenset({Modality.HDF, Modality.HD})),
            "One more machine in Zone A for HD, HDF",
        ),
        (MoreMachines("A", 2, frozenset({Modality.HD})), "2 more machines in Zone A for HD"),
        (MoreNurses("A", "am", (MONDAY,), 1), "One more nurse in Zone A, morning on 2026-03-02"),
        (MoreNurses("A", "am", EVERY_MORNING, 2), "2 more nurses in Zone A, morning every day"),
        (
            FewerSessions(("P2",), ("P1",), "Dr. Wang"),
            "Five sessions a fortnight instead of six, for 2: P1, P2",
        ),
        (GuestElsewhere(("P1",)), "Treated at another center, 1: P1"),
    ],
    ids=lambda one: type(one).__name__ if not isinstance(one, str) else None,
)
def test_a_remedy_says_what_is_to_be_done(remedy: Remedy, said: str) -> None:
    assert str(remedy_words(PROBLEM, remedy)) == said


def test_every_kind_has_a_name() -> None:
    assert set(KIND_WORDS) == set(RemedyKind)
