"""What the messages of the JSDT common protocol, version 4, say, and their acknowledgement.

Second hand, see the tables. The machine speaks unasked; we answer `R4` or `E4` and nothing
else: conditions, comments and the clock could be written to a machine with this protocol, and
none of that is here. The patient's id that every frame carries is echoed to the machine, as the
protocol wants it, and goes nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from devices.protocols import fields
from devices.protocols.jsdt4 import items
from devices.protocols.jsdt4.codec import CLASS, PATIENT
from devices.protocols.jsdt4.private import rest_of, text_of
from devices.protocols.protocol import AlarmLevel, BloodPressure, Frame, Refused, Report
from domain.telemetry import MODE_OF, Phase

_ANSWERED = (b"MS", b"BP", b"AL", b"OL")
_PRINTABLE = re.compile(rb"[ -~]{12}")
_TIME = re.compile(rb"[0-9]{14}")
_CUFF_ITEM = re.compile(rb"(DA|DB|DC|DD)([ 0-9.+-]{1,14})")
_REMEMBERED = 16


class Driver:
    """Reads what a machine sends; acknowledges it and sends nothing else. Remembers which ids it
    has met, to tell that a frame speaks of another patient than the one before without saying
    of whom."""

    def __init__(self) -> None:
        self._met: dict[bytes, int] = {}

    def poll(self) -> bytes:
        """The machine speaks unasked."""
        return b""

    def interpret(self, frame: Frame) -> Report:
        """The message in our units. Raises Refused for a class that is not known."""
        report = _read(frame.raw)
        patient = self._number(frame.raw[PATIENT])
        return replace(report, shape=f"{frame.kind}:{patient}:{_shape(frame.raw)}")

    def _number(self, patient: bytes) -> int:
        """Which of the ids of this line it is, counted as they came."""
        if patient not in self._met and len(self._met) >= _REMEMBERED:
            del self._met[next(iter(self._met))]
        return self._met.setdefault(patient, max(self._met.values(), default=0) + 1)

    def answer(self, frame: Frame, at: datetime, accepted: bool) -> bytes:
        """`R4`, or `E4` for what was not accepted, with the message's own id and class;
        nothing to a class we do not know or an id that is no text."""
        del at
        patient, kind = frame.raw[PATIENT], frame.raw[CLASS]
        if kind not in _ANSWERED or not _PRINTABLE.fullmatch(patient):
            return b""
        said = (b"R4" if accepted else b"E4") + b"002" + patient + kind
        return said + b"%02x\r\n" % (sum(said) & 0xFF)


def _read(raw: bytes) -> Report:
    match raw[CLASS]:
        case b"MS":
            return _status(raw)
        case b"BP":
            return _cuff(raw)
        case b"AL":
            return _alarms(raw)
        case b"OL":
            return _operation(raw)
        case _:
            raise Refused("a message of an unknown class")


def _items(raw: bytes) -> bytes:
    return raw[CLASS.stop : -4]


def _shape(raw: bytes) -> str:
    """Of the items but for the machine's words; of an operation log none, since its table is not
    known to us."""
    match raw[CLASS]:
        case b"MS":
            return fields.shape(*fields.walk(_items(raw), items.STATUS_WIDTHS), items.SELDOM)
        case b"AL":
            found, rest = fields.walk(_items(raw), items.ALARM_WIDTHS)
            return fields.shape({**found, items.ALARM_TEXT: b""}, rest)
        case b"BP":
            return fields.shape({}, _items(raw))
        case _:
            return ""


def _status(raw: bytes) -> Report:
    """MS. Speaks of no alarm. Its clock (DA) is the wall's in a zone that the protocol does not
    name, so it is no moment: which one, the machine did not say."""
    found, rest = fields.walk(_items(raw), items.STATUS_WIDTHS)
    if not found:
        raise Refused("a status without any known item")
    values, quality = fields.readings(found, items.STATUS)
    phase = Phase.TREATMENT if fields.flag(found.get(b"CM", b"")) else None
    return Report(
        complete=True,
        values=values,
        quality=quality,
        mode=None if phase is None else MODE_OF[phase],
        phase=phase,
        unparsed=rest_of(raw, rest),
    )


def _cuff(raw: bytes) -> Report:
    """BP. The widths of its numbers are not known to us: each goes up to the next letter."""
    found: dict[bytes, bytes] = {}
    body, at = _items(raw), 0
    while (item := _CUFF_ITEM.match(body, at)) and item[1] not in found:
        found[item[1]] = item[2]
        at = item.end()
    values, _ = fields.readings(found, items.CUFF)
    taken = found.get(b"DA", b"")
    if not _TIME.fullmatch(taken):
        raise Refused("a blood pressure without the time it was taken")
    return Report(
        complete=False,
        blood_pressure=BloodPressure(taken.decode("ascii"), values) if values else None,
        unparsed=rest_of(raw, body[at:]),
    )


def _alarms(raw: bytes) -> Report:
    """AL: every alarm's flag as it now is, and words of the machine."""
    found, rest = fields.walk(_items(raw), items.ALARM_WIDTHS)
    raised = fields.levels(found, items.ALARMS)
    return Report(
        complete=False,
        levels=None if raised is None else frozenset(AlarmLevel(code) for code in raised),
        operation=text_of(raw, found.get(items.ALARM_TEXT, b"")),
        unparsed=rest_of(raw, rest),
    )


def _operation(raw: bytes) -> Report:
    """OL. Its table is not known to us, so that there was one is all that is said of it."""
    return Report(
        complete=False,
        operation="operation log, not read",
        unparsed=rest_of(raw, _items(raw)),
    )
