"""What we answer: ACK^R01 to a status, ORA^R41 to an alarm, AA or AE or AR and why.

Besides polls of other protocols these are the only bytes that ever go to a machine. Written
in the machine's own separators, so that what is echoed stands as it was sent. The guide's
machines take the original mode (AA, AE, AR) whatever MSH-15 and MSH-16 say; its own examples
ask for `AL|NE` and are answered so.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b

from devices.protocols.hl7.codec import END, START
from devices.protocols.hl7.er7 import VERSION, Message, Unfit, parts

US = "CLEARSHIFT"
LONGEST_ID = 199
INTERNAL = 207
_CONDITIONS = {
    100: "Segment sequence error",
    101: "Required field missing",
    102: "Data type error",
    103: "Table value not found",
    200: "Unsupported message type",
    201: "Unsupported event code",
    202: "Unsupported processing id",
    203: "Unsupported version id",
    INTERNAL: "Application internal error",
}
"""HL7 table 0357."""

NOT_KEPT = Unfit(INTERNAL, "", "it could not be kept")
"""The message is right, but we could not store it: the machine is to send it again."""

REPORTS = frozenset({("ORU", "R01"), ("ORU", "R40")})


def kind(message: Message) -> tuple[str, str]:
    """MSH-9: the message's type and event."""
    names = (*parts(message.said(9), message.separators), "", "")
    return names[0].upper(), names[1].upper()


def acknowledgement(message: Message, at: datetime, fault: Unfit | None) -> bytes:
    """The framed answer to a message; `at` is our time of it. Nothing to an acknowledgement,
    and nothing where the message has no id that could be echoed."""
    control = message.said(10)
    name, event = kind(message)
    if name in {"ACK", "ORA", "RSP"} or not can_be_echoed(control):
        return b""
    rows = [_header(message, at, name, event), ("MSA", _verdict(fault), control)]
    if fault is not None:
        rows.append(_error(fault, message.separators.component))
    text = "".join(message.separators.field.join(row) + "\r" for row in rows)
    return START + text.encode("utf-8", "replace") + END


def _header(message: Message, at: datetime, name: str, event: str) -> tuple[str, ...]:
    cut = message.separators
    reply = ("ORA", "R41", "ORA_R41") if (name, event) == ("ORU", "R40") else ("ACK", event, "ACK")
    now = at.astimezone(UTC)
    return (
        "MSH",
        cut.component + cut.repetition + cut.escape + cut.subcomponent,
        _echo(message, 5) or US,
        _echo(message, 6),
        _echo(message, 3),
        _echo(message, 4),
        f"{now:%Y%m%d%H%M%S}+0000",
        "",
        cut.component.join(part for part in reply if part),
        f"{now:%Y%m%d%H%M%S%f}{_mark(message.said(10))}",
        "P",
        VERSION,
        *("", "", "NE", "NE"),
    )


def can_be_echoed(control: str) -> bool:
    """True for an id that does not break what it is put into."""
    return 0 < len(control.strip()) <= len(control) <= LONGEST_ID and control.isprintable()


def _echo(message: Message, number: int) -> str:
    text = message.said(number)
    return text if can_be_echoed(text) else ""


def _mark(control: str) -> str:
    """Tells answers of the same instant apart."""
    return blake2b(control.encode("utf-8", "replace"), digest_size=4).hexdigest()


def _verdict(fault: Unfit | None) -> str:
    if fault is None:
        return "AA"
    return "AE" if fault.code < 200 else "AR"


def _error(fault: Unfit, component: str) -> tuple[str, ...]:
    condition = (str(fault.code), _CONDITIONS[fault.code], "HL70357")
    return ("ERR", "", fault.place.replace("^", component), component.join(condition), "E")
