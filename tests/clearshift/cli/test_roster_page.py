"""What the terminal says of a roster: claims only what is proven, and leaves out no gap unsaid."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, RenderableType

from clearshift.cli.roster_page import change_words, run_lines, verdict_lines
from clearshift.i18n import speaker
from domain.nurse_roster import Duty, DutyChange, DutyChangeKind, NurseFinding
from domain.words import words
from scheduler.ward.check import RosterVerdict, check_roster
from scheduler.ward.make import RosterRun
from tests.scheduler.ward.worlds import MONDAY, need, nurse, roster, ward

SAY = speaker("en", 2026)
NEEDS = [
    need(at, shift, 1, zone) for at in range(6) for shift in ("AM", "NOON", "EVE") for zone in "AB"
]
THERE = ward([nurse("N1", "AB")], NEEDS)


def page(parts: Iterable[RenderableType]) -> str:
    """As it is printed."""
    out = Console(file=StringIO(), width=160)
    for part in parts:
        out.print(part)
    file = out.file
    assert isinstance(file, StringIO)
    return file.getvalue()


def test_only_a_proof_is_called_one() -> None:
    proven = page(run_lines(RosterRun(7, 7, 1.0, 1, 1), SAY))
    open_ = page(run_lines(RosterRun(7, 5, 1.0, 1, 1), SAY))
    assert "no better roster exists" in proven
    assert "no roster can cost less than 5: not proven best" in open_


def test_the_first_thirty_gaps_are_listed_and_the_rest_counted() -> None:
    verdict = check_roster(THERE, roster("N1: 早", THERE))
    text = page(verdict_lines(verdict, SAY))
    assert "Gaps: 35; nurses missing: 35" in text
    assert "5 more" in text


def test_broken_rules_are_listed() -> None:
    broken = NurseFinding("nurse_rest", words("too early"))
    text = page(verdict_lines(RosterVerdict((broken,), (), ()), SAY))
    assert "Hard rules broken: 1" in text
    assert "too early" in text
    assert "Every turn has its nurses." in text


def test_a_change_is_told_with_both_marks() -> None:
    early, late = Duty(MONDAY, "N1", "早", "A"), Duty(MONDAY, "N1", "夜", "B")
    moved = DutyChange("N1", MONDAY, early, late)
    assert moved.kind is DutyChangeKind.MOVED
    assert SAY(change_words(THERE, moved)) == "护士N1 N1, Mon 2 Mar: 早 → 夜B"
    gone = DutyChange("N9", MONDAY, early, None)
    assert gone.kind is DutyChangeKind.REMOVED
    assert DutyChange("N1", MONDAY, None, late).kind is DutyChangeKind.ADDED
