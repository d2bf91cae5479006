"""Version 3 of the JSDT common protocol as a row of the list of protocols."""

from __future__ import annotations

from devices.protocols.jsdt3.codec import codec
from devices.protocols.jsdt3.driver import QUANTITIES, Driver
from devices.protocols.jsdt3.twin import Face
from devices.protocols.protocol import Carrier, Protocol, Standing
from domain.words import words

PROTOCOL_ROW = Protocol(
    name="jsdt3",
    title=words("JSDT common dialysis protocol, version 3"),
    carrier=Carrier.SERIAL,
    standing=Standing.SECOND_HAND,
    source="framing and items from an implementation; the number of items (32) and the poll "
    "corroborated by publications on Ver. 3.0 (Japanese Society for Dialysis Therapy, 2007-12-10)",
    verified_against="frames built by hand from the framing rule, both ways",
    captured_from="",
    quantities=QUANTITIES,
    pace=5.0,
    patience=1.0,
    codec=codec,
    driver=Driver,
    face=Face,
    veil=bytes,
)
