"""The table of weights and flags: read as people fill it in, refused with every reason."""

from __future__ import annotations

from decimal import Decimal

import pytest

from db.sheets.conditions import ConditionsRefused, blank_conditions, read_conditions
from domain.bad_day import Condition, Flag
from tests.scheduler.worlds import people, who, world

PROBLEM = world(**people(who("P1"), who("P2"), who("P3")))


def read(*lines: str, head: str = "patient,gain kg,dry weight kg,flag") -> tuple[Condition, ...]:
    return read_conditions("\n".join((head, *lines)).encode(), PROBLEM)


def refused(*lines: str, head: str = "patient,gain kg,dry weight kg,flag") -> list[str]:
    with pytest.raises(ConditionsRefused) as found:
        read(*lines, head=head)
    return str(found.value).splitlines()


def test_rows_are_read_by_patient_and_what_is_empty_is_unknown() -> None:
    assert read("P2,2.5,62,first", "P1,,,can wait") == (
        Condition("P1", flag=Flag.CAN_WAIT),
        Condition("P2", Decimal("2.5"), Decimal(62), Flag.FIRST),
    )
    assert read("P3,,,") == (Condition("P3"),)


def test_the_chinese_table_says_the_same() -> None:
    head = "患者,体重增长kg,干体重kg,医生标记"
    assert read("P1,3,60,优先", head=head) == (
        Condition("P1", Decimal(3), Decimal(60), Flag.FIRST),
    )


def test_a_blank_table_names_everybody_and_knows_nothing() -> None:
    for language in ("en", "zh"):
        blank = blank_conditions(PROBLEM, language)
        assert read_conditions(blank, PROBLEM) == tuple(map(Condition, ("P1", "P2", "P3")))


def test_every_problem_is_named_with_its_row() -> None:
    found = refused("P9,1,60,", "P1,much,60,", "P2,1,60,soon", "P2,1,60,")
    assert [line.split(":")[0] for line in found] == [
        "conditions.csv, row 3, column gain kg",
        "conditions.csv, row 4, column flag",
        "conditions.csv, row 2, column patient",
        "conditions.csv, row 5, column patient",
    ]
    assert "a patient once; row 4 is the same one" in found[-1]


def test_a_gain_needs_the_weight_that_it_is_measured_by() -> None:
    assert "the dry weight above 0 too" in refused("P1,2.5,,")[0]
    assert "the dry weight above 0 too" in refused("P1,2.5,0,")[0]


@pytest.mark.parametrize("gain", ["-1", "21", "2.5555", "1e1", "２．５.1"])
def test_what_is_no_plausible_weight_is_refused(gain: str) -> None:
    assert "kilograms from 0 to 20" in refused(f"P1,{gain},60,")[0]


def test_what_is_no_table_at_all_is_refused() -> None:
    with pytest.raises(ConditionsRefused, match="at most"):
        read_conditions(b"x" * (33 * 1024 * 1024), PROBLEM)
    with pytest.raises(ConditionsRefused):
        read_conditions(b"\xff\xfe\x00\xd8", PROBLEM)
