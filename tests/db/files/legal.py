"""Random centers that an import accepts: `registers` made consistent where it is looser.

Shifts get hours of their own, every patient exactly one prescription, a long gap a wanted day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from hypothesis import strategies as st

from domain.center import Shift
from domain.patient import Frequency, Prescription, Wish, WishKind
from domain.register import Register
from tests.strategies import registers

_DAY = 24 * 60


@st.composite
def legal_registers(draw: st.DrawFn) -> Register:
    """A center whose files are accepted."""
    loose = draw(registers())
    offset = draw(st.integers(0, _DAY - 1))
    return replace(
        loose,
        shifts=_apart(loose.shifts, offset),
        prescriptions=_one_each(loose),
        wishes=_settled(loose.wishes),
    )


def _apart(shifts: tuple[Shift, ...], offset: int) -> tuple[Shift, ...]:
    """Each shift in its own part of the day; the whole day may begin at any hour."""
    part = _DAY // len(shifts)
    return tuple(
        replace(
            shift,
            start=_clock(offset + number * part + shift.start.minute % (part // 2)),
            end=_clock(offset + (number + 1) * part - shift.end.minute % (part // 2)),
        )
        for number, shift in enumerate(shifts)
    )


def _clock(minute: int) -> time:
    return (datetime.min + timedelta(minutes=minute % _DAY)).time()


def _one_each(register: Register) -> tuple[Prescription, ...]:
    by_patient = {row.patient: row for row in register.prescriptions}
    plain = Frequency(3, 3)
    return tuple(
        by_patient.get(patient.code, Prescription(patient.code, plain, 240))
        for patient in register.patients
    )


def _settled(wishes: tuple[Wish, ...]) -> tuple[Wish, ...]:
    """A wish for a long gap names Saturday or Monday; each is asked for once."""
    settled = {}
    for wish in wishes:
        value = wish.value
        if wish.kind is WishKind.LONG_GAP:
            value = "saturday" if int(value) > 3 else "monday"
        settled[wish.patient, wish.kind, value] = replace(wish, value=value)
    return tuple(settled.values())
