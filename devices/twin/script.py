"""What a simulated machine is told from outside: treatments and faults, also as JSON lines.

A side channel of tests and demonstrations; the product never reads it. One line is one of

    {"machine": "M01", "treatment": {"start": 3600, "minutes": 240, "person": {...}, ...}}
    {"machines": ["M01", "M02"], "fault": {"kind": "water", "at": 9000, "seconds": 180}}

A fault that names no machine befalls all of them. Empty lines are skipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta


class Access(StrEnum):
    """How blood is drawn."""

    FISTULA = "fistula"
    GRAFT = "graft"
    CATHETER = "catheter"


class Modality(StrEnum):
    """What is done; as machines name it."""

    HD = "HD"
    ECUM = "ECUM"
    HDF = "HDF"
    HF = "HF"


@dataclass(frozen=True, slots=True)
class Person:
    """What of a patient the machine's readings depend on; nobody real. `dry_kg` is the weight
    after treatment; `refill` the share of the fluid removed that tissue gives back in time;
    `critical_pct` the loss of blood volume from which on blood pressure may give way."""

    male: bool = True
    age: Annotated[int, Meta(ge=18, le=100)] = 60
    height_cm: Annotated[float, Meta(ge=120, le=210)] = 168
    dry_kg: Annotated[float, Meta(ge=30, le=160)] = 65
    hct_pct: Annotated[float, Meta(ge=15, le=50)] = 33
    systolic_mmhg: Annotated[float, Meta(ge=80, le=220)] = 140
    diastolic_mmhg: Annotated[float, Meta(ge=40, le=130)] = 78
    pulse_bpm: Annotated[float, Meta(ge=40, le=140)] = 74
    urea_mmol_l: Annotated[float, Meta(ge=3, le=60)] = 24
    refill: Annotated[float, Meta(ge=0.5, le=1.0)] = 0.78
    critical_pct: Annotated[float, Meta(ge=4, le=30)] = 12


@dataclass(frozen=True, slots=True)
class TwinTreatment:
    """A treatment to simulate. `start` is the second of the twin's own time at which the
    patient is to be connected; the machine makes itself ready before. `koa_ml_min` and
    `kuf_ml_h_mmhg` are the dialyzer's; `patient` the id typed in at the machine."""

    person: Person = Person()
    start: Annotated[float, Meta(ge=0)] = 0
    minutes: Annotated[float, Meta(ge=10, le=720)] = 240
    uf_ml: Annotated[float, Meta(ge=0, le=8000)] = 2600
    blood_flow_ml_min: Annotated[float, Meta(ge=50, le=600)] = 250
    dialysate_flow_ml_min: Annotated[float, Meta(ge=100, le=1000)] = 500
    modality: Modality = Modality.HD
    access: Access = Access.FISTULA
    gauge: Literal[15, 16, 17] = 16
    koa_ml_min: Annotated[float, Meta(ge=200, le=2000)] = 900
    kuf_ml_h_mmhg: Annotated[float, Meta(ge=5, le=120)] = 50
    conductivity_ms_cm: Annotated[float, Meta(ge=12.5, le=15.5)] = 14.0
    temperature_c: Annotated[float, Meta(ge=34, le=39)] = 36.5
    anticoag_ml_h: Annotated[float, Meta(ge=0, le=10)] = 1.0
    syringe_ml: Annotated[float, Meta(ge=0, le=60)] = 20
    substitution_l: Annotated[float, Meta(ge=0, le=60)] = 0
    patient: str = ""


class FaultKind(StrEnum):
    """What can go wrong. The same things happen by chance and on command."""

    ARTERIAL_LOW = "arterial_low"
    ARTERIAL_OPEN = "arterial_open"
    VENOUS_KINK = "venous_kink"
    VENOUS_CLOT = "venous_clot"
    DIALYZER_CLOT = "dialyzer_clot"
    VENOUS_LOW = "venous_low"
    MOVEMENT = "movement"
    TMP_HIGH = "tmp_high"
    TMP_LOW = "tmp_low"
    CONCENTRATE_EMPTY = "concentrate_empty"
    CONCENTRATE_WRONG = "concentrate_wrong"
    HEATER = "heater"
    INLET_COLD = "inlet_cold"
    AIR = "air"
    BLOOD_LEAK = "blood_leak"
    FLOW_LOW = "flow_low"
    WATER = "water"
    UF_DEVIATION = "uf_deviation"
    PUMP_STOP = "pump_stop"
    HYPOTENSION = "hypotension"
    SYRINGE = "syringe"
    MAINS = "mains"
    SELF_TEST = "self_test"
    SILENCE = "silence"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong `at` a second of the twin's own time (at once if that has
    passed). `seconds` until it is over or somebody has put it right; without it, as long as
    its kind usually takes. `size` 0 is the mildest usual form, 1 the worst. Of `clock` the
    seconds are what the machine's clock jumps by."""

    kind: FaultKind
    at: Annotated[float, Meta(ge=0)] = 0
    seconds: float | None = None
    size: Annotated[float, Meta(ge=0, le=1)] = 0.5


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of a script: what befalls which machines (none named: all)."""

    machines: tuple[str, ...]
    what: TwinTreatment | Fault


class ScriptRefused(Exception):
    """A script that cannot be read; `problems` says all of it, each with its line."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


_BODIES: Mapping[str, type[TwinTreatment] | type[Fault]] = {
    "treatment": TwinTreatment,
    "fault": Fault,
}


def read_script(lines: Iterable[str]) -> tuple[Cue, ...]:
    """The cues of a script of JSON lines. Raises ScriptRefused with every problem found."""
    cues: list[Cue] = []
    problems: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            cues.append(_cue(line))
        except (msgspec.MsgspecError, ValueError) as error:
            problems.append(f"line {number}: {error}")
    if problems:
        raise ScriptRefused(tuple(problems))
    return tuple(cues)


def _cue(line: str) -> Cue:
    row = msgspec.json.decode(line, type=dict[str, Any])
    bodies = [name for name in _BODIES if name in row]
    if len(bodies) != 1:
        raise ValueError("one of 'treatment' and 'fault' is expected")
    name = bodies[0]
    _refuse_unknown(row, {"machine", "machines", name}, "$")
    return Cue(_machines(row, needed=name == "treatment"), _body(row[name], _BODIES[name], name))


def _machines(row: Mapping[str, Any], needed: bool) -> tuple[str, ...]:
    if "machine" in row and "machines" in row:
        raise ValueError("'machine' and 'machines' exclude each other")
    single = "machine" in row
    found = msgspec.convert(
        [row["machine"]] if single else row.get("machines", []), tuple[str, ...]
    )
    if needed and len(found) != 1:
        raise ValueError("a treatment is for exactly one 'machine'")
    return found


def _body(value: Any, kind: type[TwinTreatment] | type[Fault], name: str) -> TwinTreatment | Fault:
    body = msgspec.convert(value, dict[str, Any])
    _refuse_unknown(body, {field.name for field in fields(kind)}, f"$.{name}")
    if isinstance(body.get("person"), dict):
        known = {field.name for field in fields(Person)}
        _refuse_unknown(body["person"], known, f"$.{name}.person")
    return msgspec.convert(body, kind)


def _refuse_unknown(row: Mapping[str, Any], known: set[str], place: str) -> None:
    if unknown := sorted(set(row) - known):
        raise ValueError(f"unknown {', '.join(unknown)} at `{place}`; known: {sorted(known)}")
