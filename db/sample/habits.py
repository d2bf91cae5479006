"""What patients are used to, ask for and have borne: patterns, wishes, burdens, promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from db.sample.chains import Chain, Seat
from db.sample.people import Person
from db.sample.spec import FIRST_MONDAY, CenterSpec
from db.sample.week import Week
from domain.calendar import DAY, Parity, Span
from domain.patient import Absence, Burden, Ledger, Pattern, Wish, WishKind
from domain.plan import Assignment, Lock

FRIDAY, SATURDAY = "5", "6"


def sessions(monday: date, seats: dict[str, tuple[Seat, ...]]) -> list[Assignment]:
    """Everybody's seats as sessions of the week that begins on `monday`."""
    return [
        Assignment(monday + DAY * (seat.weekday - 1), seat.shift, seat.station, code)
        for code, mine in sorted(seats.items())
        for seat in mine
    ]


def patterns(code: str, chain: Chain) -> Iterator[Pattern]:
    """The standing turns: once if both weeks agree, else a row for each week."""
    for seat in chain.odd:
        parity = Parity.EVERY if seat in chain.even else Parity.ODD
        yield Pattern(code, seat.weekday, seat.shift, seat.station, parity)
    for seat in chain.even:
        if seat not in chain.odd:
            yield Pattern(code, seat.weekday, seat.shift, seat.station, Parity.EVEN)


# --- wishes ---------------------------------------------------------------------------------


def wishes(spec: CenterSpec, people: Sequence[Person], rng: Random) -> Iterator[Wish]:
    """One patient in four asks for something; some ask to come with somebody."""
    for person in people:
        if rng.random() < 0.25:
            kind, value = _wish(spec, person, rng)
            yield Wish(person.code, kind, value, rng.randint(1, 3))
    yield from _companions(people, rng)


def _wish(spec: CenterSpec, person: Person, rng: Random) -> tuple[WishKind, str]:
    """Mostly what the patient has, sometimes what the patient has not."""
    seat = rng.choice(person.chain.seats)
    other = rng.choice([shift.code for shift in spec.shifts if seat.weekday in shift.weekdays])
    workdays = person.chain.weekdays - {7}
    saturday = 6 in workdays
    return rng.choice((
        (WishKind.SHIFT, seat.shift),
        (WishKind.SHIFT, other),
        (WishKind.NOT_SHIFT, spec.shifts[-1].code),
        (WishKind.WEEKDAY, str(rng.choice(sorted(workdays)))),
        (WishKind.NOT_WEEKDAY, FRIDAY if saturday else SATURDAY),
        (WishKind.LONG_GAP, "monday" if saturday else "saturday"),
    ))  # fmt: skip


def _companions(people: Sequence[Person], rng: Random) -> Iterator[Wish]:
    """One pair to sixty patients, two pairs at least: spouses first, who want it badly, then
    people who share a car. Four of five pairs sit together already."""
    together: defaultdict[tuple[tuple[int, str], ...], list[Person]] = defaultdict(list)
    for person in people:
        if person.seated:
            turns = tuple((seat.weekday, seat.shift) for seat in person.chain.seats)
            together[turns].append(person)
    groups = sorted((group for group in together.values() if len(group) > 1), key=_codes)
    pairs = max(2, len(people) // 60)
    for number, group in enumerate(rng.sample(groups, min(pairs, len(groups)))):
        one, two = rng.sample(group, 2)
        if number % 5 == 4:
            two = rng.choice([person for person in people if person not in group])
        strength = 3 if number % 2 == 0 else 2
        yield Wish(one.code, WishKind.COMPANION, two.code, strength)
        yield Wish(two.code, WishKind.COMPANION, one.code, strength)


def _codes(group: Sequence[Person]) -> str:
    return group[0].code


# --- burdens, promises, trips ---------------------------------------------------------------


def ledger(spec: CenterSpec, people: Sequence[Person], rng: Random) -> Iterator[Ledger]:
    """Nights, early mornings and Sundays of the last thirteen weeks, by the standing turns,
    and some nights of people who helped out."""
    shifts = {shift.code: shift for shift in spec.shifts}
    for person in people:
        seats = person.chain.seats if person.seated else ()
        nights = sum(shifts[seat.shift].night for seat in seats)
        borne = {
            Burden.NIGHT: nights,
            Burden.EARLY: sum(shifts[seat.shift].early for seat in seats),
            Burden.SUNDAY: sum(seat.weekday == 7 for seat in seats),
        }
        for burden, per_fortnight in borne.items():
            turns = per_fortnight * 13 // 2
            turns = max(0, turns - rng.randint(0, 8)) if turns else 0
            if burden is Burden.NIGHT and not nights and any(s.night for s in spec.shifts):
                turns = rng.randint(1, 9) if rng.random() < 0.1 else 0
            if turns:
                yield Ledger(person.code, burden, turns)


def locks(week: Week, rng: Random) -> list[Lock]:
    """One promise to a hundred patients, kept by the planted week; half of them with the
    station."""
    calm = sorted(code for code in week.seats if code not in week.touched)
    count = min(len(calm), max(1, round(len(week.people) / 100)))
    return [
        _lock(code, week.seats[code][0], with_station=number % 2 == 0)
        for number, code in enumerate(rng.sample(calm, count))
    ]


def _lock(code: str, seat: Seat, *, with_station: bool) -> Lock:
    day = FIRST_MONDAY + DAY * (seat.weekday - 1)
    return Lock(code, day, seat.shift, seat.station if with_station else None)


def trips(spec: CenterSpec, people: Sequence[Person], rng: Random) -> Iterator[Absence]:
    """One patient in fifty is going away for a week later in the spring."""
    reason = "回乡探亲" if spec.language == "zh" else "Family visit"
    for person in rng.sample(people, max(1, len(people) // 50)):
        first = FIRST_MONDAY + timedelta(weeks=rng.randint(3, 6))
        yield Absence(person.code, Span(first, first + timedelta(days=6)), reason)
