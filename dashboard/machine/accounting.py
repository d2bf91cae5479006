"""The books of telemetry as a screen shows them. Raw bytes are shown so that nothing in them is
taken for markup, and what cannot be printed stands as a code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from dashboard.planning.markup import Cell
from db.telemetry.accounts import QuarantinedGroup
from devices.protocols.protocol import Fault
from domain.telemetry import UNREGISTERED, Account
from domain.words import Words, words

_MOST_BYTES = 600
_PRINTED = range(0x20, 0x7F)


@dataclass(frozen=True, slots=True)
class Books:
    """What is in the telemetry database; `known` are the center's machines."""

    accounts: tuple[Account, ...]
    aside: tuple[QuarantinedGroup, ...]
    dropped: Mapping[str, int]
    known: frozenset[str]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Machines that speak and that the center does not have."""
        spoke = {one.machine for one in self.accounts}
        spoke |= {one.machine for one in self.aside if one.machine}
        return tuple(sorted(spoke - self.known))

    @property
    def wrong(self) -> tuple[str, ...]:
        """Machines whose books do not add up."""
        return tuple(one.machine for one in self.accounts if not one.adds_up)


FAULT_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        Fault.NOISE: words("noise"),
        Fault.LENGTH: words("wrong length"),
        Fault.CHECK: words("wrong check sum"),
        Fault.TRUNCATED: words("cut off"),
        Fault.OVERFLOW: words("too long"),
    }
)
_BY_GATEWAY, _BY_DATABASE = "the gateway could not take this: ", "the database refuses it: "


def reason_words(reason: str) -> Words:
    """Why a message was put aside, in words where the reason is one of ours; what a library said
    of it stays as it is."""
    if reason == UNREGISTERED:
        return words("this machine is not registered")
    told = reason.removeprefix(_BY_GATEWAY)
    fault = FAULT_WORDS.get(told.removeprefix("no frame (").removesuffix(")"))
    if fault is not None:
        return words("bytes that are no frame: {fault}", fault=fault)
    if told != reason:
        return words("the gateway could not take this: {reason}", reason=told)
    if reason.startswith(_BY_DATABASE):
        told = reason.removeprefix(_BY_DATABASE)
        return words("the database refuses it: {reason}", reason=told)
    return words("it cannot be read: {reason}", reason=reason)


def total(books: Iterable[Account]) -> Account:
    """All machines together."""
    rows = list(books)
    return Account(
        "",
        sum(one.accepted for one in rows),
        sum(one.stored for one in rows),
        sum(one.in_spool for one in rows),
        sum(one.quarantined for one in rows),
        sum(one.conflicts for one in rows),
        sum(one.lost for one in rows),
    )


def book_row(one: Account, known: frozenset[str]) -> tuple[Cell | Words | str, ...]:
    """A machine's line; what is lost or does not add up stands out."""
    name = one.machine if one.machine in known else words("{machine}, not registered",
                                                          machine=one.machine)  # fmt: skip
    counts = (one.accepted, one.stored, one.in_spool, one.quarantined)
    bad = (one.conflicts, one.lost)
    return (
        name,
        *(Cell(f"{count:,}", number=True) for count in counts),
        *(Cell(f"{count:,}", number=True, tone="bad" if count else "") for count in bad),
        words("yes") if one.adds_up else words("NO"),
    )


def bytes_shown(payload: bytes) -> str:
    """The bytes as HTML, the first few hundred of them."""
    text = "".join(chr(one) if one in _PRINTED else f"\\x{one:02x}"
                   for one in payload[:_MOST_BYTES])  # fmt: skip
    more = " ..." if len(payload) > _MOST_BYTES else ""
    return f'<pre class="mc-raw">{escape(text)}{more}</pre>'
