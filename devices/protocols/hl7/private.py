"""Keeps the patient of an HL7 message inside the driver. Whoever shows or keeps raw bytes shows
those of `without_patient`.
"""

from __future__ import annotations

import re

_SEGMENT = re.compile(rb"[^\r\n\x0b\x1c]+")
_MACHINES = (b"MSH", b"MSA", b"ERR", b"OBR", b"OBX", b"FHS", b"BHS", b"BTS", b"FTS")
"""Segments that say something of the machine, and of nobody."""

_WORD = re.compile(rb"[A-Za-z0-9_.^+-]{0,64}")
"""A coded value or a time. Free text may be about anybody."""

_NAME = re.compile(rb"[A-Z][A-Z0-9]{2}")


def without_patient(raw: bytes) -> bytes:
    """The message with the segments on the machine alone and without free text in them; of the
    others only what they are called, and of one that is called nothing not even that."""
    return _SEGMENT.sub(lambda found: _shown(found.group()), raw)


def _shown(segment: bytes) -> bytes:
    if segment.startswith(b"OBX"):
        fields = segment.split(b"|")
        if len(fields) > 5 and fields[2] != b"NM" and not _WORD.fullmatch(fields[5]):
            fields[5] = b"*"
        return b"|".join(fields)
    if segment.startswith(_MACHINES):
        return segment
    return segment[:3] if _NAME.fullmatch(segment[:3]) else b"*"
