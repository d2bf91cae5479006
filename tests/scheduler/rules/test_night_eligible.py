from domain.patient import Night
from scheduler.rules.night_eligible import NightEligible
from tests.scheduler.worlds import MORNING, NIGHT, found, people, planned, who, world

RULE = NightEligible()
PROBLEM = world(
    shifts=(MORNING, NIGHT),
    **people(
        who("P1", night=Night.NEVER),
        who("P2", night=Night.ACCEPTS),
        who("P3", night=Night.VOLUNTEERS),
    ),
)


def test_only_who_never_comes_at_night_is_spared() -> None:
    plan = planned(PROBLEM, "P1 A1 night Mon", "P2 A2 night Mon", "P3 A1 night Tue")
    assert found(RULE, PROBLEM, plan) == ["P1, 2026-03-02 night: never comes at night"]


def test_day_shifts_are_for_everybody() -> None:
    assert found(RULE, PROBLEM, planned(PROBLEM, "P1 A1 am Mon Wed Fri")) == []
