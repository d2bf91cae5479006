"""Machines on real pseudo-terminals, read with pyserial as the product reads them."""

from __future__ import annotations

import os
import resource
import termios
import time
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest
import serial

from devices.twin.line_fault import LineFault, Trouble
from tests.devices.twin.lines_world import LENGTH, POLL, add, made, on_pty, room, running, until

SLOWEST = 0.250 + LENGTH * 10 / 9600


def asked(port: serial.Serial, poll: bytes = POLL, seconds: float = 5.0) -> bytes:
    """The answer to a poll; as much of it as came in time."""
    port.write(poll)
    return whole(port, seconds)


def whole(port: serial.Serial, seconds: float = 5.0) -> bytes:
    answer, end = b"", time.monotonic() + seconds
    while len(answer) < LENGTH and time.monotonic() < end:
        answer += port.read(port.in_waiting or 1)
    return answer


def opened(folder: Path, machine: str = "HD-01", baud: int = 9600) -> serial.Serial:
    return serial.Serial(str(folder / machine), baud, timeout=0.2, exclusive=True)


def test_an_answer_of_158_bytes_takes_as_long_as_on_a_real_line(tmp_path: Path) -> None:
    lines = room()
    add(lines, on_pty(tmp_path))
    with running(lines), opened(tmp_path) as port:
        began = time.monotonic()
        answer = asked(port)
        assert len(answer) == LENGTH
        assert time.monotonic() - began >= 0.150


def test_an_answer_comes_in_pieces(tmp_path: Path) -> None:
    lines = room()
    add(lines, on_pty(tmp_path))
    pieces: list[bytes] = []
    with running(lines), opened(tmp_path) as port:
        port.write(POLL)
        while len(b"".join(pieces)) < LENGTH:
            pieces.append(port.read(port.in_waiting or 1))
    assert len([piece for piece in pieces if piece]) >= 4


def test_a_poll_may_come_byte_by_byte(tmp_path: Path) -> None:
    lines = room()
    add(lines, on_pty(tmp_path))
    with running(lines), opened(tmp_path) as port:
        for byte in POLL[:-1]:
            port.write(bytes([byte]))
            port.flush()
        assert len(asked(port, POLL[-1:])) == LENGTH


def test_the_line_is_raw_before_anybody_opens_it_so_that_nothing_is_echoed(tmp_path: Path) -> None:
    lines = room()
    add(lines, on_pty(tmp_path))
    with running(lines):
        far = os.open(tmp_path / "HD-01", os.O_RDWR | os.O_NOCTTY)
        local = termios.tcgetattr(far)[3]
        os.close(far)
    assert not local & (termios.ECHO | termios.ICANON)


def test_a_pulled_line_is_an_error_and_comes_back_behind_the_same_name(tmp_path: Path) -> None:
    lines = room()
    add(lines, on_pty(tmp_path))
    with running(lines) as hands:
        with opened(tmp_path) as port:
            assert len(asked(port)) == LENGTH
            hands.suffer(LineFault("HD-01", Trouble.PULL))
            assert not (tmp_path / "HD-01").is_symlink()
            with pytest.raises((OSError, serial.SerialException)):
                asked(port)
        hands.suffer(LineFault("HD-01", Trouble.PLUG))
        with opened(tmp_path) as port:
            assert len(asked(port)) == LENGTH


def test_a_port_set_to_another_speed_hears_and_says_nothing_that_is_understood(
    tmp_path: Path,
) -> None:
    lines = room()
    add(lines, on_pty(tmp_path))
    with running(lines):
        with opened(tmp_path, baud=4800) as port:
            assert asked(port, seconds=2 * SLOWEST) == b""
        with opened(tmp_path, baud=9600) as port:
            assert len(asked(port)) == LENGTH


def test_a_host_that_never_reads_holds_nobody_up(tmp_path: Path) -> None:
    lines = room("HD-01", "HD-02")
    end = add(lines, on_pty(tmp_path, "HD-01", 115_200), made("HD-01", baud=115_200))
    add(lines, on_pty(tmp_path, "HD-02"), made("HD-02"))
    end.send(bytes(60_000))
    assert end.lost >= 60_000 - 20_480 - 4_096
    with running(lines), opened(tmp_path, "HD-02") as port:
        assert len(asked(port)) == LENGTH


def test_the_clock_moves_on_while_nobody_asks(tmp_path: Path) -> None:
    lines = room(speed=600.0, tick=0.05)
    add(lines, on_pty(tmp_path))
    with running(lines):
        until(lambda: lines.posts["HD-01"].truth.seconds > 120)


def test_nothing_is_left_in_the_folder_when_the_lines_are_closed(tmp_path: Path) -> None:
    lines = room()
    add(lines, on_pty(tmp_path))
    lines.close()
    assert list(tmp_path.iterdir()) == []


def test_32_machines_polled_once_a_second_cost_little(tmp_path: Path) -> None:
    names = [f"HD-{number:02}" for number in range(1, 33)]
    lines = room(*names)
    for name in names:
        add(lines, on_pty(tmp_path, name), made(name))
    with_all = [serial.Serial(str(tmp_path / name), 9600, timeout=0) for name in names]
    seconds = 3
    used: list[float] = []

    def work() -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            lines.step(0.1)
        used.append(resource.getrusage(resource.RUSAGE_THREAD).ru_utime)

    thread = Thread(target=work)
    thread.start()
    answers = dict.fromkeys(names, 0)
    for _ in range(seconds - 1):
        for port in with_all:
            port.write(POLL)
        time.sleep(1.0)
        for name, port in zip(names, with_all, strict=True):
            answers[name] += len(port.read(4_096))
    thread.join()
    lines.close()
    for port in with_all:
        port.close()
    assert set(answers.values()) == {LENGTH * (seconds - 1)}
    assert used[0] / seconds < 0.15, f"{used[0] / seconds:.1%} of a core"


def test_chunks_arrive_no_faster_than_the_line_carries_them(tmp_path: Path) -> None:
    lines = room()
    add(lines, on_pty(tmp_path))
    seen = [(0.0, 0)]
    with running(lines), opened(tmp_path) as port:
        port.write(POLL)
        began = time.monotonic()
        while seen[-1][1] < LENGTH:
            more = len(port.read(port.in_waiting or 1))
            seen.append((time.monotonic() - began, seen[-1][1] + more))
    assert all(later[1] >= earlier[1] for earlier, later in pairwise(seen))
    assert all(count <= when * 960 + 1 for when, count in seen)


def test_a_line_that_is_out_takes_nothing_and_can_be_pulled_again(tmp_path: Path) -> None:
    lines = room()
    end = add(lines, on_pty(tmp_path))
    for _ in range(2):
        lines.suffer(LineFault("HD-01", Trouble.PULL))
    end.send(b"x")
    assert end.peer_baud is None
    for _ in range(2):
        lines.suffer(LineFault("HD-01", Trouble.PLUG))
    assert end.peer_baud == 9600
    lines.close()
