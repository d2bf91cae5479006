"""What a repair came to, as rows and sentences."""

from __future__ import annotations

from dataclasses import replace

from clearshift.i18n import speaker
from dashboard.planning.repair_words import (
    call_rows,
    change_rows,
    claim,
    headlines,
    label_of,
    left_out_lines,
    side_notes,
)
from domain.calendar import Turn
from domain.plan import ChangeKind
from domain.trouble import PatientJoins, ShiftClosed
from domain.words import Say
from scheduler.repair.measures import Measure
from scheduler.repair.repaired import Minimum, Repaired
from tests.scheduler.repair.mending import mend, moment, out
from tests.scheduler.worlds import MONDAY, MORNING, people, planned, who, world

ENGLISH = speaker("en")
_PEOPLE = people(who("P1", phone="138"), who("P2", language="en"))
_AFTERNOON = ("P1 A1 pm Mon Wed Fri", "P2 A2 pm Mon Wed Fri")


def moved() -> Repaired:
    """One of two patients comes at another time."""
    problem = world(**_PEOPLE)
    return mend(problem, planned(problem, *_AFTERNOON), out("A1"))


def left_out() -> Repaired:
    """One of two has no place."""
    shift = replace(MORNING, weekdays=frozenset({1, 3, 5}))
    problem = world(shifts=(shift,), **_PEOPLE)
    plan = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri")
    return mend(problem, plan, out("A1"))


def test_the_figures_say_what_is_proven() -> None:
    shown = {str(one.label): (one.value, one.tone) for one in headlines(moved())}
    assert shown["Sessions without a place, proven least"] == ("0", "")
    assert shown["Patients at another time, proven least"] == ("1", "")
    assert str(label_of(Minimum(Measure.STATIONS, 3, 2))).endswith("only, at least 2")
    assert {one.tone for one in headlines(left_out())} == {"bad", ""}


def test_the_claim_is_never_more_than_is_proven() -> None:
    done = moved()
    assert claim(done)[1] == "good"
    assert claim(left_out())[1] == "bad"
    rough = replace(done, minima=(Minimum(Measure.UNPLACED, 2, 1),))
    assert claim(rough)[1] == "warn"
    problem = world(**_PEOPLE)
    nothing = mend(problem, planned(problem, *_AFTERNOON))
    assert str(claim(nothing)[0]) == "Nothing has to change."


def test_everybody_gets_the_message_in_the_own_language() -> None:
    problem = world(**_PEOPLE)
    friday = Turn(moment("Fri", MORNING.start).date(), "pm")
    done = mend(problem, planned(problem, *_AFTERNOON), ShiftClosed(friday))
    asked: list[str] = []

    def speak(language: str) -> Say:
        asked.append(language)
        return ENGLISH

    rows = list(call_rows(done, speak))
    assert {(row.patient, row.name) for row in rows} == {("P1", "Name P1"), ("P2", "Name P2")}
    assert sorted(asked) == ["en", "zh"]
    assert next(row.phone for row in rows if row.patient == "P1") == "138"


def test_changes_of_the_time_come_first() -> None:
    rows = list(change_rows(moved()))
    kinds = [str(row.kind) for row in rows]
    assert kinds == sorted(kinds, key=lambda kind: kind == "another station")
    assert rows[0].before is not None
    joined = world(**people(who("P1")))
    done = mend(joined, planned(joined), PatientJoins("P1", MONDAY))
    assert {one.kind for one in done.changes} == {ChangeKind.ADDED}
    assert all(row.before is None for row in change_rows(done))


def test_who_is_left_out_is_named_with_what_is_not_held() -> None:
    (line,) = left_out_lines(left_out())
    assert "1 missing; was 2026-03-06 morning" in str(line)
    done = left_out()
    bare = replace(done, left_out=(replace(done.left_out[0], rows=()),))
    assert str(next(iter(left_out_lines(bare)))).endswith("1 missing")


def test_what_else_must_be_known_is_said() -> None:
    now = moment("Wed", MORNING.start.replace(minute=40))
    problem = world(**_PEOPLE)
    plan = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri")
    done = mend(problem, plan, out("A1", now), now=now)
    told = [str(one) for one in side_notes(done)]
    assert any("Patients on their way sent back" in one for one in told)
    assert any("broke off too early to count" in one for one in told)
