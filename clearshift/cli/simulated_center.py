"""What the simulator takes from a center's database: the machines there are, and who lies at
which of them when, as a stored plan says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from clearshift.cli.given import Wanted, center_code
from clearshift.cli.refusal import Refusal
from clearshift.cli.stored import stored_plan
from clearshift.settings import Settings
from db.connection import reading
from db.load import load_centers, load_register
from db.opening import is_absent, open_database
from devices.twin.people import draw_person
from devices.twin.phases import LEAD_SECONDS
from devices.twin.rota import prescribed
from devices.twin.script import Modality, TwinTreatment
from devices.wire.topics import NAME
from domain.calendar import monday_of
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.register import Register
from domain.words import words

_AFTERWARDS = timedelta(minutes=20)
"""A treatment that ended longer ago is over for its machine too."""
_LONGEST_PAST = 12 * 3_600.0


@dataclass(frozen=True, slots=True)
class Sitting:
    """A treatment on a machine, by the center's clock."""

    machine: str
    patient: str
    start: datetime
    minutes: int
    modality: Modality


def stored_center(settings: Settings, center: str | None) -> Register | None:
    """The center of the database; `None` if there is no database, or no center in it and none
    was asked for. Raises Refusal, DatabaseRefusal."""
    engine = open_database(settings.database.url)
    if is_absent(engine):
        return None
    with reading(engine) as session:
        codes = tuple(one.code for one in load_centers(session))
        if not codes and center is None:
            return None
        found = load_register(session, center_code(codes, center))
    strange = tuple(one.code for one in found.machines if not NAME.fullmatch(one.code))
    if strange:
        raise Refusal(
            words(
                "Machines {codes} cannot be on a line: a code of letters, digits, . _ and - is "
                "needed.",
                codes=strange,
            )
        )
    return found


def sittings(
    settings: Settings, center: str | None, week: date | None, today: date
) -> tuple[Sitting, ...]:
    """What the plan of a week says, moved to the week of today if it is another. Raises
    Refusal if there is no plan."""
    monday = monday_of(today)
    return _moved(settings, center, week or monday, monday - (week or monday))


def sittings_at(
    settings: Settings, center: str | None, moment: datetime, now: datetime
) -> tuple[Sitting, ...]:
    """What the plan of a moment's week says, moved so that the moment is now. Raises Refusal if
    there is no plan."""
    return _moved(settings, center, monday_of(moment.date()), now - moment)


def _moved(
    settings: Settings, center: str | None, monday: date, by: timedelta
) -> tuple[Sitting, ...]:
    there, stored = stored_plan(settings, Wanted(monday, center=center))
    return tuple(_sittings(there.problem, stored.plan, by))


def _sittings(problem: Problem, plan: Plan, moved: timedelta) -> Iterator[Sitting]:
    for row in plan.assignments:
        machine = _machine(problem, row)
        if machine is None:
            continue
        said = problem.prescription(row.patient, row.day)
        modality = str(said.modality) if said else ""
        yield Sitting(
            machine,
            row.patient,
            problem.session(row.patient, row.turn).start + moved,
            problem.minutes(row.patient, row.day),
            # Perfusion is done on a machine that runs as for HD.
            Modality(modality) if modality in set(Modality) else Modality.HD,
        )


def _machine(problem: Problem, row: Assignment) -> str | None:
    return next(
        (
            one.machine
            for one in problem.register.placements
            if one.station == row.station and row.day in one.span
        ),
        None,
    )


def to_come(found: tuple[Sitting, ...], now: datetime) -> tuple[Sitting, ...]:
    """Those that run or are still to come."""
    return tuple(
        one for one in found if one.start + timedelta(minutes=one.minutes) + _AFTERWARDS > now
    )


def past_needed(found: tuple[Sitting, ...], now: datetime) -> float:
    """Seconds before now at which the machines have to begin so that whoever lies there now
    has been connected in time."""
    begun = [(now - one.start).total_seconds() + LEAD_SECONDS for one in found]
    return min(max([0.0, *begun]), _LONGEST_PAST)


def treatment(one: Sitting, now: datetime, past: float, seed: int) -> TwinTreatment:
    """The sitting as its machine is told, in the machine's own seconds. The same patient is
    the same body each time."""
    person = draw_person(Random(f"{seed}/{one.patient}"))
    chance = Random(f"{seed}/{one.patient}/{one.start}")
    start = max(0.0, (one.start - now).total_seconds() + past)
    return prescribed(person, chance, start, one.minutes, one.modality, one.patient)
