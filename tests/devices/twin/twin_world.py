"""A twin on a Monday morning, with or without somebody to treat."""

from collections.abc import Callable
from datetime import UTC, datetime

from devices.twin.machine import Twin
from devices.twin.script import TwinTreatment
from devices.twin.truth import Truth
from domain.telemetry import Phase

MORNING = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
PLAN = TwinTreatment(start=2700)


def twin(seed: int = 1, serial: str = "M01", model: str = "full") -> Twin:
    return Twin(serial, model, seed, MORNING)


def assigned(plan: TwinTreatment = PLAN, seed: int = 1) -> Twin:
    one = twin(seed)
    one.assign(plan)
    return one


def until(one: Twin, true: Callable[[Truth], bool], step: float = 1, most: float = 40_000) -> Truth:
    """Advances until it is so; an AssertionError if that takes too long."""
    begin, truth = one.seconds, one.look()
    while not true(truth):
        assert one.seconds - begin < most, f"still {truth}"
        truth = one.advance(step)
    return truth


def treating(plan: TwinTreatment = PLAN, seed: int = 1, minutes: float = 10) -> Twin:
    """So many minutes into a treatment."""
    one = assigned(plan, seed)
    until(one, lambda truth: truth.phase is Phase.TREATMENT)
    one.run(minutes * 60)
    return one
