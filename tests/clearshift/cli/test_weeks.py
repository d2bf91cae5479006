"""How a week is asked for."""

from __future__ import annotations

from datetime import date

import pytest

from clearshift.cli.refusal import Refusal
from clearshift.cli.weeks import asked_week


@pytest.mark.parametrize("text", ["2026-03-02", "2026-03-08", "2026-W10", "2026-W10-3", "20260304"])
def test_any_day_and_the_number_of_the_week_name_it(text: str) -> None:
    assert asked_week(text) == date(2026, 3, 2)


def test_nothing_asked_is_no_week() -> None:
    assert asked_week(None) is None


@pytest.mark.parametrize("text", ["", "next", "2026-13-01", "2026-W54", "02.03.2026"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="is not a week; expected a date such as 2026-03-02"):
        asked_week(text)
