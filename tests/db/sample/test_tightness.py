"""How tight a center of some size is."""

from __future__ import annotations

import pytest

from db.sample.refusal import SampleRefusal
from db.sample.size import sized, usual_tightness


@pytest.mark.parametrize("patients", [100, 200, 250])
def test_so_many_patients_make_a_center_that_can_be_built(patients: int) -> None:
    tightness = usual_tightness(32, patients)
    spec = sized(32, patients, tightness)
    assert (spec.machines, spec.patients) == (32, patients)
    assert tightness == pytest.approx(patients * 2.875 / 768)


@pytest.mark.parametrize("patients", [80, 321])
def test_too_few_and_too_many_patients_are_refused(patients: int) -> None:
    with pytest.raises(SampleRefusal, match=f"patients: found {patients}, expected 81 to 320"):
        usual_tightness(32, patients)
