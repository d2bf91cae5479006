"""`lines.toml`: which machine is at which line. Every fault is told at once, with its place."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from devices.links.link import Address, Handshake, Parity, Way, Wire, address
from devices.protocols.protocol import Carrier, Protocol, Standing
from devices.wire.topics import NAME
from domain.telemetry import Generation
from domain.words import Words, words

BAUDS = (300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200)
KEYS = ("machine", "protocol", "link", "baud", "bits", "parity", "stop", "handshake", "serial",
        "generation", "pace")  # fmt: skip
SHORTEST, LONGEST = 0.5, 300.0
"""Seconds between polls that make sense: a line of 9600 baud carries one reply a second."""

SERIAL = re.compile(r"[\x21-\x7e]{0,64}")
LINK_FORMS = "/dev/..., socket://host:port, rfc2217://host:port, listen://host:port"

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class LineSetting:
    """A machine at a line. `serial` is the machine's own number, by which machines that call
    the same port are told apart; `pace` the seconds between polls in a treatment."""

    machine: str
    protocol: Protocol
    link: str
    there: Address
    wire: Wire
    serial: str
    generation: Generation
    pace: float


class LinesRefused(Exception):
    """A file of lines that cannot be used; carries every reason."""

    def __init__(self, reasons: tuple[Words, ...]) -> None:
        super().__init__("; ".join(str(reason) for reason in reasons))
        self.reasons = reasons


def read_lines(text: str, protocols: Mapping[str, Protocol]) -> tuple[LineSetting, ...]:
    """The lines of a file's text. Raises LinesRefused with every fault in it."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LinesRefused((words("no valid TOML: {reason}", reason=str(error)),)) from None
    strange = [
        words("{key} is not known; only [[line]] is", key=key) for key in table if key != "line"
    ]
    rows = table.get("line")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or not rows:
        raise LinesRefused((*strange, words("there is no [[line]] in it")))
    entries = [_Entry(number, row, protocols) for number, row in enumerate(rows, start=1)]
    settings = [entry.read() for entry in entries]
    faults = [fault for entry in entries for fault in entry.faults]
    whole = [setting for setting in settings if setting is not None]
    if reasons := (*strange, *faults, *_clashes(whole)):
        raise LinesRefused(reasons)
    return tuple(whole)


class _Entry:
    """One `[[line]]` while it is read; collects what is wrong with it."""

    def __init__(self, number: int, row: dict[str, Any], protocols: Mapping[str, Protocol]) -> None:
        self._number = number
        self._row = row
        self._protocols = protocols
        self.faults: list[Words] = []

    def read(self) -> LineSetting | None:
        """The setting; `None` if something is wrong, which is then in `faults`."""
        for key in self._row.keys() - set(KEYS):
            self._wrong(key, words("a known key"))
        protocol, there = self._protocol(), self._address()
        wire = Wire(
            self._number_of("baud", 9600, BAUDS),
            self._number_of("bits", 8, (5, 6, 7, 8)),
            self._choice("parity", Parity.NONE),
            self._number_of("stop", 1, (1, 1.5, 2)),
            self._choice("handshake", Handshake.NONE),
        )
        machine = self._text("machine", NAME, words("a code of letters, digits, . _ and -"))
        serial = self._text("serial", SERIAL, words("text without spaces"), "")
        generation = self._choice("generation", Generation.REAL)
        pace = self._pace(protocol)
        if protocol is not None and there is not None:
            self._carried(protocol, there)
        if self.faults or protocol is None or there is None:
            return None
        link = str(self._row["link"])
        return LineSetting(machine, protocol, link, there, wire, serial, generation, pace)

    def _protocol(self) -> Protocol | None:
        usable = {
            name: one
            for name, one in self._protocols.items()
            if one.standing is not Standing.MISSING
        }
        found = usable.get(str(self._row.get("protocol")))
        if found is None:
            self._wrong("protocol", words("one of {choices}", choices=tuple(usable)))
        return found

    def _address(self) -> Address | None:
        link = self._row.get("link")
        found = address(link) if isinstance(link, str) else None
        if found is None:
            self._wrong("link", words("one of {choices}", choices=LINK_FORMS))
        return found

    def _carried(self, protocol: Protocol, there: Address) -> None:
        """A machine that calls us needs a port to call; another must be gone to."""
        calls = protocol.carrier is Carrier.TCP_SERVER
        if calls and there.way is not Way.LISTEN:
            self._wrong("link", words("listen://host:port, because the machine calls us"))
        if not calls and there.way is Way.LISTEN:
            self._wrong("link", words("a line, because the machine does not call us"))

    def _choice(self, key: str, default: _Choice) -> _Choice:
        kinds = type(default)
        value = self._row.get(key, default)
        if isinstance(value, str) and value in set(kinds):
            return kinds(value)
        self._wrong(key, words("one of {choices}", choices=tuple(str(one) for one in kinds)))
        return default

    def _number_of(self, key: str, default: Any, allowed: Sequence[float]) -> Any:
        value = self._row.get(key, default)
        if isinstance(value, bool) or value not in allowed:
            self._wrong(key, words("one of {choices}", choices=tuple(str(one) for one in allowed)))
        return value

    def _text(
        self, key: str, form: re.Pattern[str], expected: Words, default: str | None = None
    ) -> str:
        value = self._row.get(key, default)
        if not isinstance(value, str) or not form.fullmatch(value):
            self._wrong(key, expected)
            return ""
        return value

    def _pace(self, protocol: Protocol | None) -> float:
        value = self._row.get("pace", protocol.pace if protocol else SHORTEST)
        right = isinstance(value, int | float) and not isinstance(value, bool)
        if not right or not SHORTEST <= value <= LONGEST:
            self._wrong("pace", words("{low} to {high} seconds", low=SHORTEST, high=LONGEST))
            return SHORTEST
        return float(value)

    def _wrong(self, key: str, expected: Words) -> None:
        value = self._row.get(key, "")
        self.faults.append(
            words(
                "line {number} ({machine}), {key}: found “{value}”, expected {expected}",
                number=self._number,
                machine=str(self._row.get("machine", "?")),
                key=key,
                value=str(value),
                expected=expected,
            )
        )


def _clashes(lines: Sequence[LineSetting]) -> Iterator[Words]:
    """What is right by itself and wrong together: a name or a line given twice."""
    for machine in _repeated(line.machine for line in lines):
        yield words("{machine} stands at more than one line", machine=machine)
    for link in _repeated(line.link for line in lines):
        there = [line for line in lines if line.link == link]
        if there[0].there.way is not Way.LISTEN:
            yield words("{link} is given to more than one machine", link=link)
        elif len({line.protocol.name for line in there}) > 1:
            yield words("{link} is given to more than one protocol", link=link)
        elif len({line.serial for line in there} - {""}) < len(there):
            yield words(
                "{link} is called by more than one machine; each needs a serial of its own",
                link=link,
            )


def _repeated(names: Iterator[str]) -> list[str]:
    return sorted(name for name, times in Counter(names).items() if times > 1)
