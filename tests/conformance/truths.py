"""Random moments of a machine, whatever protocol it speaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from devices.twin.truth import AlarmChange, TrueAlarm, Truth
from domain.alarm import ALARM_KINDS, AlarmKind, Direction, EdgePhase, Priority
from domain.quantity import QUANTITIES, Quantity
from domain.telemetry import Phase

CLOCK = datetime(2026, 3, 2, 10, 15)
CUFF = frozenset({"nibp_sys_mmhg", "nibp_dia_mmhg", "nibp_map_mmhg", "pulse_bpm"})
PATIENT = "0000771234"
"""Made up."""

_ON_A_DISPLAY = {
    "uf_target_ml": (0.0, 9_900.0),
    "uf_volume_ml": (0.0, 9_900.0),
    "anticoag_volume_ml": (0.0, 99.0),
    "substitution_target_l": (0.0, 99.0),
    "substitution_volume_l": (0.0, 99.0),
    "substitution_rate_l_h": (0.0, 9.9),
}
"""Where the range of what is believable is wider than the narrowest display at its full
resolution; what happens beyond is tested protocol by protocol."""

MODALITIES = st.sampled_from(("HD", "HDF", "HF"))


def values_of(quantity: Quantity) -> st.SearchStrategy[float]:
    """Anything its sensor can show."""
    low, high = _ON_A_DISPLAY.get(quantity.name, (quantity.low, quantity.high))
    return st.floats(low, high)


EVERYTHING = st.fixed_dictionaries({q.name: values_of(q) for q in QUANTITIES})
SOMETHING = st.fixed_dictionaries({}, optional={q.name: values_of(q) for q in QUANTITIES})


@st.composite
def alarms(draw: st.DrawFn) -> tuple[TrueAlarm, ...]:
    """A few alarms of different kinds."""
    kinds = st.lists(st.sampled_from(ALARM_KINDS), max_size=3, unique_by=lambda kind: kind.code)
    return tuple(_alarm(draw, kind) for kind in draw(kinds))


def _alarm(draw: st.DrawFn, kind: AlarmKind) -> TrueAlarm:
    direction = draw(st.sampled_from(Direction)) if kind.quantity else None
    return TrueAlarm(kind.code, Priority.HIGH, 0.0, direction)


@st.composite
def truths(draw: st.DrawFn, phases: st.SearchStrategy[Phase] | None = None) -> Truth:
    """A moment of a machine that is on."""
    awake = st.sampled_from([phase for phase in Phase if phase is not Phase.OFF])
    raised = draw(alarms())
    nibp_at = draw(st.none() | st.integers(0, 86_399).map(lambda s: CLOCK - timedelta(seconds=s)))
    values = draw(SOMETHING)
    if nibp_at is None:
        values = {name: value for name, value in values.items() if name not in CUFF}
    return Truth(
        seconds=0.0,
        serial="SN-1",
        model="twin",
        powered=True,
        phase=draw(phases if phases is not None else awake),
        clock=CLOCK,
        values=values,
        modality=draw(MODALITIES),
        pump_on=True,
        alarms=raised,
        changes=tuple(AlarmChange(alarm, EdgePhase.START) for alarm in raised),
        nibp_at=nibp_at,
        patient=PATIENT,
    )


TREATING = truths(st.just(Phase.TREATMENT))


def plain(**values: float) -> Truth:
    """A treatment without alarms that shows these values."""
    return Truth(0.0, "SN-1", "twin", True, Phase.TREATMENT, CLOCK, values, patient=PATIENT)


def later(truth: Truth, seconds: float, **values: float) -> Truth:
    """The same machine afterwards, with nothing changed but these values."""
    return replace(
        truth,
        seconds=truth.seconds + seconds,
        clock=truth.clock + timedelta(seconds=seconds),
        values={**truth.values, **values},
        changes=(),
    )
