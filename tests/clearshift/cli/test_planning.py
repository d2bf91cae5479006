"""The search beside the program: progress, Ctrl-C once, Ctrl-C twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from clearshift.cli.planning import search_plan
from db.sample.center import make_center
from db.sample.named import NAMED
from domain.problem import Problem
from scheduler.effort import Effort
from scheduler.planner import Progress
from tests.scheduler.worlds import MONDAY

ROOT = Path(__file__).parents[3]
SMALL = Problem(make_center(NAMED["xiamao"], 1), MONDAY)
ONE = Effort(workers=1)


class Heard:
    """A board that remembers; it may press Ctrl-C as soon as something is shown."""

    def __init__(self, presses: int = 0) -> None:
        self.presses = presses
        self.stages: list[str] = []
        self.stopped = 0

    def show(self, progress: Progress) -> None:
        self.stages.append(progress.stage)
        if self.presses:
            self.presses -= 1
            signal.raise_signal(signal.SIGINT)

    def tick(self, seconds: float) -> None:
        assert seconds >= 0

    def stopping(self) -> None:
        self.stopped += 1

    def leave(self) -> None:
        sys.stdout.write("left\n")
        sys.stdout.flush()


def test_a_search_shows_its_stages_and_ends_with_a_plan() -> None:
    board = Heard()
    planned = search_plan(SMALL, ONE, board)
    assert planned.verdict.legal
    assert not planned.run.interrupted
    assert board.stages[0] == "timetable"
    assert board.stages[-1] != "timetable"
    assert board.stopped == 0


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """As in a terminal: a job in the background is started with Ctrl-C switched off."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
def test_one_interrupt_ends_with_the_best_plan_so_far_and_the_next_is_as_ever() -> None:
    board = Heard(presses=1)
    planned = search_plan(SMALL, ONE, board)
    assert planned.verdict.legal
    assert len(planned.plan.assignments) > 0
    assert board.stopped <= 1
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_beside_the_main_thread_nobody_is_listened_to() -> None:
    found: list[bool] = []
    thread = threading.Thread(
        target=lambda: found.append(search_plan(SMALL, ONE, Heard()).verdict.legal)
    )
    thread.start()
    thread.join()
    assert found == [True]


def test_a_fault_in_the_search_comes_out_where_it_was_started() -> None:
    class Unsound(Heard):
        def show(self, progress: Progress) -> None:
            raise ZeroDivisionError(f"the board is broken at {progress.stage}")

    with pytest.raises(ZeroDivisionError, match="the board is broken at timetable"):
        search_plan(SMALL, ONE, Unsound())


def test_a_second_interrupt_leaves_at_once_without_a_plan() -> None:
    code = (
        "from tests.clearshift.cli.test_planning import Heard, ONE, SMALL, search_plan\n"
        "board = Heard()\n"
        "def twice(progress):\n"
        "    import signal\n"
        "    signal.raise_signal(signal.SIGINT)\n"
        "    signal.raise_signal(signal.SIGINT)\n"
        "board.show = twice\n"
        "search_plan(SMALL, ONE, board)\n"
        "print('a plan')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "left\n", "")
