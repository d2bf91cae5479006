"""Patients and prescriptions drawn by seed, for benchmarks and for machines without a plan.

Nobody real; the spreads are those of the reference (section 4.2). A prescription fits its
patient: the blood flow is chosen for the dose, the fluid for the weight.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from devices.twin.kinetics import clearance, watson_l
from devices.twin.script import Access, Modality, Person, TwinTreatment

_MOST_UF_ML_H_KG = 14.5
_SLOWEST, _FASTEST = 180, 350
_SLOWEST_NIGHT = 150
_NIGHT_MINUTES = (480.0, 420.0, 360.0, 300.0)
_ENOUGH = 1.45
"""Nobody stays longer than it takes to reach this dose at the slowest flow."""


def draw_person(chance: Random) -> Person:
    """Somebody who comes to dialysis."""
    male = chance.random() < 0.58
    height = _within(chance.gauss(168 if male else 157, 6), 140, 195)
    weight = _within(chance.gauss(66 if male else 56, 9), 42, 90)
    systolic = _within(chance.gauss(146, 18), 108, 185)
    return Person(
        male=male,
        age=int(_within(chance.gauss(60, 14), 20, 90)),
        height_cm=round(height),
        dry_kg=round(weight, 1),
        hct_pct=round(_within(chance.gauss(33, 3), 24, 42), 1),
        systolic_mmhg=round(systolic),
        diastolic_mmhg=round(_within(systolic * 0.55 + chance.gauss(0, 6), 50, 105)),
        pulse_bpm=round(_within(chance.gauss(74, 9), 52, 105)),
        urea_mmol_l=round(_within(chance.gauss(25, 5), 12, 40), 1),
        refill=round(chance.uniform(0.70, 0.92), 2),
        critical_pct=round(chance.uniform(8, 15), 1),
    )


def draw_treatment(
    chance: Random, start: float = 0.0, person: Person | None = None
) -> TwinTreatment:
    """A prescription for somebody, by default somebody drawn too."""
    who = person or draw_person(chance)
    access = Access.CATHETER if chance.random() < 0.15 else Access.FISTULA
    night = chance.random() < 0.03
    high_flux = not night and chance.random() < 0.6
    koa = chance.uniform(800, 1100) if high_flux else chance.uniform(550, 700)
    dialysate = 300.0 if night else 500.0
    minutes = _night(who, koa, dialysate) if night else _minutes(chance)
    uf = min(_uf_ml(chance), _MOST_UF_ML_H_KG * who.dry_kg * minutes / 60)
    flow = _flow(chance, who, minutes, koa, dialysate, uf)
    plan = TwinTreatment(
        person=who,
        start=start,
        minutes=minutes,
        uf_ml=round(uf, -1),
        blood_flow_ml_min=flow,
        dialysate_flow_ml_min=dialysate,
        access=access,
        gauge=15 if access is Access.CATHETER or flow > 300 else 17 if flow < 200 else 16,
        koa_ml_min=round(koa),
        kuf_ml_h_mmhg=50 if high_flux else 12,
        conductivity_ms_cm=round(chance.uniform(13.8, 14.2), 1),
        temperature_c=chance.choice((36.0, 36.5, 36.5, 37.0)),
    )
    return _with_syringe(chance, _with_substitution(chance, plan, high_flux))


def _minutes(chance: Random) -> float:
    """Four hours for most; some less, some more."""
    lot = chance.random()
    if lot < 0.82:
        return 240.0
    return float(chance.choice((180, 195, 210))) if lot < 0.94 else 270.0


def _night(who: Person, koa: float, dialysate: float) -> float:
    """The longest night that is not too much for a small patient."""
    for minutes in _NIGHT_MINUTES:
        if _dose(who, _SLOWEST_NIGHT, dialysate, koa, minutes, 2500) <= _ENOUGH:
            return minutes
    return _NIGHT_MINUTES[-1]


def _dose(
    who: Person, flow: float, dialysate: float, koa: float, minutes: float, uf_ml: float
) -> float:
    """Kt/V without what fluid takes along."""
    cleared = clearance(flow * 0.98, dialysate, koa, uf_ml / minutes)
    water = watson_l(who.male, who.age, who.height_cm, who.dry_kg)
    return cleared * minutes / 1000 / water


def _uf_ml(chance: Random) -> float:
    """1.5 to 3.5 L, some up to 4.5."""
    if chance.random() < 0.08:
        return chance.uniform(3500, 4500)
    return _within(chance.gauss(2500, 550), 1200, 3500)


def _flow(
    chance: Random, who: Person, minutes: float, koa: float, dialysate: float, uf_ml: float
) -> float:
    """The slowest blood flow, in steps of 10, that reaches the dose aimed at."""
    dose = _within(chance.gauss(1.27, 0.11), 1.0, 1.5)
    slowest = _SLOWEST_NIGHT if minutes > 270 else _SLOWEST
    for flow in range(slowest, _FASTEST, 10):
        if _dose(who, flow, dialysate, koa, minutes, uf_ml) >= dose:
            return float(flow)
    return float(_FASTEST)


def _with_substitution(chance: Random, plan: TwinTreatment, able: bool) -> TwinTreatment:
    """Some have filtration on top."""
    if not able or chance.random() > 0.15:
        return plan
    liters = round(min(0.25 * plan.blood_flow_ml_min * plan.minutes / 1000, 22.0), 1)
    return replace(plan, modality=Modality.HDF, substitution_l=liters)


def _with_syringe(chance: Random, plan: TwinTreatment) -> TwinTreatment:
    """Anticoagulant until half an hour before the end; one syringe of five is short of it."""
    rate = chance.choice((0.8, 1.0, 1.0, 1.2, 2.0))
    needed = rate * (plan.minutes - 30) / 60
    share = chance.uniform(0.75, 0.97) if chance.random() < 0.2 else chance.uniform(1.1, 3.0)
    return replace(plan, anticoag_ml_h=rate, syringe_ml=round(needed * share, 1))


def _within(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))
