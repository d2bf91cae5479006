"""Signs that a message is not as it was sent, or from somebody who writes another HL7.

TCP keeps damage away, and a program between the machine and us may not. What no machine can
mean spoils the whole message: a part of it is not worth more than the rest. A code that we do
not know or a unit that is not ours is no such sign; makers have their own, and it costs only
its own observation. Alarms are asked less: better one with a word that we do not know than none.
"""

from __future__ import annotations

import re

from devices.protocols.hl7 import mdc
from devices.protocols.hl7.er7 import Message, Row, Separators, Unfit, field, parts
from devices.protocols.hl7.status import Observation, observations
from domain.telemetry import Mode

_NAME = re.compile(r"[A-Z][A-Z0-9]{2}")
_NUMBER = re.compile(r"\d{0,4}")
_TYPES = frozenset({
    "", "AD", "CE", "CF", "CK", "CN", "CNE", "CP", "CWE", "CX", "DR", "DT", "DTM", "ED", "EI",
    "FT", "ID", "IS", "MA", "MO", "NA", "NM", "PN", "RP", "SN", "ST", "TM", "TN", "TS", "TX",
    "XAD", "XCN", "XON", "XPN", "XTN",
})  # fmt: skip
"""HL7 table 0125."""

_STATUS = frozenset("ABCDFINOPRSUVWX")
"""HL7 table 0085."""

_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_TOLD = {
    mdc.MODE: frozenset(Mode) | {""},
    mdc.BYPASS: frozenset({"T", "TRUE", "F", "FALSE", ""}),
    mdc.PUMP_ON: frozenset({"T", "TRUE", "F", "FALSE", ""}),
}
_FLAG = frozenset({"T", "TRUE", "F", "FALSE", "START", "CONTINUE", "END", ""})


def refuse_damaged(message: Message, is_status: bool) -> None:
    """Raises Unfit with the place of the first thing that cannot be."""
    if not all(_NAME.fullmatch(row[0]) for row in message.rows):
        raise Unfit(100, "", "a segment without a name")
    if is_status:
        for one in observations(message.rows, message.separators):
            _refuse(one.row)
            _refuse_word(one, message.separators)


def _refuse(row: Row) -> None:
    """An OBX that says what it is about, in a type that there is, up to its status."""
    if len(row) < 12:
        raise Unfit(101, "OBX^1^11", "an observation that is cut off")
    if field(row, 11).strip() not in _STATUS:
        raise Unfit(103, "OBX^1^11", "a result in no status that there is")
    if field(row, 2).strip().upper() not in _TYPES or not _NUMBER.fullmatch(field(row, 1).strip()):
        raise Unfit(103, "OBX^1^2", "a value of no type that there is")
    if any(_UNREADABLE in text for text in (*row[1:5], *row[6:12])):
        raise Unfit(102, "OBX^1", "characters that there are not")


def _refuse_word(one: Observation, separators: Separators) -> None:
    event = mdc.EVENTS.get(one.term.code)
    words = _FLAG if event is not None and event.flagged else _TOLD.get(one.term.code)
    if words is not None and parts(one.value, separators)[0].upper() not in words:
        raise Unfit(103, "OBX^1^5", "a word that is none of those there are")
