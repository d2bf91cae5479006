"""Treatments and phases are read off what a machine said; what was not heard is not made up."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from dashboard.machine.stretches import (
    MARGIN,
    Strip,
    phase_since,
    stretch_words,
    strips,
    treatments,
)
from domain.telemetry import EventKind, LinkStatus, Phase
from tests.dashboard.machine.said import at, link, phase

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_a_treatment_lasts_from_connecting_to_the_end_of_reinfusion() -> None:
    said = [
        phase(0, Phase.PRIMING), phase(600, Phase.CONNECTING), phase(700, Phase.TREATMENT),
        phase(15_000, Phase.REINFUSION), phase(15_600, Phase.DRAIN),
    ]  # fmt: skip
    (one,) = treatments(said)
    assert (one.first, one.end) == (at(600), at(15_600))


def test_the_latest_treatment_stands_first_and_one_that_goes_on_has_no_end() -> None:
    said = [phase(0, Phase.TREATMENT), phase(100, Phase.DRAIN), phase(500, Phase.TREATMENT)]
    assert [(one.first, one.end) for one in treatments(said)] == [
        (at(500), None), (at(0), at(100)),
    ]  # fmt: skip


def test_a_lost_wire_ends_no_treatment() -> None:
    said = [phase(0, Phase.TREATMENT), link(50, LinkStatus.NO_REPLY), phase(90, Phase.TREATMENT)]
    (one,) = treatments(said)
    assert (one.first, one.end) == (at(0), None)


def test_a_stretch_is_shown_with_a_margin_and_never_beyond_now() -> None:
    (one,) = treatments([phase(0, Phase.TREATMENT), phase(100, Phase.DRAIN)])
    assert one.span(at(200)) == (at(0) - MARGIN, at(200))
    assert one.span(at(90_000)) == (at(0) - MARGIN, at(100) + MARGIN)


def test_phases_are_strips_and_a_lost_wire_is_one_of_its_own() -> None:
    said = [
        phase(-50, Phase.PRIMING), phase(10, Phase.TREATMENT), link(20, LinkStatus.OFFLINE),
        link(30, LinkStatus.ONLINE), phase(100, Phase.DRAIN),
    ]  # fmt: skip
    assert strips(said, at(0), at(60)) == (
        Strip(at(0), at(10), Phase.PRIMING),
        Strip(at(10), at(20), Phase.TREATMENT),
        Strip(at(20), at(30), None, LinkStatus.OFFLINE),
        Strip(at(30), at(60), Phase.TREATMENT),
    )


def test_before_the_first_word_nothing_is_said_of_the_phase() -> None:
    assert strips([phase(30, Phase.IDLE)], at(0), at(60)) == (Strip(at(30), at(60), Phase.IDLE),)
    assert strips([], at(0), at(60)) == ()


def test_strips_say_what_they_are() -> None:
    assert str(Strip(at(0), at(1), Phase.DRAIN).title) == "draining"
    assert str(Strip(at(0), at(1), None, LinkStatus.GARBLED).title) == "link lost: garbled"
    assert str(Strip(at(0), at(1), None).title) == "not known"


def test_a_phase_began_when_it_was_first_said_of_the_last_time() -> None:
    said = [phase(0, Phase.IDLE), phase(10, Phase.TREATMENT), phase(20, Phase.TREATMENT)]
    assert phase_since(said, Phase.TREATMENT) == at(10)
    assert phase_since(said, Phase.IDLE) is None
    assert phase_since(said, None) is None


def test_a_treatment_is_called_by_the_centers_clock() -> None:
    now = at(20_000).astimezone(SHANGHAI)
    running, over = treatments(
        [phase(0, Phase.TREATMENT), phase(60, Phase.DRAIN), phase(120, Phase.TREATMENT)]
    )
    assert str(stretch_words(over, now)).endswith("to 16:01")
    assert str(stretch_words(running, now)).startswith("treatment since 2026-03-02 16:02")
    assert over.end == at(0) + timedelta(seconds=60)
    assert phase(0, Phase.IDLE).kind is EventKind.PHASE
