from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time
from random import Random
from typing import Any

from domain.calendar import Span
from domain.center import Closure, Infection, Modality
from domain.need import wanted_sessions
from domain.patient import Absence, Marker, Night
from domain.plan import Lock
from domain.problem import Problem
from domain.shortage import Clash, ClashKind
from scheduler.clashes import clashes
from scheduler.facts import promise
from scheduler.model import PROMISES
from scheduler.planner import build_model
from scheduler.rules import RULES
from scheduler.rules.rule import Rule
from scheduler.walks import zone_masks
from scheduler.weeks import weeks_of
from tests.scheduler.random_worlds import random_problem
from tests.scheduler.worlds import (
    AFTERNOON,
    MONDAY,
    MORNING,
    NIGHT,
    Person,
    blood_tests,
    last_week,
    nurses,
    on,
    people,
    stations_named,
    who,
    works,
    world,
    zone,
)

LOCKED = next(rule for rule in RULES if rule.name == "locked")
HARD = tuple(rule for rule in RULES if rule.hard)


def said(problem: Problem) -> list[str]:
    return [str(clash.words) for clash in clashes(problem)]


def facts(clash: Clash) -> dict[str, str]:
    return {fact.rule: str(fact.words) for fact in clash.facts}


# --- by hand: no legal week -------------------------------------------------------------------


def test_a_worker_without_nights_who_is_free_on_saturday_only_learns_which_facts_clash() -> None:
    worker = who("P1", recovery_minutes=360, night=Night.NEVER)
    problem = world(
        shifts=(MORNING, AFTERNOON, NIGHT),
        work_shifts=(works("P1", "Mon Tue Wed Thu Fri", time(8), time(15)),),
        **people(worker, who("P2")),
    )
    (clash,) = clashes(problem)
    assert (clash.kind, clash.patients, clash.wanted) == (ClashKind.NO_WEEK, ("P1",), 3)
    assert facts(clash) == {
        "prescribed_sessions": "3 sessions a week",
        "work_overlap": "works Monday, Tuesday, Wednesday, Thursday, Friday 08:00 to 15:00, "
        "0 minutes to get there",
        "night_eligible": "never at night",
    }
    assert str(clash.words).endswith("left are only 2026-03-07 morning, 2026-03-07 afternoon")
    assert {turn.day for turn in clash.left} == {date(2026, 3, 7)}


def test_every_fact_carries_its_rule_and_the_source_of_the_rule() -> None:
    problem = world(**people(who("P1", minutes=300)))
    (clash,) = clashes(problem)
    (fact,) = clash.facts
    assert (fact.rule, str(fact.title), str(fact.words), fact.source) == (
        "fits_shift",
        "Session fits the shift",
        "sessions of 300 minutes; room: morning 240, afternoon 240",
        "Disinfection and set-up after every session",
    )
    assert str(clash.words) == (
        "P1, week of 2026-03-02: no turn is left: "
        "sessions of 300 minutes; room: morning 240, afternoon 240"
    )


def test_where_everybody_has_a_week_nothing_clashes() -> None:
    assert clashes(world(**people(who("P1"), who("P2", odd=0)))) == ()


def test_a_machine_for_the_modality_must_stand_in_a_zone_that_admits() -> None:
    problem = world(
        zones=(zone("A", Infection.NEGATIVE), zone("B", Infection.HBV)),
        stations=stations_named("A1 B1"),
        serology=blood_tests("P1", MONDAY),
        closures=(Closure(Span(MONDAY, None), "repair", station="A1"),),
        **people(who("P1")),
    )
    (clash,) = clashes(problem)
    assert facts(clash) == {
        "zone_serology": "status negative, only in Zone A",
        "open_station": "open on 2026-03-02 to 2026-03-07, "
        "closed: A1 2026-03-02 to 2026-03-08 (repair)",
    }


def test_a_station_without_a_machine_is_named() -> None:
    (clash,) = clashes(world(placements=(), **people(who("P1"))))
    assert facts(clash) == {
        "open_station": "not open on any day, closed: without a machine: A1, A2"
    }


def test_a_prescription_no_machine_can_do_is_named() -> None:
    problem = world(**people(who("P1", modality=Modality.HDF)))
    assert said(problem) == [
        "P1, week of 2026-03-02: no turn is left: HDF is prescribed, no machine can do it"
    ]


def test_who_is_overdue_learns_by_when_the_next_session_is_due() -> None:
    for last, due in (("Mon", "2026-03-04"), ("Fri", "2026-03-02"), ("Sat", "2026-03-03")):
        problem = world(
            sessions=last_week(f"P1 A1 am {last}"),
            work_shifts=(works("P1", "Mon Tue Wed", time(6), time(20)),),
            **people(who("P1", odd=2)),
        )
        (clash,) = clashes(problem)
        day = problem.history["P1"][0].day
        assert facts(clash)["longest_gap"] == (
            "at most 3 days from session to session: the last one was on "
            f"{day}, the next is due by {due}"
        )


def test_absences_are_told_with_their_reason() -> None:
    wedding = Absence("P1", on("Mon Fri"), "wedding", start=time(9), end=time(20))
    (clash,) = clashes(world(absences=(wedding,), **people(who("P1"))))
    assert facts(clash)["availability"] == (
        "away: 2026-03-02 to 2026-03-06 09:00 to 20:00 (wedding)"
    )


# --- by hand: no zone, no prescription --------------------------------------------------------


def infectious(**tables: Any) -> Problem:
    return world(zones=(zone("A", Infection.NEGATIVE),), **tables, **people(who("P1")))


def test_expired_blood_tests_are_named_with_their_days() -> None:
    old = blood_tests("P1", date(2025, 8, 1))
    fresh = replace(old[0], day=MONDAY)
    assert said(infectious(serology=(*old, fresh))) == [
        "P1, week of 2026-03-02: status unknown (anti-HCV: report of 2025-08-01 expired on "
        "2026-01-31, syphilis: report of 2025-08-01 expired on 2026-01-31, HIV: report of "
        "2025-08-01 expired on 2026-01-31), no zone admits that"
    ]


def test_missing_blood_tests_are_named() -> None:
    (clash,) = clashes(infectious(serology=blood_tests("P1", MONDAY)[1:]))
    assert clash.kind is ClashKind.NO_ZONE
    assert str(clash.words) == (
        "P1, week of 2026-03-02: status unknown (HBsAg: no report), no zone admits that"
    )


def test_a_status_that_changes_in_the_week_is_told_day_by_day() -> None:
    problem = infectious(serology=blood_tests("P1", date(2025, 9, 2)))
    assert facts(clashes(problem)[0])["zone_serology"] == (
        "in turn: from 2026-03-02 status negative, only in Zone A, from 2026-03-05 status unknown "
        "(HBsAg: report of 2025-09-02 expired on 2026-03-04, anti-HCV: report of 2025-09-02 "
        "expired on 2026-03-04, syphilis: report of 2025-09-02 expired on 2026-03-04, HIV: report "
        "of 2025-09-02 expired on 2026-03-04), no zone admits that"
    )


def test_an_infection_that_no_zone_admits_is_named() -> None:
    problem = infectious(serology=blood_tests("P1", MONDAY, Marker.HIV))
    assert said(problem) == ["P1, week of 2026-03-02: status HIV, no zone admits that"]


def test_a_patient_without_a_prescription_is_named_unless_away_all_week() -> None:
    away = Absence("P2", on("Mon Sun"), "holiday")
    tables = people(who("P1"), who("P2"))
    problem = world(absences=(away,), **{**tables, "prescriptions": ()})
    assert [(clash.kind, clash.patients) for clash in clashes(problem)] == [
        (ClashKind.NO_PRESCRIPTION, ("P1",))
    ]


# --- by hand: promises ------------------------------------------------------------------------


def locked(*locks: Lock, persons: Sequence[Person] = (), **tables: Any) -> Problem:
    return world(locks=locks, **tables, **people(*(persons or (who("P1"), who("P2")))))


def test_one_slot_promised_to_two_patients_is_named() -> None:
    day = date(2026, 3, 3)
    problem = locked(Lock("P1", day, "am", "A1"), Lock("P2", day, "am", "A1"))
    (clash,) = clashes(problem)
    assert (clash.kind, clash.patients) == (ClashKind.PROMISED_TWICE, ("P1", "P2"))
    assert str(clash.words) == (
        "Zone A morning on 2026-03-03, stations A1: promised to P1, P2, seats there: 1"
    )


def test_more_promises_than_the_nurses_can_keep_are_named() -> None:
    day = date(2026, 3, 3)
    crowd = [who(f"P{n}") for n in range(1, 4)]
    locks = [Lock(person.patient.code, day, "am") for person in crowd]
    problem = locked(*locks, persons=crowd, stations=stations_named("A1 A2 A3"))
    assert clashes(problem) == ()
    rule = replace(problem.row("nurse_ratio"), limit=2)
    crowded = replace(problem.register, staffing=nurses("A", am=1), rules=(rule,))
    assert said(replace(problem, register=crowded)) == [
        "Zone A morning on 2026-03-03: promised to P1, P2, P3, seats there: 2"
    ]


def test_a_promise_at_a_closed_station_is_named() -> None:
    shut = Closure(on("Tue"), "repair", station="A1")
    problem = locked(Lock("P1", date(2026, 3, 3), "am", "A1"), closures=(shut,))
    (clash,) = clashes(problem)
    assert clash.kind is ClashKind.PROMISE
    assert list(facts(clash)) == ["locked", "open_station"]
    assert str(clash.words).startswith(
        "P1, week of 2026-03-02: a promise cannot be kept: "
        "promised 2026-03-03 morning at station A1, open on"
    )


def test_two_promises_on_one_day_clash_with_each_other() -> None:
    day = date(2026, 3, 3)
    (clash,) = clashes(locked(Lock("P1", day, "am"), Lock("P1", day, "pm")))
    assert [(fact.rule, str(fact.words)) for fact in clash.facts] == [
        ("locked", "promised 2026-03-03 morning"),
        ("locked", "promised 2026-03-03 afternoon"),
        ("one_a_day", "at most one session a day"),
    ]


def test_a_promise_when_the_shift_does_not_run_is_named() -> None:
    problem = locked(Lock("P1", date(2026, 3, 8), "am"))
    assert said(problem) == [
        "P1, week of 2026-03-02: a promise cannot be kept: "
        "promised 2026-03-08 morning, when the shift does not run"
    ]


def test_a_promise_to_somebody_who_left_is_named() -> None:
    gone = who("P3", span=Span(None, date(2026, 2, 1)))
    problem = locked(Lock("P3", date(2026, 3, 3), "am"), persons=(who("P1"), gone))
    assert said(problem) == [
        "P3, 2026-03-03 morning: promised, but not with the center in these weeks"
    ]


def test_a_promise_in_a_week_without_sessions_clashes_with_the_prescription() -> None:
    (clash,) = clashes(locked(Lock("P1", date(2026, 3, 3), "am"), persons=[who("P1", odd=0)]))
    assert facts(clash) == {
        "locked": "promised 2026-03-03 morning",
        "prescribed_sessions": "0 sessions a week",
    }


# --- against the search's own list of weeks ---------------------------------------------------


def listed_week(problem: Problem, patient: str, monday: date, rules: Sequence[Rule]) -> bool:
    """Whether the search would list a week that keeps every promise."""
    model = build_model(problem, rules)
    if "prescribed_sessions" not in {rule.name for rule in rules}:
        model.counts[patient, monday] = range(1, 5)  # else there are too many to list
    weeks = weeks_of(model, patient, monday, tuple(zone_masks(model).items()), (PROMISES,))
    return bool((weeks.cost[1:, 0] == 0).any())


def with_locks_of(problem: Problem, clash: Clash) -> Problem:
    """The same problem with no promises but those that the clash names."""
    named = [fact.words for fact in clash.facts if fact.rule == "locked"]
    kept = [
        lock
        for lock in problem.register.locks
        if lock.patient in clash.patients and promise(problem, LOCKED, lock).words in named
    ]
    return replace(problem, register=replace(problem.register, locks=tuple(kept)))


def without_one(
    problem: Problem, rules: Sequence[Rule]
) -> Iterator[tuple[Problem, Sequence[Rule]]]:
    """Every way to take one of the promises or rules away."""
    for rule in rules:
        if rule.name != "locked":
            yield problem, [one for one in rules if one is not rule]
    for lock in problem.register.locks:
        kept = tuple(one for one in problem.register.locks if one is not lock)
        yield replace(problem, register=replace(problem.register, locks=kept)), rules


def test_the_facts_leave_no_week_and_without_any_one_of_them_there_is_one() -> None:
    kinds = Counter[ClashKind]()
    own = {ClashKind.NO_WEEK, ClashKind.NO_ZONE, ClashKind.PROMISE}
    for seed in range(60):
        problem = random_problem(Random(seed))
        for clash in clashes(problem):
            patient = clash.patients[0]
            if clash.kind not in own or patient not in problem.patient:
                continue
            kinds[clash.kind] += 1
            alone = with_locks_of(problem, clash)
            named = {fact.rule for fact in clash.facts}
            rules = [rule for rule in HARD if rule.name in named]
            assert not listed_week(alone, patient, clash.monday, rules), f"seed {seed}"
            for fewer, left in without_one(alone, rules):
                nothing = not wanted_sessions(problem, patient, clash.monday)
                empty = nothing and not fewer.locks.get(patient)
                week = empty or listed_week(fewer, patient, clash.monday, left)
                assert week, f"seed {seed}: {clash.words}"
    assert all(kinds[kind] >= 10 for kind in own)


def test_exactly_the_patients_without_a_listed_week_are_named() -> None:
    for seed in range(60):
        problem = random_problem(Random(seed))
        named = {
            (clash.patients[0], clash.monday)
            for clash in clashes(problem)
            if clash.kind in {ClashKind.NO_WEEK, ClashKind.NO_ZONE}
        }
        rules = [rule for rule in HARD if problem.row(rule.name).enabled and rule is not LOCKED]
        nowhere = {
            (patient, monday)
            for patient in problem.patient
            for monday in problem.mondays
            if wanted_sessions(problem, patient, monday)
            and not listed_week(problem, patient, monday, rules)
        }
        assert named == nowhere, f"seed {seed}"
