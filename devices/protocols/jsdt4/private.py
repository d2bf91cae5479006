"""Keeps the patient of a version 4 frame inside the driver.

Every frame carries the patient's id, and the free text of an alarm may carry anything. Whoever
shows or keeps raw bytes shows those of `without_patient`.
"""

from __future__ import annotations

import re

from devices.protocols.jsdt4.codec import PATIENT

_FORM_OF_ADDRESS = re.compile(r"様|さま|さん|殿|氏|先生|患者")
_LONG_NUMBER = re.compile(r"[0-9０-９]{4,}")
_SHORTEST_ID = 3


def without_patient(raw: bytes) -> bytes:
    """The frame with `*` in place of the patient's id, wherever in it that stands, and of all
    that is not ASCII: the machine's words may name anybody."""
    shown = _masked(raw[: PATIENT.start] + b"*" * 12 + raw[PATIENT.stop :], raw)
    return bytes(byte if byte < 0x80 else 0x2A for byte in shown)


def rest_of(raw: bytes, rest: bytes) -> bytes:
    """Bytes of the frame `raw` that could not be read, without its patient's id."""
    return _masked(rest, raw)


def text_of(raw: bytes, text: bytes) -> str:
    """The machine's words from Shift-JIS: nothing if they address a person, and numbers as
    long as an id masked. A number alone does not tell whose it is."""
    said = _masked(text, raw).decode("shift_jis", "replace").strip(" \u3000\x00")
    return "" if _FORM_OF_ADDRESS.search(said) else _LONG_NUMBER.sub("***", said)


def _masked(part: bytes, raw: bytes) -> bytes:
    """Without the id, as it stands and without leading zeros; one of a letter or two would
    mask everything and tells nothing."""
    patient = raw[PATIENT].strip(b" ")
    for form in (patient, patient.lstrip(b"0")):
        if len(form) >= _SHORTEST_ID:
            part = part.replace(form, b"*" * len(form))
    return part
