"""What can be done to a simulated machine's line, as one line of JSON each:

    {"machine": "HD-03", "line": "pull"}
    {"machine": "HD-03", "line": "garble", "seconds": 20}

The machine's own troubles (a kinked tube, a failing heater) are in `script.py`.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 86_400.0
"""Seconds; a day is more than any test needs, and keeps a slip of the pen from being a week."""


class Trouble(StrEnum):
    """What happens. `pull` and `plug` are the cable; for `seconds`, `garble` flips bits in
    every message, `silence` lets none come, `slow` keeps each back; `duplicate` says another
    machine's serial number; `clock` sets the machine's clock forward (or back) by `seconds`;
    `reboot` is a loss of power that lasts `seconds`; `forward` lets `seconds` pass at once."""

    PULL = "pull"
    PLUG = "plug"
    GARBLE = "garble"
    SILENCE = "silence"
    SLOW = "slow"
    DUPLICATE = "duplicate"
    CLOCK = "clock"
    REBOOT = "reboot"
    FORWARD = "forward"


_USUAL_SECONDS = {
    Trouble.GARBLE: 30.0,
    Trouble.SILENCE: 30.0,
    Trouble.SLOW: 30.0,
    Trouble.CLOCK: 3_600.0,
    Trouble.REBOOT: 20.0,
    Trouble.FORWARD: 60.0,
}
_SLOWNESS = 2.0
"""Seconds by which a slow machine is late, if nobody says."""


@dataclass(frozen=True, slots=True)
class LineFault:
    """One trouble of one machine. `seconds` as its kind says; `delay` is a slow machine's
    lateness in seconds; `serial` whose number a duplicate says."""

    machine: str
    trouble: Trouble
    seconds: float = 0.0
    delay: float = _SLOWNESS
    serial: str = ""


class WrongFault(ValueError):
    """A line that is no fault; says what was expected."""


def is_line_fault(row: object) -> bool:
    """True if a parsed line of JSON means the line, not the machine."""
    return isinstance(row, dict) and "line" in row


def parse_line_fault(text: str) -> LineFault:
    """Reads one line of JSON. Raises WrongFault."""
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        raise WrongFault("a line of JSON was expected") from None
    return line_fault(row)


def line_fault(row: object) -> LineFault:
    """A fault from a parsed line. Raises WrongFault for anything missing, unknown or absurd."""
    if not isinstance(row, dict):
        raise WrongFault("a JSON object was expected")
    stray = sorted(set(row) - {"machine", "line", "seconds", "delay", "serial"})
    if stray:
        raise WrongFault(f"{stray[0]!r} is not known; expected machine, line, seconds, delay, "
                         "serial")  # fmt: skip
    trouble = _trouble(row.get("line"))
    seconds = _number(row, "seconds", _USUAL_SECONDS.get(trouble, 0.0))
    if seconds < 0 and trouble is not Trouble.CLOCK:
        raise WrongFault(f"seconds is {seconds:g}; only a clock can be set back")
    serial = _text(row, "serial", "")
    if trouble is Trouble.DUPLICATE and not serial:
        raise WrongFault("a duplicate needs the serial of the other machine")
    delay = _number(row, "delay", _SLOWNESS)
    if delay < 0:
        raise WrongFault(f"delay is {delay:g}; expected 0 or more")
    return LineFault(_text(row, "machine", None), trouble, seconds, delay, serial)


def _trouble(value: object) -> Trouble:
    known = ", ".join(Trouble)
    if not isinstance(value, str) or value not in set(Trouble):
        raise WrongFault(f"line is {value!r}; expected one of {known}")
    return Trouble(value)


def _number(row: dict[str, object], key: str, usual: float) -> float:
    value = row.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongFault(f"{key} is {value!r}; expected a number of seconds")
    if abs(value) > LONGEST or math.isnan(value):
        raise WrongFault(f"{key} is {value!r}; expected at most {LONGEST:g}")
    return float(value)


def _text(row: dict[str, object], key: str, usual: str | None) -> str:
    value = row.get(key, usual)
    if not isinstance(value, str) or (usual is None and not value):
        raise WrongFault(f"{key} is {value!r}; expected text")
    return value
