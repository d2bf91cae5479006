"""The answer in words: headline, changes, and what is proven."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.concession import (
    AcceptsNight,
    ComesAnyway,
    Concession,
    DoctorAllows,
    HeldSeatUsed,
    NegativeReports,
    OtherPlace,
    PromiseReleased,
    TurnOpened,
    WorksOtherwise,
)
from domain.problem import Problem
from domain.remedy_words import remedy_words
from domain.shortage import Place
from domain.why_not import Ask, Block, BlockKind, Way, WhyNot
from domain.words import Label, Words, words
from scheduler.rules import RULES

_FEW = 8
"""People that a sentence names one by one."""
_TITLES = {rule.name: rule.title for rule in RULES}


def seat_words(problem: Problem, ask: Ask) -> Words:
    """The seat that is asked for."""
    turn = problem.say(ask.turn)
    if ask.station is not None:
        return words("{turn}, station {station}", turn=turn, station=ask.station)
    if ask.zone is not None:
        return words("{turn}, {zone}", turn=turn, zone=zone_name(problem, ask.zone))
    return turn


def zone_name(problem: Problem, code: str) -> Label:
    """What the center calls a zone."""
    return next(zone.name for zone in problem.register.zones if zone.code == code)


def possible_words(problem: Problem, ask: Ask, way: Way) -> Words:
    """That it can be, and what it takes of others."""
    seat = seat_words(problem, ask)
    if way.others.found == 1:
        return words(
            "{patient} can have {seat} if one other patient comes at other times.",
            patient=ask.patient,
            seat=seat,
        )
    if way.others.found:
        return words(
            "{patient} can have {seat} if {count} other patients come at other times.",
            patient=ask.patient,
            seat=seat,
            count=way.others.found,
        )
    if way.stations:
        return words(
            "{patient} can have {seat}; nobody else comes at other times, only seats change.",
            patient=ask.patient,
            seat=seat,
        )
    return words(
        "{patient} can have {seat}; nobody else is touched.", patient=ask.patient, seat=seat
    )


def blocked_words(problem: Problem, ask: Ask, block: Block) -> Words:
    """That it cannot be, and why."""
    seat = seat_words(problem, ask)
    if block.kind is BlockKind.LOCAL:
        return words(
            "{patient} cannot have {seat}: {facts}.",
            patient=ask.patient,
            seat=seat,
            facts=tuple(fact.words for fact in block.facts),
        )
    return words(
        "{patient} cannot have {seat} while everybody keeps all sessions: {why}.",
        patient=ask.patient,
        seat=seat,
        why=block.words,
    )


def sits_words(problem: Problem, ask: Ask, station: str) -> Words:
    """That there is nothing to ask."""
    return words(
        "{patient} sits there: {turn}, station {station}.",
        patient=ask.patient,
        turn=problem.say(ask.turn),
        station=station,
    )


def unsettled_words(problem: Problem, ask: Ask) -> Words:
    """That nothing is claimed."""
    return words(
        "The time was up before it was settled whether {patient} can have {seat}.",
        patient=ask.patient,
        seat=seat_words(problem, ask),
    )


def claims(way: Way) -> Iterator[Words]:
    """What is proven of a way, and what is only the best found."""
    if way.others.proven:
        yield words("Proven: no plan with this seat moves fewer people.")
    else:
        yield words(
            "The best found; every plan with this seat moves at least {count} people.",
            count=way.others.bound,
        )
    if way.others.proven and way.sessions.proven:
        yield words("Proven: nor fewer sessions.")


def concession_words(problem: Problem, concession: Concession) -> Words:
    """One change, as a condition."""
    match concession:
        case OtherPlace():
            return words("another station of the same shift will do")
        case PromiseReleased(lock):
            return words(
                "the promise to {patient} of {turn} is given up",
                patient=lock.patient,
                turn=problem.say(lock.turn),
            )
        case AcceptsNight(patient):
            return words("{patient} accepts night shifts", patient=patient)
        case ComesAnyway(patient, day):
            return words("{patient} can come on {day} after all", patient=patient, day=day)
        case WorksOtherwise(patient, day):
            return words("{patient} does not work on {day}", patient=patient, day=day)
        case NegativeReports(patient, day):
            return words(
                "{patient} has had the missing blood tests by {day}, all of them negative",
                patient=patient,
                day=day,
            )
        case HeldSeatUsed(zone, turn):
            return words(
                "one of the seats held back in {zone} is given away on {turn}",
                zone=zone_name(problem, zone),
                turn=problem.say(turn),
            )
        case TurnOpened(turn):
            return words("{turn} takes place although it is closed", turn=problem.say(turn))
        case DoctorAllows(patient, rule):
            return words(
                "the doctor lets this rule go for {patient}: {rule}",
                patient=patient,
                rule=_TITLES[rule],
            )
        case _:
            return remedy_words(problem, concession)


def condition_words(said: Iterable[Words], minutes: int) -> Words:
    """All changes together, with what they weigh."""
    return words(
        "It would be possible with this: {changes}. Weighs {minutes} minutes of a nurse.",
        changes=tuple(said),
        minutes=minutes,
    )


def nothing_words(found: WhyNot) -> Words:
    """That no change is offered, and how sure that is."""
    if found.complete:
        return words("Nothing that a center may change would allow it.")
    return words("The time was up before a change was found that allows it.")


def people_words(block: Block) -> Words:
    """Who shares the places."""
    return words("{count} patients: {patients}", count=len(block.people), patients=block.people)


def checked_words(block: Block) -> Words | None:
    """What was tried of the set; nothing to say of a turn that nobody can have."""
    if block.kind is BlockKind.LOCAL and not block.smallest:
        return None
    if not block.smallest:
        return words("The time was up before each fact had been left out once.")
    if block.kind is BlockKind.LOCAL:
        return words("Checked: without any one of these facts there is a legal week with it.")
    return words(
        "Checked: without any one of these patients the others fit into these places, and without "
        "any one of these limits all do."
    )


def crowd_words(
    people: tuple[str, ...], places: tuple[Place, ...], needed: int | None, seats: int
) -> Words:
    """That these people clash in these places; counted, if so many sessions are known to be
    needed there."""
    where = tuple(place.words for place in places)
    if needed is None:
        return _uncounted(people, where, seats)
    if len(people) > _FEW:
        return words(
            "{needed} sessions of {count} patients can be nowhere but in {where}, with {seats} "
            "seats: {short} cannot be held",
            needed=needed,
            count=len(people),
            where=where,
            seats=seats,
            short=needed - seats,
        )
    return words(
        "{needed} sessions of {patients} can be nowhere but in {where}, with {seats} seats: "
        "{short} cannot be held",
        needed=needed,
        patients=people,
        where=where,
        seats=seats,
        short=needed - seats,
    )


def _uncounted(people: tuple[str, ...], where: tuple[Words, ...], seats: int) -> Words:
    if len(people) > _FEW:
        return words(
            "{count} patients would need more than the {seats} seats of {where}, however their "
            "legal weeks are combined",
            count=len(people),
            seats=seats,
            where=where,
        )
    return words(
        "{people} would need more than the {seats} seats of {where}, however their legal weeks "
        "are combined",
        people=people,
        seats=seats,
        where=where,
    )
