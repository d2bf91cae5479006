"""When whom to wake: by a clock that the test turns."""

from __future__ import annotations

import os
from pathlib import Path

from devices.twin.lines import Lines
from tests.devices.twin.lines_world import (
    LENGTH,
    POLL,
    PUSHING,
    CountingBody,
    CountingWorld,
    add,
    made,
    on_pty,
    until,
)


class Clock:
    """Shows what it is set to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def on_clock(
    folder: Path, *names: str, speed: float = 1.0, pushing: bool = False
) -> tuple[Lines, CountingWorld, Clock]:
    clock = Clock()
    world = CountingWorld(*(CountingBody(f"S-{name}") for name in names))
    lines = Lines(world, clock, speed)
    for name in names:
        maker = made(name, protocol=PUSHING) if pushing else made(name)
        add(lines, on_pty(folder, name), maker)
    return lines, world, clock


def turn(lines: Lines, clock: Clock, now: float) -> None:
    clock.now = now
    lines.step(0.0)


def test_machines_have_their_turns_within_the_second_and_not_all_at_once(tmp_path: Path) -> None:
    names = [f"HD-{number:02}" for number in range(10)]
    lines, _, clock = on_clock(tmp_path, *names, pushing=True)
    turn(lines, clock, 0.0)
    assert sum(post.wakes() is not None for post in lines.posts.values()) == 1
    turn(lines, clock, 0.001)
    turn(lines, clock, 0.45)
    spoken = [name for name, post in lines.posts.items() if post.truth.seconds or post.wakes()]
    assert len(spoken) <= 5
    lines.close()


def test_a_machines_time_passes_as_fast_as_was_asked(tmp_path: Path) -> None:
    lines, world, clock = on_clock(tmp_path, "HD-01", speed=60.0)
    for second in range(4):
        turn(lines, clock, float(second))
    assert world.twins["S-HD-01"].seconds == 180.0
    lines.close()


def test_after_a_long_sleep_of_the_computer_no_more_than_5_seconds_are_caught_up(
    tmp_path: Path,
) -> None:
    lines, world, clock = on_clock(tmp_path, "HD-01")
    turn(lines, clock, 0.0)
    turn(lines, clock, 3_600.0)
    assert world.twins["S-HD-01"].seconds == 5.0
    lines.close()


def test_an_answer_leaves_when_its_time_has_come_and_not_a_moment_before(tmp_path: Path) -> None:
    lines, _, clock = on_clock(tmp_path, "HD-01")
    turn(lines, clock, 0.0)
    far = os.open(tmp_path / "HD-01", os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    os.write(far, POLL)
    clock.now = 0.001
    lines.step(10.0)  # returns as soon as the poll has come through
    when = lines.posts["HD-01"].wakes()
    assert when is not None
    turn(lines, clock, when - 0.0005)
    assert lines.posts["HD-01"].wakes() == when
    while (when := lines.posts["HD-01"].wakes()) is not None:
        turn(lines, clock, when)
    read: list[int] = []

    def whole() -> bool:
        read.append(unread(far))
        return sum(read) >= LENGTH

    until(whole)
    assert sum(read) == LENGTH
    os.close(far)
    lines.close()


def unread(file: int) -> int:
    """Bytes that are there now; they are taken."""
    try:
        return len(os.read(file, 4_096))
    except BlockingIOError:
        return 0
