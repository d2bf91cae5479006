"""A machine is ready only after a disinfection that was long enough and seen to its end."""

from __future__ import annotations

from datetime import date

import pytest

from domain.alarm import EdgePhase
from domain.alarm_life import Told
from domain.care import (
    CARE_LIMIT_WORDS,
    IDLE,
    STANDARD_CARE_LIMITS,
    CareEvent,
    CareKind,
    CareLimit,
    Method,
    care_event,
    care_limit,
)
from domain.readiness import Readiness, ReadyState, readiness
from domain.telemetry import Event, EventKind, Generation, Key, Origin, Phase
from tests.domain.alarms import BOOT_A, at, edge, event

HD = "HD-01"


def phase(minutes: float, value: Phase) -> CareEvent:
    return CareEvent(HD, at(minutes), CareKind.PHASE, value)


def act(minutes: float, kind: CareKind, text: str = "") -> CareEvent:
    by_wire = (CareKind.LINK_LOST, CareKind.LINK_BACK, CareKind.BLOOD_LEAK)
    who = "" if kind in by_wire else "Li"
    return CareEvent(HD, at(minutes), kind, who=who, text=text)


def by_hand(minutes: float, method: Method, lasted: float) -> CareEvent:
    return CareEvent(HD, at(minutes), CareKind.DISINFECTED, who="Li", method=method, minutes=lasted)


USED = (phase(0, Phase.TREATMENT), phase(240, Phase.REINFUSION), phase(246, Phase.DRAIN))
DISINFECTED = (*USED, phase(250, Phase.DISINFECTION), phase(285, Phase.IDLE))


def now(*events: CareEvent, minutes: float = 300) -> Readiness:
    return readiness(HD, events, at(minutes))


def why(*events: CareEvent, minutes: float = 300) -> tuple[ReadyState, str]:
    found = now(*events, minutes=minutes)
    return found.state, str(found.reason)


def test_a_machine_of_which_nothing_is_known_is_not_ready() -> None:
    assert (now().state, now().ready) == (ReadyState.UNKNOWN, False)


def test_a_machine_goes_from_use_over_dirty_and_disinfecting_to_ready() -> None:
    states = [now(*DISINFECTED, minutes=m).state for m in (100, 245, 248, 251, 286)]
    assert states == [
        ReadyState.IN_USE, ReadyState.IN_USE, ReadyState.DIRTY, ReadyState.DISINFECTING,
        ReadyState.READY,
    ]  # fmt: skip
    found = now(*DISINFECTED)
    assert (found.ready, found.since, found.disinfected) == (True, at(285), at(285))


def test_events_may_come_in_any_order() -> None:
    assert now(*reversed(DISINFECTED)) == now(*DISINFECTED)


def test_a_disinfection_that_was_too_short_blocks_until_one_that_is_not() -> None:
    short = (*USED, phase(250, Phase.DISINFECTION), phase(274, Phase.IDLE))
    assert why(*short) == (
        ReadyState.BLOCKED, "disinfection stopped after 24 min; at least 25 are needed",
    )  # fmt: skip
    again = (*short, phase(280, Phase.DISINFECTION), phase(305, Phase.IDLE))
    assert now(*again, minutes=310).ready


def test_a_power_cut_in_the_disinfection_blocks() -> None:
    cut = (*USED, phase(250, Phase.DISINFECTION), phase(255, Phase.OFF))
    assert now(*cut).state is ReadyState.BLOCKED


def test_a_disinfection_whose_end_nobody_saw_blocks() -> None:
    unseen = (
        *USED,
        phase(250, Phase.DISINFECTION),
        act(255, CareKind.LINK_LOST),
        phase(285, Phase.IDLE),
    )
    assert why(*unseen)[1] == "nobody saw the disinfection end: the wire was lost"
    assert now(*unseen, by_hand(290, Method.HEAT, 30)).ready


def test_a_wire_lost_for_a_moment_takes_only_that_from_the_disinfection() -> None:
    blink = (act(255, CareKind.LINK_LOST), act(256, CareKind.LINK_BACK))
    assert now(*DISINFECTED, *blink).ready
    long = (act(255, CareKind.LINK_LOST), act(270, CareKind.LINK_BACK))
    assert now(*DISINFECTED, *long).state is ReadyState.BLOCKED


def test_a_machine_that_switches_itself_off_after_the_disinfection_is_ready() -> None:
    night = (*USED, phase(250, Phase.DISINFECTION), act(285, CareKind.LINK_LOST))
    assert (now(*night).ready, now(*night).disinfected) == (True, at(285))
    morning = (*night, act(900, CareKind.LINK_BACK))
    assert now(*morning, minutes=901).state is ReadyState.DISINFECTING
    found = now(*morning, phase(900.2, Phase.SELF_TEST), minutes=901)
    assert (found.ready, found.disinfected) == (True, at(285))


def test_a_machine_that_lost_its_power_in_the_disinfection_is_not_ready_next_morning() -> None:
    night = (*USED, phase(250, Phase.DISINFECTION), act(255, CareKind.LINK_LOST))
    assert now(*night).state is ReadyState.DISINFECTING
    morning = (act(900, CareKind.LINK_BACK), phase(900.2, Phase.SELF_TEST))
    assert now(*night, *morning, minutes=901).state is ReadyState.BLOCKED


def test_a_disinfection_that_is_told_again_is_the_same_one() -> None:
    assert now(*DISINFECTED, phase(260, Phase.DISINFECTION)).ready


def test_a_lost_wire_before_the_disinfection_does_not_matter() -> None:
    assert now(*DISINFECTED, act(100, CareKind.LINK_LOST)).ready


def test_after_a_blood_leak_a_person_must_say_how_it_was_disinfected() -> None:
    leak = act(100, CareKind.BLOOD_LEAK)
    assert why(*DISINFECTED, leak) == (
        ReadyState.BLOCKED, "blood leak: a person must say how the machine was disinfected",
    )  # fmt: skip
    assert now(*DISINFECTED, leak, by_hand(290, Method.HEAT, 30)).ready


def test_a_blood_leak_of_a_ready_machine_makes_it_dirty() -> None:
    assert now(*DISINFECTED, act(290, CareKind.BLOOD_LEAK)).state is ReadyState.DIRTY


def test_a_chemical_disinfection_waits_for_the_residue_test() -> None:
    chemical = (*USED, by_hand(280, Method.CHEMICAL, 30))
    assert why(*chemical) == (
        ReadyState.BLOCKED, "the test for residues of disinfectant is missing",
    )  # fmt: skip
    assert now(*chemical, act(290, CareKind.RESIDUE_CLEAR)).ready


def test_a_residue_test_without_a_disinfection_makes_nothing_ready() -> None:
    assert now(*USED, act(290, CareKind.RESIDUE_CLEAR)).state is ReadyState.DIRTY
    used = (by_hand(0, Method.CHEMICAL, 30), *(USED), act(290, CareKind.RESIDUE_CLEAR))
    late = [phase(e.at.minute + 10, e.phase) if e.phase and e.at == at(0) else e for e in used]
    assert now(*late).state is ReadyState.DIRTY


@pytest.mark.parametrize(("method", "least"), [(Method.HEAT, 20), (Method.CHEMICAL, 25)])
def test_a_disinfection_by_hand_must_be_long_enough_too(method: Method, least: int) -> None:
    state, reason = why(*USED, by_hand(280, method, least - 1))
    assert (state, f"at least {least}" in reason) == (ReadyState.BLOCKED, True)


def test_nobody_disinfects_a_machine_in_use() -> None:
    used = (phase(0, Phase.TREATMENT), by_hand(100, Method.HEAT, 30))
    assert now(*used).state is ReadyState.IN_USE


def test_a_machine_that_stood_idle_for_too_long_is_dirty_again() -> None:
    assert now(*DISINFECTED).until == at(285 + 48 * 60)
    assert now(*DISINFECTED, minutes=285 + 48 * 60).ready
    state, reason = why(*DISINFECTED, minutes=286 + 48 * 60)
    assert (state, reason) == (ReadyState.DIRTY, "stood idle for more than 48 h")


def test_a_center_sets_its_own_limits_from_a_day_on() -> None:
    own = CareLimit(IDLE, date(2026, 3, 3), 24, "h", "our water committee")
    later = at(285 + 25 * 60)
    assert readiness(HD, DISINFECTED, later, [own]).state is ReadyState.DIRTY
    assert care_limit([own], IDLE, date(2026, 3, 2)).value == 48


def test_a_block_holds_until_it_is_released_and_releases_nothing_else() -> None:
    blocked = (*DISINFECTED, act(290, CareKind.BLOCKED, "leaks"))
    assert why(*blocked) == (ReadyState.BLOCKED, "blocked by Li: leaks")
    assert now(*blocked, act(295, CareKind.RELEASED)).ready
    assert now(*USED, act(260, CareKind.BLOCKED), act(270, CareKind.RELEASED)).state is (
        ReadyState.DIRTY
    )


def test_a_block_says_when_the_machine_is_expected_back() -> None:
    block = CareEvent(HD, at(290), CareKind.BLOCKED, who="Li", text="leaks", back=date(2026, 3, 9))
    assert why(*DISINFECTED, block)[1] == "blocked by Li, back on 2026-03-09: leaks"


def test_of_two_limits_of_one_day_the_later_entered_counts() -> None:
    rows = [CareLimit(IDLE, date(2026, 3, 1), hours, "h", "ours", "Li") for hours in (240, 24)]
    assert care_limit(rows, IDLE, date(2026, 3, 2)).value == 24


def test_every_limit_of_care_is_called_something() -> None:
    assert set(CARE_LIMIT_WORDS) == {row.code for row in STANDARD_CARE_LIMITS}


def test_service_leaves_a_machine_dirty() -> None:
    assert why(*DISINFECTED, phase(290, Phase.SERVICE)) == (ReadyState.DIRTY, "was in service")


def test_preparing_a_ready_machine_leaves_it_ready() -> None:
    assert now(*DISINFECTED, phase(290, Phase.SELF_TEST), phase(295, Phase.PRIMING)).ready


def test_other_machines_and_later_events_do_not_count() -> None:
    other = CareEvent("HD-02", at(290), CareKind.PHASE, Phase.TREATMENT)
    assert now(*DISINFECTED, other, phase(400, Phase.TREATMENT)).ready


def test_every_standard_limit_has_a_source() -> None:
    assert all(row.source and row.value > 0 for row in STANDARD_CARE_LIMITS)


def test_the_wire_tells_phases_links_and_blood_leaks() -> None:
    told = Told(at(3), BOOT_A, 3)
    origin = Origin("gw", "jsdt3", Generation.TEST, at(3))
    idle = Event(Key(HD, BOOT_A, 3), origin, EventKind.PHASE, text="idle")
    assert care_event(idle) == CareEvent(HD, at(3), CareKind.PHASE, Phase.IDLE, told=told)
    lost = care_event(event(3, "no_reply"))
    assert lost == CareEvent(HD, at(3), CareKind.LINK_LOST, text="no_reply", told=told)
    back = care_event(event(3, "online"))
    assert back is not None
    assert back.kind is CareKind.LINK_BACK
    leak = care_event(event(3, edge(code="blood_leak")))
    assert leak == CareEvent(HD, at(3), CareKind.BLOOD_LEAK, told=told)


def test_the_rest_means_nothing_for_care() -> None:
    origin = Origin("gw", "jsdt3", Generation.TEST, at(3))
    for other in (
        event(3, edge()),
        event(3, edge(EdgePhase.END, code="blood_leak")),
        Event(Key(HD, BOOT_A, 3), origin, EventKind.PHASE, text="sleeping"),
        Event(Key(HD, BOOT_A, 3), origin, EventKind.BLOOD_PRESSURE),
    ):
        assert care_event(other) is None
