"""Every protocol there is, and those there cannot be without a manual. Adding one is its folder
and a line in here.
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.protocols.hl7 import row as hl7
from devices.protocols.jsdt3 import row as jsdt3
from devices.protocols.jsdt4 import row as jsdt4
from devices.protocols.protocol import Protocol, Standing
from domain.words import Words, words

PROTOCOLS: tuple[Protocol, ...] = (
    jsdt3.PROTOCOL_ROW,
    jsdt4.PROTOCOL_ROW,
    hl7.PROTOCOL_ROW,
)

PROTOCOL: dict[str, Protocol] = {protocol.name: protocol for protocol in PROTOCOLS}


@dataclass(frozen=True, slots=True)
class Missing:
    """A protocol whose document we do not have. Nothing of it is guessed: it has no codec and
    no driver, and a line that asks for it is refused."""

    name: str
    title: Words
    source: str
    standing: Standing = Standing.MISSING


MISSING: tuple[Missing, ...] = (
    Missing(
        "fresenius2008",
        words("Fresenius 2008 Remote Protocol"),
        "document 490224 of the manufacturer; only its contents list is public: two modes, "
        "commands with group and field codes, none of which may be invented",
    ),
)


class NoProtocol(Exception):
    """A name that no line can be read with; `said` tells the user why."""

    def __init__(self, said: Words) -> None:
        super().__init__(str(said))
        self.said = said


def protocol(name: str) -> Protocol:
    """The protocol of this name. Raises NoProtocol for one that is unknown or missing."""
    missing = next((row for row in MISSING if row.name == name), None)
    if missing is not None:
        raise NoProtocol(words("{protocol} needs manual", protocol=missing.title))
    if name not in PROTOCOL:
        known = ", ".join(PROTOCOL)
        raise NoProtocol(
            words("no protocol is called {name}; there are {known}", name=name, known=known)
        )
    return PROTOCOL[name]
