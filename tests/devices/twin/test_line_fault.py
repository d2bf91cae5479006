from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.twin.line_fault import LineFault, Trouble, WrongFault, is_line_fault, parse_line_fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"machine": "HD-03", "line": "pull"}', LineFault("HD-03", Trouble.PULL)),
        (
            '{"machine": "HD-03", "line": "garble", "seconds": 20}',
            LineFault("HD-03", Trouble.GARBLE, 20.0),
        ),
        (
            '{"machine": "HD-03", "line": "slow", "delay": 0.5}',
            LineFault("HD-03", Trouble.SLOW, 30.0, 0.5),
        ),
        (
            '{"machine": "HD-03", "line": "clock", "seconds": -90}',
            LineFault("HD-03", Trouble.CLOCK, -90.0),
        ),
        (
            '{"machine": "HD-03", "line": "duplicate", "serial": "S-1"}',
            LineFault("HD-03", Trouble.DUPLICATE, serial="S-1"),
        ),
    ],
)
def test_a_line_of_json_is_a_trouble(text: str, fault: LineFault) -> None:
    assert parse_line_fault(text) == fault


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pull HD-03", "a line of JSON was expected"),
        ("[1]", "a JSON object was expected"),
        ('{"line": "pull"}', "machine is None; expected text"),
        ('{"machine": "HD-03", "line": "explode"}', "line is 'explode'; expected one of pull"),
        ('{"machine": "A", "line": "silence", "seconds": "x"}', "expected a number of seconds"),
        ('{"machine": "A", "line": "silence", "seconds": true}', "expected a number of seconds"),
        ('{"machine": "A", "line": "silence", "seconds": -1}', "only a clock can be set back"),
        ('{"machine": "A", "line": "silence", "seconds": 1e9}', "expected at most 86400"),
        ('{"machine": "A", "line": "silence", "seconds": NaN}', "expected at most 86400"),
        ('{"machine": "A", "line": "slow", "delay": -1}', "expected 0 or more"),
        ('{"machine": "A", "line": "duplicate"}', "needs the serial of the other machine"),
        ('{"machine": "A", "line": "pull", "when": 3}', "'when' is not known"),
    ],
)
def test_anything_else_is_refused_with_what_was_expected(text: str, expected: str) -> None:
    with pytest.raises(WrongFault, match=expected):
        parse_line_fault(text)


@given(
    st.text(max_size=80)
    | st.dictionaries(
        st.sampled_from(["machine", "line", "seconds"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    ).map(json.dumps)
)
def test_no_text_does_more_than_be_refused(text: str) -> None:
    try:
        fault = parse_line_fault(text)
    except WrongFault:
        return
    assert fault.machine


def test_a_trouble_of_the_machine_itself_is_told_apart() -> None:
    assert is_line_fault({"machine": "HD-03", "line": "pull"})
    assert not is_line_fault({"machine": "HD-03", "fault": "kink"})
