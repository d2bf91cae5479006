"""Scripts: JSON lines in, cues or all problems out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.twin.script import (
    Cue,
    Fault,
    FaultKind,
    Modality,
    Person,
    ScriptRefused,
    TwinTreatment,
    read_script,
)


def test_a_treatment_is_read_with_its_person() -> None:
    line = (
        '{"machine": "M01", "treatment": {"start": 3600, "minutes": 210, "modality": "HDF",'
        ' "person": {"male": false, "dry_kg": 51.5}}}'
    )
    person = Person(male=False, dry_kg=51.5)
    plan = TwinTreatment(person, start=3600, minutes=210, modality=Modality.HDF)
    assert read_script([line]) == (Cue(("M01",), plan),)


def test_a_fault_is_for_several_machines_or_for_all() -> None:
    lines = [
        '{"machines": ["M01", "M02"], "fault": {"kind": "water", "at": 60, "seconds": 90}}',
        "",
        '{"fault": {"kind": "mains", "size": 1}}',
    ]
    assert read_script(lines) == (
        Cue(("M01", "M02"), Fault(FaultKind.WATER, 60, 90)),
        Cue((), Fault(FaultKind.MAINS, size=1)),
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "truncated"),
        ("[]", "Expected `object`"),
        ('{"machine": "M01"}', "one of 'treatment' and 'fault' is expected"),
        ('{"treatment": {}, "fault": {"kind": "air"}}', "one of 'treatment' and 'fault'"),
        ('{"treatment": {}}', "a treatment is for exactly one 'machine'"),
        ('{"machines": ["A", "B"], "treatment": {}}', "exactly one 'machine'"),
        ('{"machine": "A", "machines": ["B"], "fault": {"kind": "air"}}', "exclude each other"),
        ('{"machine": 7, "fault": {"kind": "air"}}', "Expected `str`, got `int`"),
        ('{"fault": {"kind": "fire"}}', "Invalid enum value 'fire' - at `$.kind`"),
        ('{"fault": {}}', "missing required field `kind`"),
        ('{"fault": 3}', "Expected `object`"),
        ('{"fault": {"kind": "air", "size": 2}}', "Expected `float` <= 1"),
        ('{"fault": {"kind": "air", "when": 2}}', "unknown when at `$.fault`"),
        ('{"room": 1, "fault": {"kind": "air"}}', "unknown room at `$`"),
        ('{"machine": "A", "treatment": {"gauge": 14}}', "14"),
        ('{"machine": "A", "treatment": {"minutes": -5}}', ">= 10"),
        ('{"machine": "A", "treatment": {"person": {"kg": 60}}}', "at `$.treatment.person`"),
    ],
)
def test_a_line_that_cannot_be_read_says_where_and_why(line: str, reason: str) -> None:
    with pytest.raises(ScriptRefused) as refused:
        read_script(["", line])
    (problem,) = refused.value.problems
    assert problem.startswith("line 2: ")
    assert reason in problem


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(ScriptRefused, match=r"line 1: .*; line 3: ") as refused:
        read_script(["{", '{"fault": {"kind": "air"}}', "7"])
    assert len(refused.value.problems) == 2


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_no_line_does_worse_than_be_refused(line: str) -> None:
    try:
        cues = read_script([line])
    except ScriptRefused:
        return
    assert len(cues) <= 1
