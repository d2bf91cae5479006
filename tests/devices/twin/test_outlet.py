from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.twin.outlet import CAPACITY, Outlet


def drained(outlet: Outlet) -> list[tuple[float, bytes]]:
    """Everything, asked for exactly when the outlet says."""
    out = []
    while (now := outlet.wakes()) is not None:
        out.append((now, outlet.due(now)))
    return out


def test_158_bytes_at_9600_baud_take_165_milliseconds() -> None:
    outlet = Outlet(9600)
    outlet.say(bytes(158), at=10.0)
    times = [when for when, _ in drained(outlet)]
    assert times[-1] == pytest.approx(10.0 + 158 * 10 / 9600)


def test_nothing_leaves_before_its_last_bit_has() -> None:
    outlet = Outlet(9600)
    outlet.say(b"ab", at=0.0)
    assert outlet.due(0.00104) == b""
    assert outlet.due(0.00105) == b"a"
    assert outlet.due(0.0021) == b"b"


def test_bytes_come_in_the_chunks_of_an_adapter() -> None:
    outlet = Outlet(9600)
    outlet.say(bytes(158), at=0.0)
    chunks = drained(outlet)
    assert 8 <= len(chunks) <= 12
    assert all(b - a >= 0.015 for (a, _), (b, _) in list(pairwise(chunks))[:-1])


def test_a_second_message_waits_for_the_first() -> None:
    outlet = Outlet(9600)
    outlet.say(b"a" * 96, at=0.0)
    outlet.say(b"b" * 96, at=0.05)
    assert outlet.due(0.11).count(b"b") <= 10
    assert drained(outlet)[-1][0] == pytest.approx(0.2)


def test_a_message_on_a_network_leaves_whole() -> None:
    outlet = Outlet(None)
    outlet.say(b"MSH|" * 500, at=1.0)
    assert outlet.due(0.99) == b""
    assert outlet.due(1.0) == b"MSH|" * 500
    assert outlet.wakes() is None


def test_what_has_not_left_when_the_power_goes_never_leaves() -> None:
    outlet = Outlet(9600)
    outlet.say(bytes(158), at=0.0)
    assert outlet.due(0.05) != b""
    outlet.cut()
    assert (outlet.due(9.0), outlet.busy) == (b"", False)
    outlet.say(b"x", at=10.0)
    assert outlet.due(10.01) == b"x"


def test_a_machine_that_is_not_heard_does_not_remember_without_end() -> None:
    outlet = Outlet(9600)
    taken = sum(outlet.say(bytes(1_000), at=0.0) for _ in range(100))
    assert taken == CAPACITY // 1_000


@given(
    st.lists(st.tuples(st.binary(max_size=60), st.floats(0, 2)), max_size=6),
    st.lists(st.floats(0, 5), max_size=30),
)
def test_every_byte_leaves_once_and_in_order(
    messages: list[tuple[bytes, float]], asked: list[float]
) -> None:
    outlet = Outlet(9600)
    for raw, at in messages:
        outlet.say(raw, at)
    out = b"".join(outlet.due(now) for now in sorted(asked))
    out += b"".join(raw for _, raw in drained(outlet))
    assert out == b"".join(raw for raw, _ in messages)
