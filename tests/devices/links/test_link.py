"""How a link is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.links.link import Address, Way, address


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("/dev/serial/by-id/usb-A", Address(Way.PORT, device="/dev/serial/by-id/usb-A")),
        ("socket://10.0.0.7:4001", Address(Way.RAW, host="10.0.0.7", port=4001)),
        ("rfc2217://nport:950", Address(Way.TELNET, host="nport", port=950)),
        ("listen://0.0.0.0:6661", Address(Way.LISTEN, host="0.0.0.0", port=6661)),
        ("listen://127.0.0.1:0", Address(Way.LISTEN, host="127.0.0.1", port=0)),
    ],
)
def test_a_link_is_a_device_file_or_an_address(link: str, found: Address) -> None:
    assert address(link) == found


@pytest.mark.parametrize(
    "link",
    ["", "ttyUSB0", "port:///dev/x", "loop://", "spy:///dev/ttyS0", "socket://host", "socket://:1",
     "socket://host:0", "socket://host:99999", "socket://u:p@host:1", "socket://host:1/logging",
     "socket://host:1?logging=debug", "http://host:1"],
)  # fmt: skip
def test_anything_else_is_none(link: str) -> None:
    assert address(link) is None


@given(st.text(max_size=60))
def test_any_text_is_a_link_or_none(link: str) -> None:
    found = address(link)
    assert found is None or found.way in Way
