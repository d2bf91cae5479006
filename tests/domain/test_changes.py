"""Two plans, compared."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import monday_of
from domain.center import Center
from domain.changes import changes, repeated, since_last_week
from domain.plan import Assignment, Change, ChangeKind, Plan
from domain.problem import Problem
from domain.register import Register
from domain.words import Label

MONDAY = date(2026, 11, 23)


def seat(weekday: int, shift: str = "am", station: str = "S1", patient: str = "P1") -> Assignment:
    return Assignment(MONDAY + timedelta(days=weekday), shift, station, patient)


def plan(*rows: Assignment, weeks: int = 1) -> Plan:
    return Plan.of(MONDAY, weeks, rows)


def test_equal_plans_have_no_changes() -> None:
    assert changes(plan(seat(0), seat(2)), plan(seat(2), seat(0))) == ()


def test_another_seat_in_the_same_turn_is_a_change_of_station() -> None:
    found = changes(plan(seat(0)), plan(seat(0, station="S2")))
    assert found == (Change(ChangeKind.STATION, "P1", seat(0), seat(0, station="S2")),)


def test_a_lost_and_a_gained_session_of_one_week_are_one_move() -> None:
    found = changes(plan(seat(0), seat(2)), plan(seat(0), seat(3)))
    assert found == (Change(ChangeKind.TURN, "P1", seat(2), seat(3)),)


def test_a_move_within_a_day_is_paired_before_a_move_to_another_day() -> None:
    found = changes(plan(seat(0), seat(2)), plan(seat(2, "pm")))
    assert found == (
        Change(ChangeKind.REMOVED, "P1", seat(0), None),
        Change(ChangeKind.TURN, "P1", seat(2), seat(2, "pm")),
    )


def test_moves_are_paired_in_order_of_date() -> None:
    found = changes(plan(seat(0), seat(2), seat(4)), plan(seat(1), seat(3), seat(5)))
    assert [(one.before, one.after) for one in found] == [
        (seat(0), seat(1)),
        (seat(2), seat(3)),
        (seat(4), seat(5)),
    ]


def test_a_session_lost_in_one_week_and_gained_in_the_next_is_no_move() -> None:
    found = changes(plan(seat(0), weeks=2), plan(seat(7), weeks=2))
    assert [one.kind for one in found] == [ChangeKind.REMOVED, ChangeKind.ADDED]


def test_a_session_of_another_patient_is_no_move() -> None:
    found = changes(plan(seat(0)), plan(seat(0, patient="P2")))
    assert [(one.kind, one.patient) for one in found] == [
        (ChangeKind.REMOVED, "P1"),
        (ChangeKind.ADDED, "P2"),
    ]


def test_a_repeated_plan_has_the_same_weekdays_a_week_later() -> None:
    later = repeated(plan(seat(0), seat(2)), MONDAY + timedelta(weeks=1))
    assert later == Plan.of(MONDAY + timedelta(weeks=1), 1, (seat(7), seat(9)))


def centers_weeks(*sessions: Assignment, weeks: int = 1) -> Problem:
    center = Center("HC", Label("Sample", ""), "Asia/Shanghai", MONDAY)
    return Problem(Register(center, sessions=sessions), MONDAY, weeks)


def test_last_weeks_sessions_are_compared_by_weekday() -> None:
    problem = centers_weeks(seat(-7), seat(-5), seat(-14, "pm"))
    assert since_last_week(problem, plan(seat(0), seat(3))) == (
        Change(ChangeKind.TURN, "P1", seat(2), seat(3)),
    )


def test_each_week_of_a_longer_plan_is_compared_with_the_one_before() -> None:
    problem = centers_weeks(seat(-7), weeks=2)
    assert since_last_week(problem, plan(seat(0), seat(8), weeks=2)) == (
        Change(ChangeKind.TURN, "P1", seat(7), seat(8)),
    )


SEATS = st.builds(
    seat,
    st.integers(0, 13),
    st.sampled_from(("am", "pm")),
    st.sampled_from(("S1", "S2")),
    st.sampled_from(("P1", "P2")),
)
PLANS = st.lists(SEATS, unique=True, max_size=10).map(lambda rows: Plan.of(MONDAY, 2, rows))


@given(PLANS, PLANS)
def test_changes_applied_to_the_first_plan_give_the_second(before: Plan, after: Plan) -> None:
    rows = list(before.assignments)
    for change in changes(before, after):
        if change.before:
            rows.remove(change.before)
    rows += [change.after for change in changes(before, after) if change.after]
    assert Plan.of(MONDAY, 2, rows) == after


@given(PLANS, PLANS)
def test_no_shorter_list_of_changes_exists(before: Plan, after: Plan) -> None:
    groups: dict[tuple[str, date], list[int]] = {}
    for sign, one, other in ((0, before, after), (1, after, before)):
        for row in {*one.assignments} - {*other.assignments}:
            groups.setdefault((row.patient, monday_of(row.day)), [0, 0])[sign] += 1
    assert len(changes(before, after)) == sum(max(pair) for pair in groups.values())


@given(PLANS, PLANS)
def test_kinds_say_what_they_mean(before: Plan, after: Plan) -> None:
    for change in changes(before, after):
        match change:
            case Change(ChangeKind.ADDED, patient, None, Assignment(patient=who)):
                assert who == patient
            case Change(ChangeKind.REMOVED, patient, Assignment(patient=who), None):
                assert who == patient
            case Change(ChangeKind.STATION, _, Assignment() as was, Assignment() as now):
                assert was.turn == now.turn
                assert was.station != now.station
            case Change(ChangeKind.TURN, _, Assignment() as was, Assignment() as now):
                assert was.turn != now.turn
                assert monday_of(was.day) == monday_of(now.day)
            case _:
                raise AssertionError(change)
