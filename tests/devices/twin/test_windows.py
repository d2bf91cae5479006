"""Limits: how long outside makes an alarm, and how a running value is followed."""

from devices.twin.windows import Centered, Window
from domain.alarm import Direction


def test_one_value_outside_is_no_alarm_three_are() -> None:
    window = Window("venous_pressure", 3, 50, 200)
    assert [window.look(210) for _ in range(4)] == [False, False, True, False]
    assert window.direction is Direction.HIGH
    assert window.value == 210


def test_below_is_low() -> None:
    window = Window("venous_pressure", 1, 50, 200)
    assert window.look(40)
    assert window.direction is Direction.LOW


def test_it_is_over_after_as_many_values_inside() -> None:
    window = Window("tmp", 2, 50, 200)
    window.look(210)
    window.look(210)
    assert [window.look(value) for value in (100, 210, 100, 100)] == [False, False, False, True]
    assert window.direction is None


def centered() -> Centered:
    return Centered(Window("venous_pressure", 1, 0, 0), 20, 45)


def test_no_limits_until_the_pressure_has_settled_then_around_its_mean() -> None:
    one = centered()
    one.widen(0, 30)
    assert not any(one.look(second, 500 if second < 20 else 130) for second in range(30))
    assert not one.look(30, 130)
    assert (one.window.low, one.window.high) == (110, 175)
    assert one.look(31, 105)


def test_slow_change_is_followed_and_fast_change_is_not() -> None:
    one = centered()
    one.widen(0, 10)
    assert not any(one.look(second, 130 + second / 120) for second in range(7200))
    assert one.look(7200, 300)


def test_the_limits_stand_still_during_an_alarm() -> None:
    one = centered()
    one.center(130)
    for second in range(1000):
        one.look(second, 300)
    assert (one.window.low, one.window.high) == (110, 175)
