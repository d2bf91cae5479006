"""Whole days of treatments for machines without a plan, drawn by seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from devices.twin.people import draw_treatment
from devices.twin.phases import LEAD_SECONDS
from devices.twin.script import Modality, Person, TwinTreatment

_DAY = 86_400.0
_OPENING = 3 * 3_600.0
"""Seconds over which the first patients of all machines come."""
_PAUSE = (75 * 60.0, 120 * 60.0)
"""From the end of a treatment to the next needle: rinse-back, disinfection, preparation."""
_CLOSING = 16 * 3_600.0
_MOST_UF_ML_H_KG = 13.0
_MOST_SUBSTITUTION_L = 22.0


def drawn_days(chance: Random, days: int) -> Iterator[TwinTreatment]:
    """Treatments of one machine from its second 0 on: two to four a day, with a night's rest
    between the days."""
    for day in range(days):
        start = day * _DAY + LEAD_SECONDS + chance.uniform(0, _OPENING)
        while start < day * _DAY + _CLOSING:
            one = draw_treatment(chance, start)
            yield one
            start += one.minutes * 60 + chance.uniform(*_PAUSE)


def prescribed(
    person: Person, chance: Random, start: float, minutes: int, modality: Modality, patient: str
) -> TwinTreatment:
    """A treatment of known length and kind; what the plan does not say is drawn. The fluid
    fits the person and the minutes."""
    drawn = draw_treatment(chance, start, person)
    most = _MOST_UF_ML_H_KG * person.dry_kg * minutes / 60
    replaced = modality in {Modality.HDF, Modality.HF}
    liters = min(0.25 * drawn.blood_flow_ml_min * minutes / 1000, _MOST_SUBSTITUTION_L)
    return replace(
        drawn,
        minutes=float(minutes),
        uf_ml=round(min(drawn.uf_ml, most), -1),
        modality=modality,
        substitution_l=round(liters, 1) if replaced else 0.0,
        patient=patient,
    )
