"""Raw bytes for people: as text, and without what may name a patient.

Where it is known what a frame is, its protocol knows where the patient stands in it. Bytes that
are no frame may hold an id or a name anywhere, so of them only the form is shown.
"""

from __future__ import annotations

import re

_FORM = bytes.maketrans(
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + bytes(range(0x80, 0x100)),
    b"0" * 10 + b"A" * 26 + b"a" * 26 + b"~" * 128,
)
_START = re.compile(rb"(?:\A|(?<=[\x00-\x1f]))(?:[KSRE][34]|MSH|OBX|OBR|FHS|BHS)")


def veiled(raw: bytes) -> bytes:
    """Any bytes, as long as they were: digits become 0, letters A or a, all above ASCII ~. How
    a frame or a segment of the protocols that we know begins is left."""
    form = bytearray(raw.translate(_FORM))
    for start in _START.finditer(raw):
        form[start.start() : start.end()] = start.group()
    return bytes(form)


def printable(raw: bytes, most: int) -> str:
    """The first `most` bytes as text: ASCII as it is, all else as hexadecimal escapes."""
    shown = "".join(
        chr(byte) if 0x20 <= byte < 0x7F and byte != 0x5C else f"\\x{byte:02x}"
        for byte in raw[:most]
    )
    return shown + ("..." if len(raw) > most else "")
