"""Frames of the JSDT common protocol, version 3: `K3`, three digits for the length of the
items, the items, two hexadecimal digits of the sum, CR LF.

Second hand: to be confirmed with the published document.
"""

from __future__ import annotations

from devices.protocols.resync import Layout, Resynchronizer

_REPLY = "K3"
_LAYOUT = Layout(start=b"K3", between=0, least=2, kind=lambda _: _REPLY)


def codec() -> Resynchronizer:
    """One for a line. Only replies to a poll are frames; what belongs to settings is not
    ours to read."""
    return Resynchronizer(_LAYOUT)
