"""Drawn patients and prescriptions: within their spreads, and the same for the same seed."""

from random import Random
from statistics import fmean

import msgspec

from devices.twin.people import draw_person, draw_treatment
from devices.twin.script import Access, Cue, Modality, Person, read_script
from devices.twin.session import Session

PLANS = [draw_treatment(Random(f"people {seed}"), start=60.0) for seed in range(400)]


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_the_same_seed_draws_the_same_person() -> None:
    assert draw_person(Random(3)) == draw_person(Random(3)) != draw_person(Random(4))


def test_who_is_given_is_treated() -> None:
    assert draw_treatment(Random(1), person=Person()).person == Person()


def test_weights_flows_and_fluid_are_those_of_a_center() -> None:
    assert all(42 <= plan.person.dry_kg <= 90 for plan in PLANS)
    assert all(150 <= plan.blood_flow_ml_min <= 350 for plan in PLANS)
    assert 200 <= fmean(plan.blood_flow_ml_min for plan in PLANS) <= 280
    assert 2000 <= fmean(plan.uf_ml for plan in PLANS) <= 2800
    assert all(1000 <= plan.uf_ml <= 4500 for plan in PLANS)
    assert all(180 <= plan.minutes <= 480 for plan in PLANS)
    assert 0.7 <= share([plan.minutes == 240 for plan in PLANS]) <= 0.9


def test_nights_are_long_and_slow() -> None:
    nights = [plan for plan in PLANS if plan.minutes > 270]
    assert 3 <= len(nights) <= 30
    assert all(plan.blood_flow_ml_min <= 200 for plan in nights)
    assert all(plan.dialysate_flow_ml_min == 300 for plan in nights)


def test_some_have_catheters_substitution_or_too_small_a_syringe() -> None:
    assert 0.08 <= share([plan.access is Access.CATHETER for plan in PLANS]) <= 0.22
    assert 0.04 <= share([plan.modality is Modality.HDF for plan in PLANS]) <= 0.15
    short = [plan.syringe_ml < plan.anticoag_ml_h * (plan.minutes - 30) / 60 for plan in PLANS]
    assert 0.1 <= share(short) <= 0.3


def test_fluid_does_not_go_faster_than_the_weight_allows() -> None:
    rates = [plan.uf_ml / plan.person.dry_kg / (plan.minutes / 60) for plan in PLANS]
    assert max(rates) < 14.7


def test_a_drawn_prescription_is_one_that_a_script_may_hold() -> None:
    for plan in PLANS[:20]:
        line = msgspec.json.encode({"machine": "M01", "treatment": plan}).decode()
        assert read_script([line]) == (Cue(("M01",), plan),)


def test_a_session_begins_with_nothing_done() -> None:
    session = Session(PLANS[0], Random(1))
    assert (session.uf_ml, session.treated_s, session.worn) == (0, 0, 0)
