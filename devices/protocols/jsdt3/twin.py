"""How a simulated machine speaks the JSDT common protocol, version 3.

Written from the same document as the driver and without looking at it: no table and no sum is
shared, so that a slip on one side shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from devices.protocols.display import shown
from devices.twin.truth import Truth
from domain.alarm import ALARM_KIND, Cause, MachineState
from domain.telemetry import Mode, Phase

EVERY_ITEM = "MKABCDEFGHIJLNOPQRSTUVWabcdefghi"

_NUMBERS: Mapping[str, tuple[str, int, float]] = {
    "K": ("therapy_time_min", 0, 1),
    "A": ("uf_target_ml", 2, 0.001),
    "B": ("uf_volume_ml", 2, 0.001),
    "C": ("uf_rate_ml_h", 2, 0.001),
    "D": ("blood_flow_ml_min", 0, 1),
    "E": ("anticoag_rate_ml_h", 1, 1),
    "F": ("dialysate_temp_c", 1, 1),
    "G": ("dialysate_cond_ms_cm", 1, 1),
    "H": ("venous_pressure_mmhg", 0, 1),
    "I": ("dialysate_pressure_mmhg", 0, 1),
    "J": ("tmp_mmhg", 0, 1),
    "L": ("dialysate_flow_ml_min", 0, 1),
    "O": ("substitution_target_l", 1, 1),
    "P": ("substitution_volume_l", 1, 1),
    "Q": ("substitution_rate_l_h", 2, 1),
    "T": ("nibp_sys_mmhg", 0, 1),
    "U": ("nibp_dia_mmhg", 0, 1),
    "V": ("pulse_bpm", 0, 1),
    "W": ("anticoag_volume_ml", 1, 1),
}
"""Item: the truth it shows, decimals, and one of our units in the display's."""
_LAMPS = {
    "a": "temperature",
    "b": "conductivity",
    "c": "venous_pressure",
    "d": "dialysate_pressure",
    "e": "tmp",
    "f": "air",
    "g": "blood_leak",
    "i": "blood_pressure",
}
_MODALITIES = {"HD": "0", "ECUM": "1", "IUF": "1", "HDF": "2", "HF": "3"}
_QUESTION = b"K\r\n"


class Face:
    """The machine's end of the line. Firmware differs in the items it knows."""

    def __init__(self, serial: str, items: str = EVERY_ITEM) -> None:
        self.serial = serial
        self._items = items
        self._heard = b""

    def hear(self, chunk: bytes, truth: Truth) -> bytes:
        """The reply to a poll, once it is whole; anything else is not understood. A machine
        that is off is silent."""
        heard = self._heard + chunk
        behind = heard.rpartition(_QUESTION)[2]
        self._heard = behind[-2:]
        if _QUESTION not in heard or not _on(truth):
            return b""
        return reply(truth, self._items)

    def speak(self, truth: Truth) -> bytes:
        """Never unasked."""
        del truth
        return b""


def reply(truth: Truth, items: str = EVERY_ITEM) -> bytes:
    """The frame. In treatment every item is there, blank where a sensor is off; at other
    times only what there is to say."""
    treating = truth.mode is Mode.TREATMENT
    said = ((item, _text(item, truth)) for item in items)
    body = "".join(item + text for item, text in said if treating or text.strip(" -"))
    head = f"K3{len(body):03d}{body}".encode("ascii")
    total = reduce(lambda sofar, byte: (sofar + byte) % 256, head, 0)
    return head + f"{total:02x}\r\n".encode("ascii")


def _text(item: str, truth: Truth) -> str:
    match item:
        case "M":
            return "1" if truth.mode is Mode.TREATMENT else "0"
        case "N":
            return _MODALITIES.get(truth.modality, " ")
        case "R":
            return "000.0"
        case "S":
            return truth.nibp_at.strftime("%H%M%S") if truth.nibp_at else "-" * 6
        case _ if item in _NUMBERS:
            return _number(item, truth)
        case _:
            return "1" if item in _lit(truth) else "0"


def _number(item: str, truth: Truth) -> str:
    name, decimals, unit = _NUMBERS[item]
    value = truth.values.get(name)
    return shown(None if value is None else value * unit, 5, decimals)


def _lit(truth: Truth) -> set[str]:
    """The alarm flags that are raised; what has none of its own raises the one for others."""
    flags = {code: item for item, code in _LAMPS.items()}
    return {
        flags.get(alarm.code, "h")
        for alarm in truth.alarms
        if alarm.state in (MachineState.ACTIVE, MachineState.LATCHED)
        and ALARM_KIND[alarm.code].cause is not Cause.ADVISORY
    }


def _on(truth: Truth) -> bool:
    return truth.powered and truth.phase is not Phase.OFF
