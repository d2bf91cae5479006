"""Centers of any size: stations, patients and frequencies that add up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.sample.center import make_center
from db.sample.refusal import SampleRefusal
from db.sample.shifts import LATE
from db.sample.size import mixed, ordinary_week, sized
from db.sample.spec import FIRST_MONDAY, CenterSpec, Demand
from domain.calendar import Parity
from domain.need import wanted_sessions
from domain.problem import Problem


def wanted(spec: CenterSpec) -> int:
    problem = Problem(make_center(spec, 1), FIRST_MONDAY)
    return sum(wanted_sessions(problem, patient, FIRST_MONDAY) for patient in problem.patient)


def test_an_ordinary_week_has_the_benchmark_s_figures() -> None:
    spec = ordinary_week()
    assert (spec.machines, spec.patients, spec.slots) == (32, 260, 768)
    assert [zone.stations for zone in spec.zones] == [27, 3, 2]
    assert wanted(spec) == 748


@pytest.mark.parametrize(("machines", "patients"), [(100, 800), (500, 4000)])
def test_the_larger_benchmarks_are_as_full(machines: int, patients: int) -> None:
    spec = ordinary_week(machines, patients)
    assert (spec.machines, spec.patients) == (machines, patients)
    assert wanted(spec) == round(spec.slots * 748 / 768)


@pytest.mark.parametrize("tightness", [0.3, 0.9, 0.97, 0.99, 1.0, 1.2])
def test_tightness_is_wanted_sessions_over_slots(tightness: float) -> None:
    spec = sized(32, tightness=tightness)
    assert wanted(spec) == round(768 * tightness)


def test_by_default_one_in_ten_comes_twice_and_one_in_twenty_five_times_a_fortnight() -> None:
    spec = sized(200, tightness=0.95)
    demands = [zone.demand for zone in spec.zones]
    assert sum(demand.two for demand in demands) / spec.patients == pytest.approx(0.1, abs=0.01)
    assert sum(demand.five for demand in demands) / spec.patients == pytest.approx(0.05, abs=0.01)


def test_infected_zones_grow_with_the_center_and_are_left_out_of_a_small_one() -> None:
    assert [zone.stations for zone in sized(6).zones] == [6]
    assert [zone.stations for zone in sized(8).zones] == [6, 1, 1]
    assert [zone.stations for zone in sized(100).zones] == [85, 9, 6]
    assert [zone.stations for zone in sized(100, hbv=0.2, hcv=0).zones] == [80, 20]


def test_an_open_sunday_brings_patients_of_every_other_day() -> None:
    register = make_center(sized(32, sunday=True, tightness=0.9), 1)
    every_other = [p for p in register.prescriptions if p.frequency.every_other_day]
    assert len(every_other) == 2
    assert any(row.day.isoweekday() == 7 for row in register.sessions)


def test_the_last_shift_is_overnight_or_a_late_evening() -> None:
    overnight, late = sized(32).shifts[-1], sized(32, late=True).shifts[-1]
    assert (overnight.start, overnight.end, overnight.night) == (time(22), time(6, 30), True)
    assert late == LATE
    assert (late.start, late.end, late.night) == (time(20), time(0, 30), True)


@pytest.mark.parametrize(
    ("ask", "named"),
    [
        (lambda: sized(3), "machines: found 3, expected 4 to 1000"),
        (lambda: sized(1001), "machines: found 1001"),
        (lambda: sized(8, tightness=0.29), r"tightness: found 0\.29, expected 0\.3 to 1\.2"),
        (lambda: sized(8, tightness=1.21), r"tightness: found 1\.21"),
        (lambda: sized(8, shifts=5), "shifts a day: found 5"),
        (lambda: sized(8, held=6), "stations held back: found 6, expected 0 to 5"),
        (lambda: sized(8, patients=61), "patients at this tightness: found 61, expected 62 to 86"),
        (lambda: sized(8, patients=87), "patients at this tightness: found 87"),
    ],
)
def test_what_cannot_be_built_is_refused_by_its_figure(
    ask: Callable[[], CenterSpec], named: str
) -> None:
    with pytest.raises(SampleRefusal, match=named):
        ask()


@given(st.integers(1, 300), st.floats(0, 1), st.integers(0, 100))
def test_a_mix_of_frequencies_adds_up_to_patients_and_sessions(
    patients: int, less: float, free: int
) -> None:
    sessions = 3 * patients - int(patients * less)
    mix = mixed(patients, sessions, seats=sessions + free)
    assert mix.patients == patients
    assert mix.five % 2 == 0
    assert 3 * mix.three + 2 * mix.two + 5 * (mix.five // 2) == sessions
    assert min(mix.three, mix.two, mix.five) >= 0


def test_when_full_the_frequencies_are_those_that_share_rows_without_waste() -> None:
    assert mixed(9, 24, seats=24) == Demand(three=6, two=3)


def test_the_week_to_be_planned_is_an_odd_one() -> None:
    problem = Problem(make_center(sized(4), 1), FIRST_MONDAY)
    assert problem.parity(FIRST_MONDAY) is Parity.ODD


def test_every_wrong_figure_is_named_at_once() -> None:
    with pytest.raises(SampleRefusal) as refused:
        sized(3, tightness=2, workers=1.5, hdf_patients=-1, hbv=0.5, hcv=0.5)
    assert [str(reason) for reason in refused.value.reasons] == [
        "machines: found 3, expected 4 to 1000",
        "tightness: found 2, expected 0.3 to 1.2",
        "share of workers: found 1.5, expected 0 to 1",
        "share of patients on hemodiafiltration: found -1, expected 0 to 1",
        "share of stations for hepatitis B: found 0.5, expected 0 to 0.4",
        "share of stations for hepatitis C: found 0.5, expected 0 to 0.4",
    ]


@pytest.mark.parametrize("patients", [62, 86])
def test_the_range_of_patients_that_a_refusal_names_can_be_made(patients: int) -> None:
    assert wanted(sized(8, patients)) == 186
