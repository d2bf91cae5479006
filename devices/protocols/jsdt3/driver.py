"""What a reply of the JSDT common protocol, version 3, says, and the poll that asks for it.

Second hand: identifiers, widths and units are known from an implementation, corroborated by
the published number of items (32), not from the published document (Ver. 3.0 of 2007-12-10).
A reply names no machine, no date and no direction of an alarm, and its alarm flags are levels
at the moment of the poll: one that comes and goes between two polls is never seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from devices.protocols import fields
from devices.protocols.protocol import AlarmLevel, BloodPressure, Frame, Refused, Report
from domain.alarm import Direction
from domain.telemetry import MODE_OF, Phase

_POLL = b"K\r\n"

_CARRIED = (
    (b"K", "therapy_time_min", 1),
    (b"A", "uf_target_ml", 1000),
    (b"B", "uf_volume_ml", 1000),
    (b"C", "uf_rate_ml_h", 1000),
    (b"D", "blood_flow_ml_min", 1),
    (b"E", "anticoag_rate_ml_h", 1),
    (b"F", "dialysate_temp_c", 1),
    (b"G", "dialysate_cond_ms_cm", 1),
    (b"H", "venous_pressure_mmhg", 1),
    (b"I", "dialysate_pressure_mmhg", 1),
    (b"J", "tmp_mmhg", 1),
    (b"L", "dialysate_flow_ml_min", 1),
    (b"O", "substitution_target_l", 1),
    (b"P", "substitution_volume_l", 1),
    (b"Q", "substitution_rate_l_h", 1),
    (b"W", "anticoag_volume_ml", 1),
)
"""Identifier, quantity, and how many of our units the machine's is: volumes come in liters."""

_CUFF = (
    (b"T", "nibp_sys_mmhg", 1),
    (b"U", "nibp_dia_mmhg", 1),
    (b"V", "pulse_bpm", 1),
)
_ALARMS = {
    b"a": "temperature",
    b"b": "conductivity",
    b"c": "venous_pressure",
    b"d": "dialysate_pressure",
    b"e": "tmp",
    b"f": "air",
    b"g": "blood_leak",
    b"h": "machine",
    b"i": "blood_pressure",
}
_WIDTHS = {
    **dict.fromkeys((name for name, _, _ in (*_CARRIED, *_CUFF)), 5),
    **dict.fromkeys((b"M", b"N", *_ALARMS), 1),
    b"R": 5,
    b"S": 6,
}
_SELDOM = {name: _WIDTHS[name] for name in (b"M", b"N", b"R", b"S", b"T", b"U", b"V", *_ALARMS)}
"""What stays for minutes: flags, the way of treatment, the last blood pressure."""

_TIME = re.compile(rb"([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]")

_USUAL = {
    "venous_pressure": ("venous_pressure_mmhg", 60.0, 220.0),
    "tmp": ("tmp_mmhg", 10.0, 200.0),
    "temperature": ("dialysate_temp_c", 35.0, 38.0),
    "conductivity": ("dialysate_cond_ms_cm", 13.3, 14.7),
}
"""Outside of what is usual in a treatment, the side on which a raised alarm lies can be told;
general knowledge, no machine's limits, and only ever marked as inferred."""

QUANTITIES = frozenset(name for _, name, _ in (*_CARRIED, *_CUFF))
"""All that a reply can carry."""


class Driver:
    """Reads replies; sends the poll and nothing else."""

    def poll(self) -> bytes:
        """Asks for one reply. There is no address: one machine to a line."""
        return _POLL

    def interpret(self, frame: Frame) -> Report:
        """The reply in our units. Raises Refused if it holds no item that is known."""
        found, rest = fields.walk(frame.raw[5:-4], _WIDTHS)
        if not found:
            raise Refused("a reply without any known item")
        values, quality = fields.readings(found, _CARRIED)
        phase = Phase.TREATMENT if fields.flag(found.get(b"M", b"")) else None
        return Report(
            complete=True,
            values=values,
            quality=quality,
            mode=None if phase is None else MODE_OF[phase],
            phase=phase,
            levels=_levels(found, values, treating=phase is not None),
            blood_pressure=_blood_pressure(found),
            unparsed=rest,
            shape=f"K3::{fields.shape(found, rest, _SELDOM)}",
        )

    def answer(self, frame: Frame, at: datetime, accepted: bool) -> bytes:
        """A reply is not acknowledged."""
        del frame, at, accepted
        return b""


def _blood_pressure(found: Mapping[bytes, bytes]) -> BloodPressure | None:
    """The last cuff measurement, kept by the machine until the next one; its time has no
    date, so it only tells one from the next."""
    taken = found.get(b"S", b"")
    values, _ = fields.readings(found, _CUFF)
    if not values or not _TIME.fullmatch(taken):
        return None
    return BloodPressure(taken.decode("ascii"), values)


def _levels(
    found: Mapping[bytes, bytes], values: Mapping[str, float], treating: bool
) -> frozenset[AlarmLevel] | None:
    raised = fields.levels(found, _ALARMS)
    if raised is None:
        return None
    pumping = treating and values.get("blood_flow_ml_min", 0.0) > 0
    return frozenset(_level(code, values if pumping else {}) for code in raised)


def _level(code: str, values: Mapping[str, float]) -> AlarmLevel:
    """With its direction where the value gives it away. A stopped pump has changed the
    pressures, so then nothing is inferred."""
    quantity, low, high = _USUAL.get(code, ("", 0.0, 0.0))
    value = values.get(quantity)
    if value is None or low < value < high:
        return AlarmLevel(code)
    return AlarmLevel(code, Direction.LOW if value <= low else Direction.HIGH, inferred=True)
