"""`lines.toml` is read whole, or refused with everything that is wrong with it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.gateway.lines import LinesRefused, read_lines
from devices.links.link import Handshake, Parity, Way, Wire
from devices.protocols.protocol import Carrier
from domain.telemetry import Generation
from tests.devices.gateway.world import POLLED, PUSHED

PROTOCOLS = {"polled": POLLED, "pushed": PUSHED}


def line(**keys: object) -> str:
    """An entry, right but for what is given."""
    entry = {"machine": "HD-1", "protocol": "polled", "link": "/dev/a", **keys}
    return "[[line]]\n" + "".join(
        f"{key} = {json.dumps(value)}\n" for key, value in entry.items() if value is not None
    )


def refusals(text: str) -> list[str]:
    with pytest.raises(LinesRefused) as refused:
        read_lines(text, PROTOCOLS)
    return [str(reason) for reason in refused.value.reasons]


def test_four_lines_are_enough() -> None:
    (found,) = read_lines(line(), PROTOCOLS)
    assert (found.machine, found.protocol, found.link) == ("HD-1", POLLED, "/dev/a")
    assert (found.wire, found.serial, found.generation) == (Wire(), "", Generation.REAL)
    assert found.pace == POLLED.pace


def test_a_line_can_be_set_in_every_way() -> None:
    text = line(
        baud=4800, bits=7, parity="even", stop=2, handshake="rtscts", serial="S1",
        generation="Test", pace=1,
    )  # fmt: skip
    (found,) = read_lines(text, PROTOCOLS)
    assert found.wire == Wire(4800, 7, Parity.EVEN, 2, Handshake.HARDWARE)
    assert (found.serial, found.generation, found.pace) == ("S1", Generation.TEST, 1.0)


def test_every_fault_is_told_at_once_with_its_place() -> None:
    text = line(machine="HD 1", baud=9601, color="red") + line(
        machine="HD-2", protocol="fax", link="ttyS0", parity=True, pace=0
    )
    assert refusals(text) == [
        "line 1 (HD 1), color: found “red”, expected a known key",
        "line 1 (HD 1), baud: found “9601”, expected one of 300, 600, 1200, 2400, 4800, 9600, "
        "19200, 38400, 57600, 115200",
        "line 1 (HD 1), machine: found “HD 1”, expected a code of letters, digits, . _ and -",
        "line 2 (HD-2), protocol: found “fax”, expected one of polled, pushed",
        "line 2 (HD-2), link: found “ttyS0”, expected one of /dev/..., socket://host:port, "
        "rfc2217://host:port, listen://host:port",
        "line 2 (HD-2), parity: found “True”, expected one of none, even, odd, mark, space",
        "line 2 (HD-2), pace: found “0”, expected 0.5 to 300.0 seconds",
    ]


def test_a_machine_or_a_port_given_twice_is_refused() -> None:
    text = line() + line(link="/dev/b") + line(machine="HD-2")
    assert refusals(text) == [
        "HD-1 stands at more than one line",
        "/dev/a is given to more than one machine",
    ]


def test_machines_that_call_the_same_port_need_a_serial_each() -> None:
    calls = "listen://0.0.0.0:6661"
    one = line(protocol="pushed", link=calls, serial="S1")
    other = line(protocol="pushed", link=calls, serial="S2", machine="HD-2")
    assert [found.there.way for found in read_lines(one + other, PROTOCOLS)] == [Way.LISTEN] * 2
    assert refusals(one + other.replace("S2", "S1")) == [
        f"{calls} is called by more than one machine; each needs a serial of its own"
    ]


def test_who_calls_must_be_listened_to_and_nobody_else() -> None:
    assert PUSHED.carrier is Carrier.TCP_SERVER
    assert "because the machine calls us" in refusals(line(protocol="pushed"))[0]
    assert "does not call us" in refusals(line(link="listen://0.0.0.0:1"))[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "there is no [[line]] in it"),
        ("line = 3", "there is no [[line]] in it"),
        ("line = [3]", "there is no [[line]] in it"),
        ("[[line]", "no valid TOML"),
        ("[wire]\n" + line(), "wire is not known; only [[line]] is"),
    ],
)
def test_what_is_no_file_of_lines_is_refused(text: str, reason: str) -> None:
    assert reason in refusals(text)[0]


@given(st.text(max_size=80) | st.text(max_size=40).map(lambda junk: line(machine=junk, link=junk)))
@settings(max_examples=150)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert read_lines(text, PROTOCOLS)
    except LinesRefused as refused:
        assert refused.reasons  # noqa: PT017
