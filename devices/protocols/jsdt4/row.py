"""Version 4 of the JSDT common protocol as a row of the list of protocols."""

from __future__ import annotations

from devices.protocols.jsdt4.codec import codec
from devices.protocols.jsdt4.driver import Driver
from devices.protocols.jsdt4.items import QUANTITIES
from devices.protocols.jsdt4.private import without_patient
from devices.protocols.jsdt4.twin import PERIOD, Face
from devices.protocols.protocol import Carrier, Protocol, Standing
from domain.words import words

PROTOCOL_ROW = Protocol(
    name="jsdt4",
    title=words("JSDT common dialysis protocol, version 4"),
    carrier=Carrier.SERIAL,
    standing=Standing.SECOND_HAND,
    source="framing, classes and items from an implementation, not from the document (Ver. 4.0, "
    "J. Jpn Soc Dial Ther 50(6): 343-362, 2017); the operation log (OL) is not read",
    verified_against="frames built by hand from the framing rule, both ways",
    captured_from="",
    quantities=QUANTITIES,
    pace=PERIOD,
    patience=30.0,
    codec=codec,
    driver=Driver,
    face=Face,
    veil=without_patient,
)
