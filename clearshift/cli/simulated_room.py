"""The room that the simulator fills: which machines, and who lies at them by now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from clearshift.cli.refusal import Refusal
from clearshift.cli.simulated_center import Sitting, past_needed, treatment
from devices.gateway.lines import SERIAL
from devices.twin.fleet import Fleet
from devices.twin.floor import Seat, machine_clock
from devices.twin.machine import Twin
from devices.twin.rota import drawn_days
from devices.twin.script import TwinTreatment
from domain.center import Machine
from domain.register import Register
from domain.words import words

_USUAL = 32
_MODEL = "SIM-1"
_PAST = 4 * 3_600.0
"""Without a plan: seconds that have passed before the start, so that machines are in the
middle of something."""
_DAYS = 7


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for. `now` by the center's clock."""

    folder: Path
    gateway: tuple[str, int]
    speed: float
    seed: int
    polite: bool
    now: datetime


def room(seats: tuple[Seat, ...], planned: tuple[Sitting, ...] | None, order: Order) -> Fleet:
    """The machines as they would be by now: patients who came earlier are in the middle of
    their treatment."""
    past = _PAST if planned is None else past_needed(planned, order.now)
    twins = []
    for seat in seats:
        chance = Random(f"{order.seed}/{seat.machine}/clock")
        twin = Twin(seat.serial, seat.model, order.seed, machine_clock(order.now, past, chance))
        for one in _treatments(seat, planned, order, past):
            twin.assign(one)
        twins.append(twin)
    fleet = Fleet(twins, order.seed)
    fleet.advance(past)
    return fleet


def _treatments(
    seat: Seat, planned: tuple[Sitting, ...] | None, order: Order, past: float
) -> Iterable[TwinTreatment]:
    """What a machine has before it: its part of the plan, or days drawn by seed."""
    if planned is None:
        return drawn_days(Random(f"{order.seed}/{seat.machine}/days"), _DAYS)
    mine = (one for one in planned if one.machine == seat.machine)
    return (treatment(one, order.now, past, order.seed) for one in mine)


def wanted(register: Register | None, count: int | None) -> tuple[tuple[str, str, str], ...]:
    """Code, serial number and model of each machine. Raises Refusal for more than there are."""
    if register is None:
        codes = (f"HD-{number:02}" for number in range(1, (count or _USUAL) + 1))
        return tuple((code, f"SIM-{code}", _MODEL) for code in codes)
    found = register.machines
    if not found or (count or 0) > len(found):
        raise Refusal(
            words("The center has {there} machines, not {asked}.", there=len(found),
                  asked=count or _USUAL)
        )  # fmt: skip
    return tuple((one.code, _serial(one, found), one.model or _MODEL) for one in found[:count])


def _serial(machine: Machine, among: Sequence[Machine]) -> str:
    """Its own number if it can stand on a line and is nobody else's, else a made-up one."""
    once = sum(one.serial == machine.serial for one in among) == 1
    known = once and machine.serial and SERIAL.fullmatch(machine.serial)
    return machine.serial if known else f"SIM-{machine.code}"
