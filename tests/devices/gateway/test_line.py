"""A line in time: when it is asked, when it is no longer good, and what it is called then."""

from __future__ import annotations

from datetime import timedelta

import pytest

from devices.gateway.line import ABANDONED, MISSES, RETRY, SOON, Line, Timing
from devices.protocols.protocol import Fault, Garbage
from domain.telemetry import LinkCounters, LinkStatus
from tests.devices.gateway.world import BOOT, NOW

NOISE = Garbage(Fault.NOISE, b"xx")


def line(asks: bool = True) -> Line:
    made = Line("HD-1", "gw", BOOT, Timing(5, 1, asks), NOW)
    made.opened(0)
    return made


def poll(made: Line, now: float) -> None:
    assert made.due(now, NOW)
    made.asked(now)


def good(made: Line, now: float, busy: bool = True, again: bool = False) -> bool:
    at = NOW + timedelta(seconds=now)
    return made.good(now, at, busy=busy, again=again, rest=False)


def miss(made: Line, now: float) -> float:
    """A poll without a reply; returns when the next one is due."""
    poll(made, now)
    assert not made.due(now + 0.99, NOW)
    assert not made.due(now + 1, NOW + timedelta(seconds=now + 1))
    return now + 1 + made.wait(now + 1)


def test_a_machine_in_treatment_is_asked_each_five_seconds_and_else_each_fifteen() -> None:
    made = line()
    poll(made, 0)
    good(made, 0.3)
    assert made.wait(0.3) == 4.7
    poll(made, 5)
    good(made, 5.3, busy=False)
    assert not made.due(19.9, NOW)
    poll(made, 20)


def test_a_line_is_offline_until_its_first_good_frame() -> None:
    made = line()
    assert made.state.status is LinkStatus.OFFLINE
    poll(made, 0)
    assert good(made, 0.25)
    assert not good(made, 0.5)
    assert (made.status, made.last_good) == (LinkStatus.ONLINE, NOW + timedelta(seconds=0.5))
    assert made.reply_seconds == 0.25


def test_three_missed_replies_make_a_silent_line() -> None:
    made = line()
    poll(made, 0)
    good(made, 0.3)
    assert miss(made, 5) == 6 + RETRY
    assert miss(made, 8) == 9 + RETRY
    assert made.status is LinkStatus.ONLINE
    assert miss(made, 11) == 12 + 5
    assert (made.status, made.since) == (LinkStatus.NO_REPLY, NOW + timedelta(seconds=12))
    assert (made.last_good, made.counters.timeouts) == (NOW + timedelta(seconds=0.3), 3)
    poll(made, 17)
    assert good(made, 17.2)


def test_bytes_without_a_frame_make_a_garbled_line() -> None:
    made, now = line(), 0.0
    for _ in range(MISSES):
        made.noise(NOISE)
        now = miss(made, now)
    assert made.status is LinkStatus.GARBLED
    assert made.counters.garbage == 6


def test_frames_that_cannot_be_believed_make_a_stale_line() -> None:
    made, now = line(), 0.0
    for _ in range(MISSES):
        made.refused()
        now = miss(made, now)
    assert made.status is LinkStatus.STALE


def test_a_doubt_is_settled_by_one_poll_at_once_and_never_by_more() -> None:
    made = line()
    poll(made, 0)
    good(made, 0.5, again=True)
    assert made.wait(0.5) == pytest.approx(SOON)
    poll(made, 0.7)
    good(made, 1, again=True)
    assert not made.due(5.6, NOW)
    poll(made, 5.7)


def test_a_late_reply_still_counts() -> None:
    made = line()
    miss(made, 0)
    assert good(made, 1.5)
    assert made.status is LinkStatus.ONLINE
    poll(made, 1 + RETRY)


def test_a_lost_port_has_its_own_name_and_time() -> None:
    made = line()
    poll(made, 0)
    good(made, 0.3)
    assert made.lost(LinkStatus.PORT_ERROR, NOW + timedelta(seconds=2))
    assert not made.lost(LinkStatus.PORT_ERROR, NOW + timedelta(seconds=9))
    assert made.since == NOW + timedelta(seconds=2)
    made.opened(10)
    poll(made, 10)
    assert made.counters == LinkCounters(polls=2, good=1, reopened=1)


def test_a_machine_that_speaks_unasked_is_stale_after_three_silent_paces() -> None:
    made = line(asks=False)
    good(made, 1)
    told = [(made.due(now, NOW), made.state.status) for now in (16.9, 17)]
    assert told == [(False, LinkStatus.ONLINE), (False, LinkStatus.STALE)]


def test_a_machine_that_never_spoke_does_not_reply() -> None:
    made = line(asks=False)
    made.due(16, NOW)
    assert made.status is LinkStatus.NO_REPLY


def test_a_connection_without_any_reply_is_given_up() -> None:
    made, now = line(), 0.0
    for _ in range(ABANDONED):
        assert not made.abandoned
        now = miss(made, now)
    assert made.abandoned
    made.opened(now)
    assert not made.abandoned


def test_failed_checks_and_left_over_bytes_are_counted() -> None:
    made = line()
    made.noise(Garbage(Fault.CHECK, b"abc"))
    made.good(1, NOW, busy=True, again=False, rest=True)
    counted = made.state.counters
    assert (counted.bad_check, counted.garbage, counted.unparsed, counted.good) == (1, 3, 1, 1)
