"""Turns that nobody likes, counted by hand."""

from __future__ import annotations

from datetime import date

from db.ledger import burdens, carried
from domain.patient import Burden, Ledger
from tests.db.world import REGISTER, sit

SHIFTS = {shift.code: shift for shift in REGISTER.shifts}
MONDAY, FRIDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 20), date(2026, 11, 22)


def test_a_night_turn_is_a_night() -> None:
    assert list(burdens(sit(MONDAY, "N", "P1"), SHIFTS)) == [Burden.NIGHT]


def test_an_early_turn_on_a_sunday_is_two_burdens() -> None:
    assert list(burdens(sit(SUNDAY, "D", "P1"), SHIFTS)) == [Burden.EARLY, Burden.SUNDAY]


def test_of_a_shift_that_is_gone_only_the_sunday_is_known() -> None:
    assert list(burdens(sit(SUNDAY, "X", "P1"), SHIFTS)) == [Burden.SUNDAY]
    assert list(burdens(sit(MONDAY, "X", "P1"), SHIFTS)) == []


def test_sessions_add_to_the_opening_balance_of_their_patient() -> None:
    opening = [Ledger("P1", Burden.NIGHT, 4), Ledger("P2", Burden.SUNDAY, 1)]
    borne = [sit(MONDAY, "N", "P1"), sit(FRIDAY, "N", "P1"), sit(SUNDAY, "D", "P2")]
    assert carried(opening, borne, SHIFTS) == (
        Ledger("P1", Burden.NIGHT, 6),
        Ledger("P2", Burden.EARLY, 1),
        Ledger("P2", Burden.SUNDAY, 2),
    )


def test_without_sessions_the_opening_balance_stands() -> None:
    assert carried([Ledger("P1", Burden.NIGHT, 4)], [], SHIFTS) == (Ledger("P1", Burden.NIGHT, 4),)
