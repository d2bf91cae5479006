"""Link quality by the hour, and when the wire was lost."""

from __future__ import annotations

from dataclasses import replace

from dashboard.machine.wire import lasted_words, outages, rates
from domain.telemetry import LinkCounters, LinkState, LinkStatus
from tests.dashboard.machine.said import at, link

STATE = LinkState("HD-1", "gw", "a", LinkStatus.ONLINE, at(0), at(0), LinkCounters(120, 110, 2))


def test_counters_are_told_by_the_hour_since_the_gateway_started() -> None:
    found = rates(STATE, at(0), at(1800))
    assert (found["polls"], found["bad_check"], found["garbage"]) == (240, 4, 0)


def test_of_a_dead_gateway_the_hours_end_with_its_last_frame() -> None:
    dead = replace(STATE, status=LinkStatus.OFFLINE, last_good=at(3600))
    assert rates(dead, at(0), at(90_000))["polls"] == 120


def test_of_a_gateway_that_has_just_started_no_rate_is_told() -> None:
    assert set(rates(STATE, at(0), at(30)).values()) == {None}
    assert set(rates(STATE, None, at(30)).values()) == {None}


def test_the_wire_is_lost_until_it_is_online_again() -> None:
    said = [link(0, LinkStatus.NO_REPLY), link(5, LinkStatus.OFFLINE), link(60, LinkStatus.ONLINE),
            link(100, LinkStatus.GARBLED)]  # fmt: skip
    latest, first = outages(said)
    assert (first.first, first.end, first.status) == (at(0), at(60), LinkStatus.NO_REPLY)
    assert (latest.first, latest.end) == (at(100), None)
    assert str(lasted_words(first, at(500))) == "60 s"
    assert str(lasted_words(latest, at(500))) == "6 min"
