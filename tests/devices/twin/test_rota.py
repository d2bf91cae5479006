from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from devices.twin.people import draw_person
from devices.twin.phases import LEAD_SECONDS
from devices.twin.rota import drawn_days, prescribed
from devices.twin.script import Modality

SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_between_two_treatments_there_is_time_for_disinfection(seed: int) -> None:
    days = list(drawn_days(Random(seed), 3))
    assert all(
        later.start - (one.start + 60 * one.minutes) >= 75 * 60 for one, later in pairwise(days)
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_has_two_to_five_treatments_and_the_first_can_be_prepared(seed: int) -> None:
    days = list(drawn_days(Random(seed), 1))
    assert 2 <= len(days) <= 5
    assert days[0].start >= LEAD_SECONDS


@pytest.mark.parametrize("modality", Modality)
def test_a_plan_settles_who_when_how_long_and_what(modality: Modality) -> None:
    person = draw_person(Random(1))
    one = prescribed(person, Random(2), 600.0, 210, modality, "P007")
    assert (one.person, one.start, one.minutes, one.patient) == (person, 600.0, 210.0, "P007")
    assert (one.modality, one.substitution_l > 0) == (modality, modality in {"HDF", "HF"})


def test_a_short_treatment_removes_no_more_than_a_body_bears() -> None:
    for seed in SEEDS:
        person = draw_person(Random(seed))
        one = prescribed(person, Random(seed), 0.0, 60, Modality.HD, "P1")
        assert one.uf_ml <= 13.0 * person.dry_kg + 10
