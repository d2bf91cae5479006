"""Frames of the JSDT common protocol, version 4, as the machine sends them: `S4`, three digits
for the length of class and items, twelve characters of the patient's id, two letters for the
class, the items, two hexadecimal digits of the sum, CR LF.

Second hand: to be confirmed with the published document (2017).
"""

from __future__ import annotations

from devices.protocols.resync import Layout, Resynchronizer

PATIENT = slice(5, 17)
"""Where the patient's id stands in a frame."""
CLASS = slice(17, 19)
"""Where the class of the message stands."""
_LAYOUT = Layout(
    start=b"S4", between=12, least=2, kind=lambda raw: raw[CLASS].decode("ascii", "replace")
)


def codec() -> Resynchronizer:
    """One for a line. The kind of a frame is its class: MS, BP, AL, OL."""
    return Resynchronizer(_LAYOUT)
