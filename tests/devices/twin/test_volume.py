"""Blood volume: the check runs of the reference; blood pressure, and what staff do."""

from random import Random
from statistics import fmean

import pytest

from devices.twin.script import Person
from devices.twin.volume import BloodVolume, Circulation, Episode, draw_episode


def course(uf_ml: float, refill: float, off: range = range(0)) -> list[float]:
    """Relative volume after each minute of four hours, from 5 L."""
    volume = BloodVolume(5000, refill)
    found = []
    for minute in range(240):
        volume.step(0.0 if minute in off else uf_ml / 240)
        found.append(volume.relative_pct)
    return found


def test_2600_ml_in_four_hours_show_the_known_curve() -> None:
    curve = course(2600, 0.78)
    assert [round(curve[minute - 1], 1) for minute in (30, 120, 240)] == [-4.1, -7.3, -8.9]


def test_more_fluid_costs_more_volume() -> None:
    assert course(4000, 0.78)[-1] == pytest.approx(-13.7, abs=0.05)


def test_much_edema_keeps_the_volume_up() -> None:
    curve = course(2600, 0.92)
    assert curve[-1] == pytest.approx(-4.7, abs=0.05)
    assert abs(curve[-1] - curve[150]) < 0.3


def test_half_an_hour_without_filtration_gives_three_points_back() -> None:
    off = course(2600, 0.78, range(120, 150))
    assert off[149] - off[119] == pytest.approx(3.5, abs=0.6)


def test_the_hematocrit_rises_as_plasma_goes() -> None:
    volume = BloodVolume(5000, 0.78)
    for _ in range(240):
        volume.step(2600 / 240)
    assert volume.hct_pct(33) == pytest.approx(36.2, abs=0.05)


def test_saline_goes_into_the_blood() -> None:
    volume = BloodVolume(5000, 0.78)
    volume.step(0.0, given_ml=200)
    assert volume.relative_pct == pytest.approx(4.0)


SOMEBODY = Person()


def circulation(person: Person = SOMEBODY) -> Circulation:
    return Circulation(person, Random(1))


def test_the_hazard_doubles_where_fluid_goes_too_fast() -> None:
    body = circulation(Person(dry_kg=60))
    slow, fast = body.hazard(12.9), body.hazard(13.1)
    assert fast == pytest.approx(2 * slow)


def test_the_hazard_grows_with_the_volume_lost() -> None:
    body = circulation(Person(critical_pct=10))
    before = body.hazard(10)
    for _ in range(60):
        body.volume.step(10)
    lost = -body.volume.relative_pct
    assert body.hazard(10) / before == pytest.approx(2.718281828 ** (0.35 * lost), rel=1e-6)


def test_nobody_collapses_without_filtration() -> None:
    assert circulation().hazard(0.0) == 0.0


@pytest.mark.parametrize("seed", range(20))
def test_an_episode_falls_in_minutes_and_somebody_does_something(seed: int) -> None:
    one = draw_episode(Random(seed), 100, 40)
    assert 5 <= one.bottom - one.begin <= 10
    assert 10 <= one.over - max(one.bottom, one.act) <= 20
    assert one.uf_off or one.legs_up or one.saline_ml


def test_pressure_falls_pulse_rises_and_both_come_back() -> None:
    body = circulation()
    body.give_way(45)
    assert body.episode is not None
    episode, deepest, off = body.episode, 0.0, 0
    while body.episode is not None:
        deepest = max(deepest, body.fall_mmhg)
        off += body.uf_off
        body.step(0.0 if body.uf_off else 10.0)
    assert deepest == 45
    assert body.fall_mmhg == 0.0
    assert (off > 0) is episode.uf_off
    assert body.hazard(10.0) == 0.0
    assert len(body.episodes) == 1


def test_a_cuff_in_an_episode_shows_it() -> None:
    calm, ill = circulation(), circulation()
    ill.give_way(45)
    for _ in range(10):
        calm.step(0.0)
        ill.step(0.0)
    before = [calm.cuff(0.0) for _ in range(200)]
    after = [ill.cuff(0.0) for _ in range(200)]
    fall = fmean(one.systolic for one in before) - fmean(one.systolic for one in after)
    assert ill.fall_mmhg > 20
    assert fall == pytest.approx(ill.fall_mmhg, abs=2)
    assert fmean(one.pulse for one in after) > fmean(one.pulse for one in before) + 8


def test_a_second_episode_does_not_begin_within_the_first() -> None:
    body = circulation()
    body.give_way(45)
    body.give_way(50)
    assert [one.depth for one in body.episodes] == [45]


def test_saline_and_raised_legs_lift_what_has_fallen() -> None:
    body = circulation()
    body.episode = Episode(0, 1, 2, 5, 40, uf_off=False, legs_up=True, saline_ml=200)
    body.step(0.0)
    body.step(0.0)
    assert body.volume.relative_pct == pytest.approx(200 / (77 * 65) * 100)
    assert not body.uf_off
    body.step(0.0)
    body.step(0.0)
    assert body.fall_mmhg == pytest.approx(40 / 3 - 5 * 2 / 3)
