"""What an HL7 message says, in our words; and the answer to it.

A driver is made for each connection and remembers three things of it: of each machine which
event flags stood and which alarms are raised, and the last messages that were accepted,
because a machine that missed our answer sends the same again. The patient's id stands in PID-3
before the machine's own; it is not read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import TypeVar

from devices.protocols.hl7.acknowledgement import (
    NOT_KEPT,
    REPORTS,
    acknowledgement,
    can_be_echoed,
    kind,
)
from devices.protocols.hl7.alarm import Raised, edges
from devices.protocols.hl7.codec import BATCHED, ENVELOPE
from devices.protocols.hl7.er7 import (
    Message,
    Unfit,
    moment,
    parts,
    read,
    read_header,
)
from devices.protocols.hl7.er7 import field as said
from devices.protocols.hl7.flags import Flags
from devices.protocols.hl7.intact import refuse_damaged
from devices.protocols.hl7.status import observations, status
from devices.protocols.protocol import Frame, Refused, Report

K = TypeVar("K")
V = TypeVar("V")
REMEMBERED = 64
"""Messages, and machines, of one connection."""

LONGEST_SERIAL = 64
NOTHING = Report(complete=False)


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a machine: which of its event flags stood, and which alarms it
    has raised."""

    flags: Flags = field(default_factory=Flags)
    raised: Raised = field(default_factory=Raised)


class Hl7Driver:
    """See `Driver`."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}
        self._accepted: dict[bytes, None] = {}

    def poll(self) -> bytes:
        """Nothing: the machine speaks unasked."""
        return b""

    def interpret(self, frame: Frame) -> Report:
        """The report of a message; an empty one for a batch's envelope, an acknowledgement,
        and a message that has been accepted before. Raises Refused, also for the messages of a
        batch: they say what was, and all that we take is what is."""
        if frame.kind in ENVELOPE:
            return NOTHING
        try:
            message = _readable(frame)
            if _digest(frame) in self._accepted:
                return Report(complete=False, serial=_serial(message))
            match kind(message):
                case ("ORU", "R01"):
                    return self._status(message)
                case ("ORU", "R40"):
                    return self._alarm(message)
                case _:
                    return NOTHING
        except Unfit as fault:
            raise Refused(str(fault)) from None

    def answer(self, frame: Frame, at: datetime, accepted: bool) -> bytes:
        """AA for what was accepted, now or before; else AE or AR with the fault, or with 207
        where it was ours. Where there is no header there is nobody to answer."""
        if frame.kind in ENVELOPE:
            return b""
        try:
            header = read_header(frame.raw)
        except Unfit:
            return b""
        digest = _digest(frame)
        if (accepted and kind(header) in REPORTS) or digest in self._accepted:
            _remember(self._accepted, digest, None)
            return acknowledgement(header, at, None)
        return acknowledgement(header, at, _fault(frame) or NOT_KEPT)

    def _status(self, message: Message) -> Report:
        found = observations(message.rows, message.separators)
        told = status(found, message.separators)
        serial = _serial(message) or told.serial[:LONGEST_SERIAL]
        edges, cleared = self._machine(serial).flags.told(found)
        return Report(
            complete=True,
            values=told.values,
            quality=told.quality,
            mode=told.mode,
            phase=told.phase,
            bypass=told.bypass,
            edges=edges,
            cleared=cleared,
            blood_pressure=told.cuff(),
            device_time=_when(message),
            serial=serial,
            unparsed="\r".join(told.strange).encode("utf-8", "replace"),
        )

    def _alarm(self, message: Message) -> Report:
        at, serial = _when(message), _serial(message)
        machine = self._machine(serial)
        told = edges(observations(message.rows, message.separators), message.separators)
        for one in told:
            machine.flags.leave(one.edge.code)
        return Report(
            complete=False,
            edges=tuple(machine.raised.settled(one, at) for one in told),
            device_time=at,
            serial=serial,
        )

    def _machine(self, serial: str) -> Known:
        known = self._known.get(serial) or Known()
        _remember(self._known, serial, known)
        return known


def _remember(memory: dict[K, V], key: K, value: V) -> None:
    """As the newest of so many."""
    memory.pop(key, None)
    memory[key] = value
    if len(memory) > REMEMBERED:
        del memory[next(iter(memory))]


def _digest(frame: Frame) -> bytes:
    return blake2b(frame.raw, digest_size=16).digest()


def _readable(frame: Frame) -> Message:
    """A message that we can take for what it says it is. Raises Unfit."""
    message = read(frame.raw)
    name, event = kind(message)
    if name in {"ACK", "ORA"}:
        return message
    if not message.said(10).strip():
        raise Unfit(101, "MSH^1^10", "no message id")
    if not can_be_echoed(message.said(10)):
        raise Unfit(102, "MSH^1^10", "a message id that cannot be echoed")
    if name != "ORU":
        raise Unfit(200, "MSH^1^9", "no report")
    if (name, event) not in REPORTS:
        raise Unfit(201, "MSH^1^9", "no report of a status or an alarm")
    if not message.said(12).startswith("2."):
        raise Unfit(203, "MSH^1^12", "no version 2")
    if parts(message.said(11), message.separators)[0] not in {"", "P"}:
        raise Unfit(202, "MSH^1^11", "for training or for debugging")
    if frame.kind.startswith(BATCHED):
        raise Unfit(200, "", "part of a batch: what was is not taken for what is")
    if not any(row[0] == "OBX" for row in message.rows):
        raise Unfit(100, "OBX^1", "a report without an observation")
    refuse_damaged(message, (name, event) == ("ORU", "R01"))
    return message


def _fault(frame: Frame) -> Unfit | None:
    """Why a message cannot be, if it cannot."""
    try:
        message = _readable(frame)
        if kind(message) == ("ORU", "R40"):
            edges(observations(message.rows, message.separators), message.separators)
    except Unfit as fault:
        return fault
    return None


def _when(message: Message) -> datetime | None:
    """The machine's time of what it says: OBR-7, else that of the message."""
    sent = message.said(7)
    orders = (said(row, 7) for row in message.rows if row[0] == "OBR")
    found = (moment(text.strip(), sent.strip()) for text in (*orders, sent) if text.strip())
    return next((when for when in found if when is not None), None)


def _serial(message: Message) -> str:
    """Of PID-3 the repetition of type U alone, `model/serial`: the machine's, not the
    patient's. It stands in both kinds of message; the serial number among the observations
    only in one."""
    cut = message.separators
    for row in message.rows:
        if row[0] == "PID":
            for one in said(row, 3).split(cut.repetition):
                names = parts(one, cut) if one.endswith(cut.component + "U") else ()
                if len(names) == 5:
                    return names[0].rpartition("/")[2][:LONGEST_SERIAL]
    return ""
