"""The machine's life of an alarm and ours: neither closes the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.alarm import EdgePhase, Inactivation, MachineState, Priority
from domain.alarm_life import Act, AlarmLife, heard, late, link_back, link_lost
from domain.alarm_response import (
    CareRefused,
    closed,
    escalated,
    escalations,
    handed_over,
    noted,
    seen,
    taken_over,
    worst_first,
)
from tests.domain.alarms import alarm, at, edge, told

START, CONTINUE, END = EdgePhase
AFTER = {Priority.HIGH: timedelta(seconds=60), Priority.MEDIUM: timedelta(seconds=180)}


def acts(life: AlarmLife) -> list[str]:
    return [record.act.value for record in life.records]


def test_the_first_word_of_a_machine_opens_an_alarm_that_nobody_has_seen() -> None:
    life = alarm()
    assert (life.open, life.fresh, life.ended, life.times) == (True, True, False, 1)
    assert life.state is MachineState.ACTIVE
    assert acts(life) == ["raised"]


def test_the_machines_end_does_not_close_what_nobody_has_seen() -> None:
    life = heard(alarm(), edge(END), told(2))
    assert (life.ended, life.fresh, life.open) == (True, True, True)
    after = seen(life, "Li", at(9))
    assert (after.open, after.closed_at, after.seen_by) == (False, at(9), "Li")


def test_seeing_does_not_end_what_the_machine_says_is_there() -> None:
    life = seen(alarm(), "Li", at(2))
    assert (life.open, life.state, life.seen_at) == (True, MachineState.ACTIVE, at(2))
    after = heard(life, edge(END), told(5))
    assert (after.open, after.closed_at) == (False, at(5))


def test_a_latched_alarm_is_not_over_until_the_machine_says_so() -> None:
    life = heard(seen(alarm(), "Li", at(2)), edge(END, MachineState.LATCHED), told(3))
    assert (life.state, life.open) == (MachineState.LATCHED, True)
    assert not heard(life, edge(END), told(4)).open


def test_an_inactive_state_in_a_condition_that_continues_is_no_end() -> None:
    life = heard(seen(alarm(), "Li", at(2)), edge(CONTINUE, MachineState.INACTIVE), told(3))
    assert (life.state, life.open) == (MachineState.ACTIVE, True)


def test_a_new_begin_counts_and_asks_for_eyes_again() -> None:
    life = heard(alarm(), edge(END, MachineState.LATCHED), told(2))
    life = heard(seen(life, "Li", at(3)), edge(START), told(4))
    assert (life.times, life.fresh, life.began, life.first) == (2, True, at(4), at(1))
    assert acts(life) == ["raised", "changed", "seen", "again"]


def test_a_higher_priority_asks_for_eyes_again_and_a_lower_does_not() -> None:
    life = seen(alarm(Priority.MEDIUM), "Li", at(2))
    assert heard(life, edge(CONTINUE, priority=Priority.HIGH), told(3)).fresh
    assert not heard(life, edge(CONTINUE, priority=Priority.LOW), told(3)).fresh


def test_what_continues_without_news_leaves_no_record() -> None:
    life = heard(alarm(), edge(CONTINUE), told(2))
    assert acts(life) == ["raised"]
    assert life.heard == told(2)


def test_a_mute_at_the_machine_is_recorded_and_is_not_our_seeing() -> None:
    muted = edge(CONTINUE, inactivation=Inactivation.AUDIO_PAUSED)
    life = heard(alarm(), muted, told(2))
    assert (life.inactivation, life.fresh) == (Inactivation.AUDIO_PAUSED, True)
    assert acts(life) == ["raised", "changed"]


def test_a_lost_wire_makes_it_unknown_and_its_return_brings_the_last_word_back() -> None:
    lost = link_lost(alarm(), at(2), told(2))
    assert (lost.state, lost.last_said) == (MachineState.UNKNOWN, MachineState.ACTIVE)
    assert link_lost(lost, at(3), told(3)) is lost
    back = link_back(lost, at(4), told(4))
    assert back.state is MachineState.ACTIVE
    assert link_back(back, at(5), told(5)) is back
    assert acts(back) == ["raised", "link lost", "link back"]


def test_a_lost_wire_leaves_what_is_over_alone() -> None:
    life = heard(alarm(), edge(END), told(2))
    assert link_lost(life, at(3), told(3)) is life


def test_a_word_of_the_machine_makes_an_unknown_alarm_known() -> None:
    lost = link_lost(alarm(), at(2), told(2))
    assert heard(lost, edge(CONTINUE), told(3)).state is MachineState.ACTIVE
    assert heard(lost, edge(END), told(3)).ended


def test_what_was_closed_while_unknown_opens_again_when_the_wire_is_back() -> None:
    life = closed(link_lost(alarm(), at(2), told(2)), "Li", at(3), "machine sent away")
    assert not life.open
    back = link_back(life, at(4), told(4))
    assert (back.open, back.fresh, back.state) == (True, True, MachineState.ACTIVE)


def test_an_overtaken_word_is_kept_and_changes_nothing() -> None:
    life = alarm()
    after = late(life, edge(START), told(0))
    assert replace(after, records=()) == replace(life, records=())
    assert after.records[-1].act is Act.LATE


def test_an_alarm_that_the_machine_says_is_there_cannot_be_closed() -> None:
    for life in (alarm(), heard(alarm(), edge(END, MachineState.LATCHED), told(2))):
        with pytest.raises(CareRefused, match="Alarm 1 of HD-01 cannot be closed"):
            closed(life, "Li", at(3), "known")


def test_a_closed_alarm_takes_notes_and_nothing_else() -> None:
    life = heard(seen(alarm(), "Li", at(2)), edge(END), told(3))
    assert noted(life, "Li", at(4), "needle turned").records[-1].text == "needle turned"
    acts_on_it: tuple[Callable[[], AlarmLife], ...] = (
        lambda: seen(life, "Li", at(5)),
        lambda: handed_over(life, "Li", at(5), "Wu"),
        lambda: closed(life, "Li", at(5), "done"),
    )
    for act in acts_on_it:
        with pytest.raises(CareRefused, match="Alarm 1 of HD-01 is closed"):
            act()


def test_a_change_by_a_person_needs_a_name_and_a_note_needs_words() -> None:
    with pytest.raises(CareRefused, match="Who"):
        seen(alarm(), " ", at(2))
    with pytest.raises(CareRefused, match="Who"):
        handed_over(alarm(), "Li", at(2), "")
    with pytest.raises(CareRefused, match="What"):
        noted(alarm(), "Li", at(2), "")


def test_handing_over_tells_who_has_it_and_that_it_was_seen() -> None:
    life = handed_over(alarm(), "Li", at(2), "Wu")
    assert (life.holder, life.seen_by, life.seen_at) == ("Wu", "Li", at(2))
    assert handed_over(life, "Wu", at(3), "Zhang").seen_by == "Li"


def test_whoever_takes_an_alarm_has_seen_it_and_has_it_in_hand() -> None:
    life = taken_over(alarm(), "Li", at(2))
    assert (life.holder, life.seen_by, life.seen_at) == ("Li", "Li", at(2))
    after = taken_over(life, "Wu", at(3))
    assert (after.holder, after.seen_by) == ("Wu", "Li")
    record = after.records[-1]
    assert (record.act, record.who, record.text) == (Act.HANDED_OVER, "Wu", "Wu")


def test_every_sighting_is_recorded_and_the_first_one_counts() -> None:
    life = seen(seen(alarm(), "Li", at(2)), "Wu", at(3))
    assert (life.seen_by, life.seen_at) == ("Li", at(2))
    assert [record.who for record in life.records] == ["", "Li", "Wu"]


@pytest.mark.parametrize(
    ("priority", "early", "due"),
    [(Priority.HIGH, 1.99, 2), (Priority.MEDIUM, 3.99, 4), (Priority.UNKNOWN, 1.99, 2)],
)
def test_what_nobody_sees_escalates_after_the_time_of_its_priority(
    priority: Priority, early: float, due: float
) -> None:
    life = alarm(priority)
    assert escalations(at(early), [life], AFTER) == ()
    assert escalations(at(due), [life], AFTER) == (life,)


def test_neither_seen_nor_ended_nor_low_alarms_escalate() -> None:
    life = alarm()
    calm = (seen(life, "Li", at(2)), heard(life, edge(END), told(2)), alarm(Priority.LOW))
    assert escalations(at(100), calm, AFTER) == ()


def test_what_nobody_sees_escalates_again_after_twice_four_and_eight_times_as_long() -> None:
    life, risen = alarm(), []
    for second in range(60, 60 + 16 * 60):
        if escalations(at(second / 60), [life], AFTER):
            life = escalated(life, at(second / 60))
            risen.append(second - 60)
    assert risen == [60, 120, 240, 480]
    assert escalations(at(500), [seen(life, "Li", at(20))], AFTER) == ()


def test_levels_that_went_by_while_nobody_looked_are_one_escalation() -> None:
    life = escalated(alarm(), at(100))
    assert escalations(at(101), [life], AFTER) == ()
    assert escalations(at(1 + 127.9), [life], AFTER) == ()
    assert escalations(at(1 + 128), [life], AFTER) == (life,)


def test_the_worst_is_what_may_be_there_and_has_waited_unseen_for_longest() -> None:
    over = heard(alarm(number=1), edge(END), told(2))
    medium, high = alarm(Priority.MEDIUM, 2), alarm(number=3)
    taken, late = seen(alarm(number=4), "Li", at(2)), escalated(alarm(number=5), at(3))
    assert [life.number for life in worst_first((over, medium, taken, high, late))] == [
        5, 3, 4, 2, 1,
    ]  # fmt: skip


def test_an_alarm_that_is_unknown_escalates_too() -> None:
    lost = link_lost(alarm(), at(2), told(2))
    assert escalations(at(3), [lost], AFTER) == (lost,)


def test_the_longest_waiting_escalates_first() -> None:
    young = replace(alarm(number=2), began=at(2))
    assert escalations(at(9), [young, alarm()], AFTER) == (alarm(), young)
