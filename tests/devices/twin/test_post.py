from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

import pytest

from devices.twin.line_fault import LineFault, Trouble
from devices.twin.manners import Manners
from devices.twin.post import Maker, Post
from tests.devices.twin.lines_world import (
    LENGTH,
    POLL,
    PUSHING,
    CountingBody,
    PushingFace,
    made,
)


@dataclass
class Machine:
    """A post with its body, which lives as far as it is told."""

    post: Post
    body: CountingBody

    def live(self, seconds: float, now: float) -> None:
        self.post.live(self.body.advance(seconds), now, self.body.silent)

    def answer(self, now: float = 0.0, poll: bytes = POLL) -> bytes:
        """What has left three seconds after a poll."""
        self.post.hear(poll, now)
        return self.post.due(now + 3.0)

    def suffer(self, trouble: Trouble, seconds: float = 10.0, serial: str = "") -> None:
        self.post.suffer(LineFault("HD-01", trouble, seconds, serial=serial), 0.0)


def machine(maker: Maker | None = None, powered: bool = True) -> Machine:
    maker = maker or made()
    body = CountingBody(maker.serial, powered)
    return Machine(Post(maker, body.look(), Random(maker.machine)), body)


def test_a_poll_is_answered_after_the_machines_pause_at_the_lines_speed() -> None:
    one = machine().post
    one.hear(POLL, 0.0)
    assert one.due(0.029) == b""
    assert len(one.due(0.030 + 0.164)) < LENGTH
    one.due(0.250 + 0.165)
    assert one.wakes() is None


def test_a_chopped_poll_is_a_poll() -> None:
    one = machine()
    one.post.hear(b"K", 0.0)
    one.post.hear(b"\r", 0.1)
    assert len(one.answer(0.2, b"\n")) == LENGTH


def test_a_second_poll_while_it_answers_is_not_heard() -> None:
    one = machine().post
    one.hear(POLL, 0.0)
    one.hear(POLL, 0.01)
    assert len(one.due(3.0)) == LENGTH


def test_what_a_machine_pushes_does_not_keep_it_from_hearing_an_acknowledgement() -> None:
    faces: list[PushingFace] = []

    def face(serial: str) -> PushingFace:
        faces.append(PushingFace(serial))
        return faces[-1]

    one = machine(made(protocol=replace(PUSHING, face=face)))
    one.live(1.0, 0.0)
    one.post.hear(b"R4", 0.01)
    assert faces[0].heard == b"R4"


def test_a_machine_that_is_off_is_silent() -> None:
    off = machine(powered=False)
    off.live(1.0, 0.0)
    assert off.answer() == b""


def test_a_machine_whose_line_is_dead_works_on_and_says_nothing() -> None:
    one = machine()
    one.body.silent = True
    one.live(60.0, 0.0)
    assert (one.answer(), one.post.truth.seconds) == (b"", 60.0)


def test_power_that_goes_in_the_middle_of_an_answer_cuts_it_off() -> None:
    one = machine()
    one.post.hear(POLL, 0.0)
    begins = one.post.wakes() or 0.0
    begun = one.post.due(begins)
    one.body.powered = False
    one.live(1.0, begins)
    assert 0 < len(begun) < LENGTH
    assert one.post.due(9.0) == b""


def test_it_is_silent_while_it_boots_and_counts_from_0_afterwards() -> None:
    one = machine()
    one.live(600.0, 0.0)
    one.suffer(Trouble.REBOOT, 20.0)
    assert (one.answer(1.0), one.post.powered) == (b"", False)
    one.live(60.0, 20.0)
    assert (one.post.powered, one.post.truth.values["therapy_time_min"]) == (True, 0.0)
    one.live(60.0, 80.0)
    assert one.post.truth.values["therapy_time_min"] == 1.0
    assert len(one.answer(81.0)) == LENGTH


def test_the_next_treatment_after_a_reboot_counts_as_usual() -> None:
    one = machine()
    one.live(6_000.0, 0.0)
    one.suffer(Trouble.REBOOT, 20.0)
    one.live(1.0, 20.0)
    one.body.seconds = 0.0
    one.live(120.0, 30.0)
    assert one.post.truth.values["therapy_time_min"] == 2.0


def test_silence_lasts_as_long_as_it_was_told_to() -> None:
    one = machine()
    one.suffer(Trouble.SILENCE)
    one.live(1.0, 9.0)
    assert (one.answer(9.0), one.post.lost) == (b"", 1)
    one.live(1.0, 10.0)
    assert len(one.answer(10.0)) == LENGTH


def test_a_garbled_line_lets_no_answer_through_as_it_was() -> None:
    one = machine()
    one.suffer(Trouble.GARBLE)
    assert one.answer() != machine().answer()


def test_a_slow_machine_answers_in_the_end() -> None:
    one = machine()
    one.suffer(Trouble.SLOW)
    one.post.hear(POLL, 0.0)
    assert one.post.due(2.02) == b""
    assert one.post.due(2.5) == machine().answer()


def test_a_duplicate_says_the_serial_number_of_another() -> None:
    one = machine()
    one.suffer(Trouble.DUPLICATE, serial="S-HD-02")
    assert one.answer().startswith(b"S-HD-02")


def test_a_clock_that_jumps_does_not_touch_the_truth() -> None:
    one = machine()
    one.live(60.0, 0.0)
    one.suffer(Trouble.CLOCK, 3_600.0)
    assert b"080100" in one.answer()
    assert one.post.truth.seconds == 60.0


def test_an_older_firmware_sends_fewer_items() -> None:
    one = machine(made(unsaid=frozenset({"anticoag_volume_ml"})))
    assert b"['therapy_time_min']" in one.answer()


def test_ends_of_different_speeds_understand_nothing() -> None:
    one = machine().post
    one.hear(POLL, 0.0, peer_baud=4800)
    assert one.due(3.0) == b""
    one.hear(POLL, 5.0, peer_baud=9600)
    assert not one.due(8.0, peer_baud=4800).startswith(b"S-HD-01")


def test_a_missing_answer_is_counted() -> None:
    one = machine(made(manners=Manners(missing=1.0)))
    assert (one.answer(), one.post.lost) == (b"", 1)


@pytest.mark.parametrize("trouble", [Trouble.PULL, Trouble.PLUG, Trouble.FORWARD])
def test_the_cable_and_the_time_are_not_the_lines(trouble: Trouble) -> None:
    with pytest.raises(ValueError, match="line"):
        machine().suffer(trouble)
