"""What storing changed, in the words of the files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.differences import CellChange, cell_changes, change_words, table_of
from db.rows import KINDS
from db.save import RowChange
from domain.calendar import Span
from domain.patient import Frequency, Night, Patient, Prescription, Wish, WishKind
from domain.words import Label
from tests.db.world import REGISTER

WANG = Patient("P1", "王伟", travel_minutes=30)


def test_a_changed_row_tells_the_cells_that_differ_in_the_language_of_the_files() -> None:
    change = RowChange("patients", WANG, replace(WANG, night=Night.ACCEPTS, travel_minutes=20))
    assert cell_changes(change, "en") == (
        CellChange(Label("night sessions", "夜间透析"), "never", "accepts"),
        CellChange(Label("travel (minutes)", "路程（分钟）"), "30", "20"),
    )
    assert [cell.after for cell in cell_changes(change, "zh")] == ["可接受", "20"]
    assert str(change_words(change, "en")) == (
        "P1, 王伟, normal: night sessions never → accepts, travel (minutes) 30 → 20"
    )


def test_a_cell_that_was_empty_is_called_so() -> None:
    before = Prescription("P1", Frequency(3, 3), 240)
    after = replace(before, span=Span(date(2026, 3, 2)))
    assert str(change_words(RowChange("prescriptions", before, after), "en")).endswith(
        "from empty → 2026-03-02"
    )


def test_a_row_that_came_or_went_is_told_whole() -> None:
    wish = Wish("P1", WishKind.SHIFT, "N", 2)
    assert str(change_words(RowChange("wishes", None, wish), "en")) == "new: P1, shift, N, 2"
    assert str(change_words(RowChange("wishes", wish, None), "en")) == "gone: P1, shift, N, 2"


def test_a_value_is_shown_as_the_kind_of_its_row_asks() -> None:
    wish = Wish("P1", WishKind.WEEKDAY, "1")
    assert str(change_words(RowChange("wishes", None, wish), "zh")).startswith("new: P1, ")
    assert "周一" in str(change_words(RowChange("wishes", None, wish), "zh"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
def test_every_stored_table_is_one_of_the_files(kind: object) -> None:
    known = next(one for one in KINDS if one is kind)
    for row in known.of(REGISTER)[:1]:
        assert table_of(RowChange(known.name, None, row)).row is known.row


def test_a_change_of_nothing_is_a_fault() -> None:
    with pytest.raises(ValueError, match="a change of nothing"):
        table_of(RowChange("wishes", None, None))
