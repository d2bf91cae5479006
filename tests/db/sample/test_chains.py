"""Standing weeks that share rows of the seat plan."""

from __future__ import annotations

from db.sample.chains import Chain, Row, Seat, crossed, pack
from db.sample.spec import Demand, Rhythm

WORKDAYS = frozenset(range(1, 7))
MWF, TTS = (1, 3, 5), (2, 4, 6)


def row(station: str, shift: str = "AM", weekdays: frozenset[int] = WORKDAYS) -> Row:
    return Row(station, shift, weekdays)


def days(seats: tuple[Seat, ...]) -> tuple[int, ...]:
    return tuple(seat.weekday for seat in seats)


def test_two_patients_of_three_a_week_fill_a_row() -> None:
    chains = pack("A", [row("A01")], Demand(three=2))
    assert [days(chain.odd) for chain in chains] == [MWF, TTS]
    assert all(chain.odd == chain.even for chain in chains)


def test_three_patients_of_two_a_week_fill_a_row() -> None:
    chains = pack("A", [row("A01")], Demand(two=3))
    assert [days(chain.odd) for chain in chains] == [(1, 4), (2, 5), (3, 6)]


def test_two_patients_of_five_a_fortnight_have_opposite_weeks() -> None:
    one, two = pack("A", [row("A01")], Demand(five=2))
    assert (days(one.odd), days(one.even)) == ((1, 4, 6), (2, 5))
    assert (days(two.odd), days(two.even)) == ((2, 5), (1, 4, 6))


def test_every_other_day_needs_a_sunday_and_two_patients_fill_it() -> None:
    assert pack("A", [row("A01")], Demand(alternate=2)) == []
    one, two = pack("A", [row("A01", weekdays=WORKDAYS | {7})], Demand(alternate=2))
    assert sorted(days(one.odd) + days(two.odd)) == [1, 2, 3, 4, 5, 6, 7]
    assert sorted(days(one.odd) + days(one.even)) == [1, 2, 3, 4, 5, 6, 7]


def test_a_row_without_wednesdays_takes_whoever_does_not_need_them() -> None:
    chains = pack("A", [row("A01", weekdays=WORKDAYS - {3})], Demand(three=2))
    assert [days(chain.odd) for chain in chains] == [TTS]


def test_who_does_not_fit_has_no_chain() -> None:
    assert len(pack("A", [row("A01"), row("A02")], Demand(three=7))) == 4


def test_rotating_pairs_exchange_their_even_weeks_at_one_station() -> None:
    rows = [row("A01", "AM"), row("A01", "PM"), row("A02", "NOON")]
    chains = crossed(pack("A", rows, Demand(three=6)), "AM", "PM", pairs=1)
    changing = [chain for chain in chains if _shifts(chain.odd) != _shifts(chain.even)]
    assert [(_shifts(chain.odd), _shifts(chain.even)) for chain in changing] == [
        ({"AM"}, {"PM"}),
        ({"PM"}, {"AM"}),
    ]
    assert {seat.station for chain in changing for seat in chain.seats} == {"A01"}
    assert len({(s.weekday, s.shift, s.station) for c in chains for s in c.even}) == 18


def _shifts(seats: tuple[Seat, ...]) -> set[str]:
    return {seat.shift for seat in seats}


def test_a_chain_knows_the_weekdays_of_both_weeks() -> None:
    chain = Chain("A", Rhythm.FIVE, (Seat(1, "AM", "A01"),), (Seat(2, "AM", "A01"),))
    assert chain.weekdays == {1, 2}
