"""Questions beside the screen, each in a process of its own."""

from __future__ import annotations

from functools import partial
from os import getpid
from pathlib import Path
from time import monotonic, sleep
from types import MappingProxyType

import pytest

from dashboard.planning import aside as aside_module
from dashboard.planning.aside import Broken, aside
from dashboard.planning.thinking import Thought
from scheduler.planner import Onlooker
from scheduler.ward.make import NoRoster

PATIENCE = 60.0


def waited(thought: Thought[str]) -> Thought[str]:
    """Until it has ended."""
    thread = thought._thread
    assert thread is not None
    thread.join(PATIENCE)
    return thought


def there(path: Path) -> bool:
    """True once somebody has made the file."""
    end = monotonic() + PATIENCE
    while not path.exists() and monotonic() < end:
        sleep(0.01)
    return path.exists()


def when_there(path: Path, _: Onlooker) -> str:
    return "42" if there(path) else "never"


def until_stopped(begun: Path, onlooker: Onlooker) -> str:
    begun.touch()
    while not onlooker.stop.interrupted:
        sleep(0.01)
    return "so far"


def number_of_the_process(_: Onlooker) -> int:
    return getpid()


def viewed(view: MappingProxyType[str, int], _: Onlooker) -> MappingProxyType[str, int]:
    return MappingProxyType({key: 2 * value for key, value in view.items()})


def broken(_: Onlooker) -> str:
    raise RuntimeError("a fault of ours")


def no_roster(_: Onlooker) -> str:
    raise NoRoster(("N1", "N2"))


def test_the_work_is_done_in_another_process() -> None:
    assert aside(number_of_the_process) != getpid()


def test_views_of_mappings_go_there_and_come_back() -> None:
    assert aside(partial(viewed, MappingProxyType({"a": 1}))) == {"a": 2}


def test_what_is_wrong_with_the_question_is_raised_here() -> None:
    with pytest.raises(NoRoster) as refused:
        aside(no_roster)
    assert refused.value.nurses == ("N1", "N2")


def test_a_fault_of_ours_is_told_from_an_answer() -> None:
    with pytest.raises(Broken, match="not answered"):
        aside(broken)


def test_a_question_is_open_until_it_is_answered(tmp_path: Path) -> None:
    go = tmp_path / "go"
    thought = Thought[str](("key",), partial(when_there, go)).begin()
    assert thought.open
    assert thought.answer is None
    go.touch()
    assert waited(thought).answer == "42"
    assert not thought.open
    assert not thought.failed
    assert thought.seconds <= monotonic()


def test_a_question_that_is_stopped_before_its_turn_has_no_answer(tmp_path: Path) -> None:
    with aside_module._ONE:
        thought = Thought[str]((), partial(when_there, tmp_path)).begin()
        thought.stop()
        assert thought.open
    assert waited(thought).failed


def test_a_question_that_is_stopped_answers_with_what_it_knows(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    thought = Thought[str]((), partial(until_stopped, begun)).begin()
    assert there(begun)
    thought.stop()
    assert waited(thought).answer == "so far"


def test_a_fault_of_ours_leaves_no_answer_and_lets_the_next_one_in(tmp_path: Path) -> None:
    assert waited(Thought[str]((), broken).begin()).failed
    assert waited(Thought[str]((), partial(when_there, tmp_path)).begin()).answer == "42"
