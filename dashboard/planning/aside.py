"""Work in a process of its own, so that everybody else's screens, and the machines' above all,
keep the one in which they live.

One at a time: a second one waits, and the live board keeps its share of the machine.
"""

from __future__ import annotations

import copyreg
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from subprocess import PIPE, Popen
from time import monotonic
from types import MappingProxyType
from typing import IO, TypeVar

from scheduler.planner import Onlooker

Answer = TypeVar("Answer")
Work = Callable[[Onlooker], Answer]
"""A function that a module has, or a `partial` of one: it goes to another process by its name,
what it is given and what it returns by value."""

_ONE = threading.Lock()
_THERE = (sys.executable, "-c", f"from {__name__} import work; work()")
"""Not by the standard library's pool: its processes run again what the server believes to be the
main program, which Streamlit makes the page."""


def _view(content: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(content)


copyreg.pickle(MappingProxyType, lambda view: (_view, (dict(view),)))


class Broken(RuntimeError):
    """There is no answer; if the process broke off, the log tells why."""


def aside(work: Work[Answer], onlooker: Onlooker | None = None) -> Answer:
    """What the work returns, or the ValueError that it raises. The onlooker's stop is passed
    on: then it is what the work knows so far.

    Raises Broken if it comes to nothing, or is stopped before its turn.
    """
    onlooker, question = onlooker or Onlooker(monotonic), pickle.dumps(work)
    with _ONE:
        if onlooker.stop.interrupted:
            raise Broken("a question was stopped before its turn")
        with Popen(_THERE, stdin=PIPE, stdout=PIPE) as process:
            told = _asked(process, question, onlooker)
    if not told:
        raise Broken("a question was not answered")
    fine, found = pickle.loads(told)  # our own process has written it
    if not fine:
        raise found
    answer: Answer = found
    return answer


def _asked(process: Popen[bytes], question: bytes, onlooker: Onlooker) -> bytes:
    """What the process writes until its end. It is told to stop by the end of its input."""
    there, back = process.stdin, process.stdout
    assert there is not None  # both are pipes
    assert back is not None
    with suppress(OSError):  # it is gone already, and writes nothing
        there.write(question)
        there.flush()
    with onlooker.stop.interruption_callback(lambda: _close(there)):
        return back.read()


def _close(line: IO[bytes]) -> None:
    with suppress(OSError):
        line.close()


def work() -> None:
    """In the other process: the question from its input, the outcome to its output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server's own end is what counts
    line = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    question: Work[object] = pickle.load(sys.stdin.buffer)  # of our own server
    onlooker = Onlooker(monotonic)
    threading.Thread(target=_listen, args=(onlooker,), daemon=True).start()
    try:
        outcome = True, question(onlooker)
    except ValueError as refused:  # the kind that says what is wrong with the question
        outcome = False, refused
    with line:
        line.write(pickle.dumps(outcome))


def _listen(onlooker: Onlooker) -> None:
    """Ends the work once nobody awaits more of it, or nobody is there any more."""
    os.read(0, 1)
    onlooker.stop.interrupt()
