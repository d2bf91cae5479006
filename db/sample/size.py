"""Centers of any size and tightness: how many stations and patients of each sort.

Tightness is wanted sessions over slots. The zones of the infected get a little more room than
the general zone, as in real centers, where they cannot lend each other a chair.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from db.sample.refusal import SampleRefusal, outside
from db.sample.shifts import LATE, OVERNIGHT, four_shifts, three_shifts, two_shifts
from db.sample.spec import CenterSpec, Changes, Demand, ZoneSize
from domain.center import Infection, Shift
from domain.words import Label, words

GENERAL = Label("General zone", "普通区")
HBV = Label("Hepatitis B zone", "乙肝区")
HCV = Label("Hepatitis C zone", "丙肝区")
OBSERVATION = Label("Observation place", "待查观察位")
CLEAN = frozenset({Infection.NEGATIVE, Infection.CLEARED})
SESSIONS_A_PATIENT = 2.875
"""Mean sessions a week if 85 % come three times, 10 % twice, 5 % five times a fortnight."""
ROOM = 0.06
"""How much less tight the zones of the infected are."""
SLACK = 8
"""Seats of a week that a mix of frequencies leaves empty between people."""
ORDINARY = 748 / 768
"""Tightness of an ordinary week, 97.4 %."""
_LOOSEST, _TIGHTEST = 0.3, 1.2


def general_zone(stations: int, demand: Demand, held: int = 0) -> ZoneSize:
    """Zone A: negative, and cleared under observation."""
    return ZoneSize("A", GENERAL, CLEAN, stations, demand, held)


def infected_zone(infection: Infection, stations: int, patients: int) -> ZoneSize:
    """Zone B for hepatitis B, C for hepatitis C, D for whoever is unknown; all three a week."""
    code, name = {
        Infection.HBV: ("B", HBV),
        Infection.HCV: ("C", HCV),
        Infection.UNKNOWN: ("D", OBSERVATION),
    }[infection]
    return ZoneSize(code, name, frozenset({infection}), stations, Demand(three=patients))


def sized(
    machines: int,
    patients: int | None = None,
    tightness: float = 0.97,
    *,
    shifts: int = 4,
    late: bool = False,
    sunday: bool = False,
    hbv: float = 3 / 32,
    hcv: float = 2 / 32,
    held: int = 0,
    workers: float = 0.4,
    hdf_patients: float = 0.2,
    changes: Changes | None = None,
    history: bool = True,
) -> CenterSpec:
    """A center of 4 to 1,000 machines whose patients want `tightness` (0.3 to 1.2) of its
    slots, by default with as many patients as the usual mix of frequencies gives.

    `hbv` and `hcv` are shares of the stations. Held stations count as slots, as they do for
    a center that reports its capacity. Above the capacity that is left, the rest of the
    patients wait. Raises SampleRefusal, with every figure that is out of range.
    """
    _refuse_figures(machines, tightness, shifts, workers, hdf_patients, hbv, hcv)
    grid = _grid(shifts, late, sunday)
    turns = sum(len(shift.weekdays) for shift in grid)
    wanted = round(machines * turns * tightness)
    count = patients if patients is not None else round(wanted / SESSIONS_A_PATIENT)
    stations = _stations(machines, (hbv, hcv))
    if reasons := outside(words("stations held back"), held, 0, stations[0] - 1):
        raise SampleRefusal(*reasons)
    return CenterSpec(
        code="SAMPLE",
        name=Label("Sample dialysis center", "样例血液透析中心"),
        address=Label("1 Sample Road", "样例路1号"),
        zones=_zones(stations, turns, wanted, count, held, sunday and shifts > 2),
        shifts=grid,
        changes=changes or Changes(closures=max(2, machines // 16) if machines >= 16 else 0),
        workers=workers,
        cleared=count // 100,
        hdf_patients=hdf_patients,
        history=history,
    )


def ordinary_week(
    machines: int = 32, patients: int = 260, tightness: float = ORDINARY, *, history: bool = True
) -> CenterSpec:
    """The benchmark family: four shifts, the last overnight, and mixed frequencies. With
    32 machines, 27 general, 3 hepatitis B, 2 hepatitis C, and 97 %: 748 sessions in 768 slots.

    No station is held back, or 97 % would not fit. A legal week is planted under the changes
    (`make_center.planted_week`); from about 12 machines on every patient can be seated, below
    that one odd or even session too many may have no place.
    `history` false is the same center to be planned from scratch.
    """
    return sized(machines, patients, tightness, history=history)


def _refuse_figures(
    machines: int,
    tightness: float,
    shifts: int,
    workers: float,
    hdf_patients: float,
    hbv: float,
    hcv: float,
) -> None:
    reasons = (
        *outside(words("machines"), machines, 4, 1000),
        *outside(words("tightness"), tightness, _LOOSEST, _TIGHTEST),
        *outside(words("shifts a day"), shifts, 2, 4),
        *outside(words("share of workers"), workers, 0, 1),
        *outside(words("share of patients on hemodiafiltration"), hdf_patients, 0, 1),
        *outside(words("share of stations for hepatitis B"), hbv, 0, 0.4),
        *outside(words("share of stations for hepatitis C"), hcv, 0, 0.4),
    )
    if reasons:
        raise SampleRefusal(*reasons)


def _grid(shifts: int, late: bool, sunday: bool) -> tuple[Shift, ...]:
    if shifts == 2:
        return two_shifts()
    return three_shifts(sunday) if shifts == 3 else four_shifts(LATE if late else OVERNIGHT, sunday)


def _stations(machines: int, shares: Sequence[float]) -> tuple[int, int, int]:
    """General, hepatitis B and hepatitis C stations; a small center sends the infected on."""
    if machines < 8:
        return machines, 0, 0
    hbv, hcv = (max(1, round(machines * share)) if share else 0 for share in shares)
    return machines - hbv - hcv, hbv, hcv


def _zones(
    stations: tuple[int, int, int],
    turns: int,
    wanted: int,
    patients: int,
    held: int,
    sunday: bool,
) -> tuple[ZoneSize, ...]:
    general, *infected = stations
    share = _infected_share(wanted / (sum(stations) * turns))
    counts = [round(count * turns * share / 3) for count in infected]
    zones = [
        infected_zone(infection, count, people)
        for infection, count, people in zip(
            (Infection.HBV, Infection.HCV), infected, counts, strict=True
        )
        if count
    ]
    sessions = wanted - 3 * sum(counts)
    seats = (general - held) * turns
    alternate = 2 * _alternate_pairs(general - held, seats, sessions) if sunday else 0
    fours = (alternate + 1) // 2
    least = sum(counts) + ceil((sessions - fours) / 3)
    most = sum(counts) + (sessions - alternate - fours) // 2
    if reasons := outside(words("patients at this tightness"), patients, least, most):
        raise SampleRefusal(*reasons)
    demand = mixed(patients - sum(counts), sessions, seats, alternate)
    return (general_zone(general, demand, held), *zones)


def _alternate_pairs(stations: int, seats: int, sessions: int) -> int:
    """Pairs of patients who come every other day: nobody else uses Sundays, so the fuller the
    week, the more of them there are."""
    missing = sessions - (seats - stations) + SLACK
    return max(1, min(stations, missing))


def _infected_share(tightness: float) -> float:
    """How much of their zones the infected want; the room shrinks as the center fills up."""
    return tightness - ROOM * max(0.0, min(1.0, (1 - tightness) / 0.026))


def mixed(patients: int, sessions: int, seats: int, alternate: int = 0) -> Demand:
    """How often so many patients must come to want so many sessions in the planned week.

    Who comes less than three times a week comes twice or, half as often, five times a
    fortnight. Of two who come five times, one has three sessions in the planned week; of two
    who come every other day, one has four. What shares rows of the seat plan badly is
    avoided, above all if it costs more than the free seats. The sessions must be possible: about
    two to three a patient.
    """
    missing = 3 * patients + (alternate + 1) // 2 - sessions
    choices = (
        Demand(patients - alternate - missing - pairs, missing - pairs, 2 * pairs, alternate)
        for pairs in range(missing + 1)
        if patients - alternate >= missing + pairs
    )
    return min(choices, key=lambda demand: _oddity(demand, seats - sessions))


def _oddity(demand: Demand, free: int) -> tuple[bool, float]:
    """Whether the rows' waste does not fit into the free seats, then the distance from the
    usual mix with a charge for the waste."""
    pairs = demand.five // 2
    waste = (0, 4, 2)[demand.two % 3] + 3 * (demand.three % 2)
    usual = (demand.two + pairs) * 0.2
    return waste + pairs > free, abs(pairs - usual) + waste / 2


def usual_tightness(machines: int, patients: int, shifts: int = 4) -> float:
    """How tight a center is that has so many patients with the usual mix of frequencies.

    Raises SampleRefusal if they are too few or too many for so many machines.
    """
    turns = sum(len(shift.weekdays) for shift in _grid(shifts, late=False, sunday=False))
    people = max(1, machines) * turns / SESSIONS_A_PATIENT
    least, most = ceil(_LOOSEST * people), floor(_TIGHTEST * people)
    if reasons := outside(words("patients"), patients, least, most):
        raise SampleRefusal(*reasons)
    return patients / people
