"""Programs that run together, with real processes: begun in order, watched, ended as one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from clearshift import tethered
from clearshift.processes import Fallen, Look, Place, Process, Together

SECONDS = 30.0
PYTHON = (sys.executable, "-S", "-u", "-c")
SLEEP = (*PYTHON, "import time; time.sleep(600)")
TALK = "import os; print(os.environ['GREETING']); [print(n) for n in range(9)]; raise SystemExit(7)"
NOTE = """
import signal, sys, time
def end(number, frame):
    open("order", "a").write(sys.argv[1])
    sys.exit()
signal.signal(signal.SIGTERM, end)
print("ready")
time.sleep(600)
"""
STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf'); time.sleep(600)"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path, tmp_path / "logs", {"GREETING": "hello", "PATH": os.environ["PATH"]})


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for: {what}"
        time.sleep(0.01)


def looks(together: Together, enough: Callable[[Look], bool]) -> Look:
    """The first look that is enough."""
    deadline = time.monotonic() + SECONDS
    while not enough(look := together.look()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return look


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_one_begins_when_those_before_it_are_ready(place: Place, tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    table = (Process("second", SLEEP, ("first",)), Process("first", SLEEP, ready=sign.exists))
    with Together(table, place) as together:
        assert together.look() == Look((), ())
        assert set(together.pids) == {"first"}
        sign.touch()
        assert together.look().ready == ("first",)
        assert set(together.pids) == {"first", "second"}
        assert together.look().ready == ("second",)
        assert not together.waiting
        pids = together.pids
    assert all(gone(pid) for pid in pids.values())


def test_who_ends_by_itself_is_told_once_with_its_last_words(place: Place) -> None:
    with Together((Process("talker", (*PYTHON, TALK)),), place) as together:
        look = looks(together, lambda look: look.fallen != ())
        assert look.fallen == (Fallen("talker", 7, ("4", "5", "6", "7", "8")),)
        assert together.look().fallen == ()
        assert together.failed
    assert place.log("talker").read_text().startswith("hello\n")


def test_nobody_begins_after_one_that_fell_before_it_was_ready(place: Place) -> None:
    table = (
        Process("first", (*PYTHON, "raise SystemExit(1)"), ready=lambda: False),
        Process("second", SLEEP, ("first",)),
    )
    with Together(table, place) as together:
        looks(together, lambda look: look.fallen != ())
        together.look()
        assert together.pids == {}


def test_a_program_that_is_not_there_falls(place: Place) -> None:
    with Together((Process("nobody", ("/no/such/program",)),), place) as together:
        (fallen,) = looks(together, lambda look: look.fallen != ()).fallen
    assert "No such file" in fallen.said[-1]


def test_the_last_begun_ends_first(place: Place, tmp_path: Path) -> None:
    names = ("a", "b", "c")
    table = tuple(Process(name, (*PYTHON, NOTE, name), names[:n]) for n, name in enumerate(names))
    with Together(table, place) as together:
        looks(together, lambda _: not together.waiting)
        until(lambda: all(together.said(name) == ("ready",) for name in names), "readiness")
        assert together.stop() == ()
    assert (tmp_path / "order").read_text() == "cba"


def test_who_does_not_end_is_killed_and_named(place: Place) -> None:
    with Together((Process("deaf", (*PYTHON, STUBBORN)),), place) as together:
        looks(together, lambda _: together.said("deaf") == ("deaf",))
        (pid,) = together.pids.values()
        assert together.stop(0.1) == ("deaf",)
    assert gone(pid)


def test_each_is_out_of_reach_of_the_terminal_that_interrupts_us(place: Place) -> None:
    with Together((Process("one", SLEEP),), place) as together:
        together.look()
        (pid,) = together.pids.values()
        assert os.getpgid(pid) == pid != os.getpgid(0)


def test_none_outlives_a_holder_that_is_killed(tmp_path: Path) -> None:
    holder = textwrap.dedent(f"""
        import os, time
        from pathlib import Path
        from clearshift.processes import Place, Process, Together
        place = Place(Path.cwd(), Path.cwd() / "logs", dict(os.environ))
        talk = "import os, time; print(os.getpid()); time.sleep(600)"
        rows = [Process(n, ({sys.executable!r}, "-u", "-c", talk)) for n in ("a", "b")]
        with Together(tuple(rows), place) as together:
            together.look()
            while not all(together.said(row.name) for row in rows):
                time.sleep(0.01)
            print(*together.pids.values(), flush=True)
            time.sleep(600)
    """)
    with subprocess.Popen(
        [sys.executable, "-c", holder], cwd=tmp_path, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        pids = [int(word) for word in process.stdout.readline().split()]
        assert len(pids) == 2
        assert not any(gone(pid) for pid in pids)
        process.send_signal(signal.SIGKILL)
    until(lambda: all(gone(pid) for pid in pids), "the children's end")


def test_a_child_of_one_who_is_dead_already_never_begins() -> None:
    run = subprocess.run([sys.executable, tethered.__file__, "1", "sleep", "600"], check=False)
    assert run.returncode == tethered.ORPHAN
