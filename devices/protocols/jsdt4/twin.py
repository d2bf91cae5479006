"""How a simulated machine speaks the JSDT common protocol, version 4.

Written without looking at the driver: no table and no sum is shared. It sends a status every
few seconds, a blood pressure when one was taken, and all alarm flags when one changed; the last
two again with every status until they are acknowledged. An operation log is not sent: what
stands in one is not known to us.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import reduce

from devices.protocols.display import shown
from devices.twin.truth import Truth
from domain.alarm import ALARM_KIND, Cause, MachineState
from domain.telemetry import Mode, Phase

PERIOD = 10.0
"""Seconds between two status messages; ours, the document's is not known to us."""

_NUMBERS: tuple[tuple[str, str, int, int, float], ...] = (
    ("CK", "therapy_time_min", 4, 0, 1),
    ("CA", "uf_target_ml", 4, 2, 0.001),
    ("CB", "uf_volume_ml", 4, 2, 0.001),
    ("CC", "uf_rate_set_ml_h", 4, 2, 0.001),
    ("DD", "uf_rate_ml_h", 4, 2, 0.001),
    ("CD", "blood_flow_set_ml_min", 3, 0, 1),
    ("DE", "blood_flow_ml_min", 3, 0, 1),
    ("CE", "anticoag_rate_ml_h", 4, 1, 1),
    ("DF", "anticoag_volume_ml", 4, 1, 1),
    ("DG", "dialysate_temp_c", 4, 1, 1),
    ("DH", "dialysate_cond_ms_cm", 4, 1, 1),
    ("CH", "venous_pressure_mmhg", 4, 0, 1),
    ("CI", "dialysate_pressure_mmhg", 6, 0, 1),
    ("CJ", "tmp_mmhg", 4, 0, 1),
    ("DI", "inlet_pressure_mmhg", 4, 0, 1),
    ("DJ", "arterial_pressure_mmhg", 4, 0, 1),
    ("CL", "dialysate_flow_ml_min", 4, 0, 1),
    ("CO", "substitution_target_l", 4, 1, 1),
    ("CQ", "substitution_rate_l_h", 4, 2, 1),
    ("CP", "substitution_volume_l", 4, 1, 1),
)
"""Item: the truth it shows, width, decimals, and one of our units in the display's."""
_LAMPS = {
    "conductivity": "DB",
    "venous_pressure": "DC",
    "dialysate_pressure": "DD",
    "tmp": "DE",
    "inlet_pressure": "DF",
    "arterial_pressure": "DG",
    "air": "DH",
    "blood_leak": "DI",
    "temperature": "DJ",
    "blood_pressure": "DK",
}
_OTHER_ALARM, _OTHER_NOTICE = "DM", "DR"
_ALL_LAMPS = (*_LAMPS.values(), _OTHER_ALARM, "DO", "DP", "DQ", _OTHER_NOTICE)
_WORDS = {
    "DB": "濃度異常",
    "DC": "静脈圧異常",
    "DD": "透析液圧異常",
    "DE": "TMP異常",
    "DF": "ダイアライザ入口圧異常",
    "DG": "脱血圧異常",
    "DH": "気泡検知",
    "DI": "漏血検知",
    "DJ": "液温異常",
    "DK": "血圧異常",
    "DM": "その他の警報",
    "DR": "その他の報知",
}
_MODALITIES = {"HD": "0", "ECUM": "1", "IUF": "1", "HDF": "2", "HF": "3"}
_LONGEST_ANSWER = 23


class Face:
    """The machine's end of the line."""

    def __init__(self, serial: str) -> None:
        self.serial = serial
        self._heard = b""
        self._start()

    def _start(self) -> None:
        """As after power on: nothing said yet."""
        self._beat: float | None = None
        self._cuff: datetime | None = None
        self._lamps: frozenset[str] = frozenset()
        self._open: dict[str, bytes] = {}

    def hear(self, chunk: bytes, truth: Truth) -> bytes:
        """Takes acknowledgements; has no answer to anything."""
        del truth
        self._heard = (self._heard + chunk)[-8 * _LONGEST_ANSWER :]
        *lines, self._heard = self._heard.split(b"\r\n")
        for line in lines:
            if line[-21:-19] == b"R4":
                self._open.pop(line[-4:-2].decode("ascii", "replace"), None)
        return b""

    def speak(self, truth: Truth) -> bytes:
        """What has come up since the last call. A machine that is off is silent and forgets."""
        if not truth.powered or truth.phase is Phase.OFF:
            self._start()
            return b""
        told = self._came_up(truth)
        self._open.update(told)
        if self._beat is not None and 0 <= truth.seconds - self._beat < PERIOD:
            return b"".join(told.values())
        self._beat = truth.seconds
        return b"".join(self._open.values()) + framed(truth.patient, "MS", status(truth))

    def _came_up(self, truth: Truth) -> dict[str, bytes]:
        """Messages by class for what has changed."""
        told: dict[str, bytes] = {}
        lamps = _lit(truth)
        if lamps != self._lamps:
            self._lamps = lamps
            told["AL"] = framed(truth.patient, "AL", alarms(truth, lamps))
        if truth.nibp_at is not None and truth.nibp_at != self._cuff:
            self._cuff = truth.nibp_at
            told["BP"] = framed(truth.patient, "BP", cuff(truth))
        return told


def framed(patient: str, kind: str, items: bytes) -> bytes:
    """A whole frame. The id is right-aligned and not counted."""
    head = f"S4{len(kind) + len(items):03d}{patient[-12:]:>12}{kind}".encode("ascii", "replace")
    total = reduce(lambda sofar, byte: (sofar + byte) % 256, head + items, 0)
    return head + items + f"{total:02x}\r\n".encode("ascii")


def status(truth: Truth) -> bytes:
    """Items of MS. In treatment all are there, blank where a sensor is off."""
    treating = truth.mode is Mode.TREATMENT
    numbers = ((row[0], _number(truth.values, *row[1:])) for row in _NUMBERS)
    said = [f"CM{int(treating)}", f"CN{_MODALITIES.get(truth.modality, ' ')}"]
    said += [name + text for name, text in numbers if treating or text.strip()]
    said.append(f"DA{truth.clock:%Y%m%d%H%M%S}")
    return "".join(said).encode("ascii")


def cuff(truth: Truth) -> bytes:
    """Items of BP."""
    parts = (("DB", "nibp_sys_mmhg"), ("DC", "nibp_dia_mmhg"), ("DD", "pulse_bpm"))
    numbers = "".join(name + shown(truth.values.get(what), 4, 0) for name, what in parts)
    return f"DA{truth.nibp_at:%Y%m%d%H%M%S}{numbers}".encode("ascii")


def alarms(truth: Truth, lamps: frozenset[str]) -> bytes:
    """Items of AL, with the machine's words for one that is lit."""
    flags = "".join(f"{name}{int(name in lamps)}" for name in _ALL_LAMPS)
    text = next((_WORDS[name] for name in _ALL_LAMPS if name in lamps), "").encode("shift_jis")
    return f"DA{truth.clock:%Y%m%d%H%M%S}{flags}02".encode("ascii") + text.ljust(50)


def _number(values: Mapping[str, float], what: str, width: int, decimals: int, unit: float) -> str:
    value = values.get(what)
    return shown(None if value is None else value * unit, width, decimals)


def _lit(truth: Truth) -> frozenset[str]:
    """The flags that are raised; what has none of its own raises one of those for others."""
    return frozenset(
        _OTHER_NOTICE
        if ALARM_KIND[alarm.code].cause is Cause.ADVISORY
        else _LAMPS.get(alarm.code, _OTHER_ALARM)
        for alarm in truth.alarms
        if alarm.state in (MachineState.ACTIVE, MachineState.LATCHED)
    )
