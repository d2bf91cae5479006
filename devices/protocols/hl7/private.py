"""Keeps the patient of an HL7 message inside the driver. Whoever shows or keeps raw bytes shows
those of `without_patient`.
"""

from __future__ import annotations

import re

_PATIENT = re.compile(rb"(?:(?<=[\r\n\x0b])|\A)(PID|PD1|NK1|PV1|PV2|GT1|IN1|NTE)[^\r\n\x1c]*")


def without_patient(raw: bytes) -> bytes:
    """The message without what its segments on the patient say, and without free notes."""
    return _PATIENT.sub(rb"\1", raw)
