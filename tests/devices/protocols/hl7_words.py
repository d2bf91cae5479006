"""Small messages for the tests of HL7, and what our driver makes of them."""

from __future__ import annotations

from datetime import UTC, datetime

from devices.protocols.hl7.codec import MllpCodec
from devices.protocols.hl7.driver import Hl7Driver
from devices.protocols.protocol import Frame, Report

AT = datetime(2026, 3, 2, 2, 15, tzinfo=UTC)
PATIENT = "0000771234"
"""Made up."""

SENDER = "ACME^080019FFFE3ED02D^EUI-64"


def framed(*rows: str, end: str = "\r", encoding: str = "utf-8") -> bytes:
    """Rows as one MLLP block."""
    return b"\x0b" + "".join(row + end for row in rows).encode(encoding) + b"\x1c\x0d"


def header(kind: str = "ORU^R01^ORU_R01", control: str = "m-1", tail: str = "|||AL|NE") -> str:
    """The MSH segment of a message of the machine."""
    return rf"MSH|^~\&|{SENDER}||||20191003092006+0000||{kind}|{control}|P|2.6{tail}"


PID = f"PID|||{PATIENT}^^^^MR~Scrubber/SC678932^^^^U||Li^Ming"
OBR = f"OBR|1||t^{SENDER}|70929^MDC_DEV_HDIALY_MACHINE_MDS^MDC|||20191003092005+0000"


def status(*rows: str, control: str = "m-1") -> bytes:
    """A PCD-01 message of these OBX, without their name and number."""
    return framed(
        header(control=control), PID, OBR, *(f"OBX|{n}|{row}" for n, row in enumerate(rows, 1))
    )


def alarm(*rows: str, control: str = "a-1", at: str = "20191003092024+0000") -> bytes:
    """A PCD-04 message of these OBX."""
    return framed(
        header("ORU^R40^ORU_R40", control),
        PID,
        f"OBR|1||t^{SENDER}|196616^MDC_EVT_ALARM^MDC|||{at}",
        *(f"OBX|{n}|{row}" for n, row in enumerate(rows, 1)),
    )


def frame_of(raw: bytes) -> Frame:
    """The one frame in these bytes."""
    (piece,) = MllpCodec().feed(raw)
    assert isinstance(piece, Frame)
    return piece


def read(raw: bytes, driver: Hl7Driver | None = None) -> Report:
    """What the driver makes of it."""
    return (driver or Hl7Driver()).interpret(frame_of(raw))


def told(*rows: str) -> Report:
    """What the driver makes of a status of these OBX."""
    return read(status(*rows))
