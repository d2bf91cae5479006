"""The HL7 haemodialysis guide as a row of the list of protocols."""

from __future__ import annotations

from devices.protocols.hl7.codec import MllpCodec
from devices.protocols.hl7.driver import Hl7Driver
from devices.protocols.hl7.mdc import QUANTITY_NAMES
from devices.protocols.hl7.private import without_patient
from devices.protocols.hl7.twin import PACE, Face
from devices.protocols.protocol import Carrier, Check, Protocol, Standing
from domain.words import words

PROTOCOL_ROW = Protocol(
    name="hl7",
    title=words("HL7 v2.6 dialysis machine guide (PCD-01, PCD-04)"),
    carrier=Carrier.TCP_SERVER,
    standing=Standing.PRIMARY,
    source="Dialysis Machine HL7 Implementation Guide, Rev 4.0, 2023-03-29",
    verified_against="the seven PCD messages printed in the guide, read without a remainder, and "
    "messages typed by hand after them, with its misprints",
    captured_from="",
    quantities=QUANTITY_NAMES,
    pace=PACE,
    patience=15.0,
    codec=MllpCodec,
    driver=Hl7Driver,
    face=Face,
    check=Check.CARRIER,
    veil=without_patient,
)
