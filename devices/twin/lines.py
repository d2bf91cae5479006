"""Many simulated machines on their lines, in one process: each line's bytes in and out, once
a second each machine's own time.

Half of it is a table of when to wake whom; the other half waits for files. The clock is
handed in; nothing sleeps but the selector.
"""

from __future__ import annotations

import selectors
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from heapq import heappop, heappush
from random import Random
from typing import Protocol as Interface

from devices.twin.ends import Ears, End
from devices.twin.line_fault import LineFault, Trouble
from devices.twin.post import Maker, Post
from devices.twin.script import Cue
from devices.twin.truth import Truth

_SLIP = 5.0
"""Seconds that may be caught up at once; if the computer was away longer, the machines'
time has stood still meanwhile."""

Wiring = Callable[[selectors.BaseSelector, Ears], End]
"""Makes the machine's end of its line."""


class Body(Interface):
    """One machine's physics, as far as its line must know it."""

    @property
    def silent(self) -> bool:
        """It works, and its line is dead."""
        ...

    def run(self, seconds: float) -> None:
        """Lets this machine's time alone pass."""
        ...

    def look(self) -> Truth:
        """What is true of it."""
        ...


class World(Interface):
    """Machines in one room, by serial number; see `Fleet`."""

    @property
    def twins(self) -> Mapping[str, Body]:
        """The machines."""
        ...

    def advance(self, seconds: float) -> Mapping[str, Truth]:
        """Lets time pass for all; what is true then."""
        ...

    def play(self, cues: Iterable[Cue]) -> None:
        """Lets treatments and troubles befall them. Raises KeyError."""
        ...


@dataclass(slots=True)
class _Place:
    """A machine, its end, and when the next bytes are looked for."""

    post: Post
    end: End
    woken: float | None = None


class Lines:
    """Runs machines on their lines. `speed` is how many of the machines' seconds pass in one
    of ours; the lines themselves are never faster than their baud."""

    def __init__(
        self,
        world: World,
        clock: Callable[[], float],
        speed: float = 1.0,
        tick: float = 1.0,
    ) -> None:
        self._world = world
        self._clock = clock
        self._speed = speed
        self._tick = tick
        self._places: dict[str, _Place] = {}
        self._agenda: list[tuple[float, int, Callable[[float], None]]] = []
        self._number = 0
        self._lived = clock()
        self.watch: selectors.BaseSelector = selectors.DefaultSelector()
        self._at(self._lived, self._pass)

    def add(self, made: Maker, wiring: Wiring, chance: Random) -> End:
        """Puts a machine on its line and plugs it in. Raises KeyError if the world does not
        hold its serial number."""
        post = Post(made, self._world.twins[made.serial].look(), chance)
        end = wiring(self.watch, Ears(partial(self._hear, made.machine), post.hang_up))
        self._places[made.machine] = _Place(post, end)
        end.plug()
        end.tend(self._clock(), post.powered)
        return end

    @property
    def posts(self) -> dict[str, Post]:
        """The machines by name."""
        return {name: place.post for name, place in self._places.items()}

    def end(self, machine: str) -> End:
        """The machine's end of its line. Raises KeyError."""
        return self._places[machine].end

    @property
    def links(self) -> dict[str, str]:
        """Where each machine is reached."""
        return {name: place.end.link for name, place in self._places.items()}

    def suffer(self, fault: LineFault) -> None:
        """Does what a fault says. Raises KeyError for a machine that is not here."""
        place = self._places[fault.machine]
        match fault.trouble:
            case Trouble.PULL:
                place.end.pull()
            case Trouble.PLUG:
                place.end.plug()
                place.end.tend(self._clock(), place.post.powered)
            case Trouble.FORWARD:
                self._world.twins[place.post.made.serial].run(fault.seconds)
            case _:
                place.post.suffer(fault, self._clock())
                self._wake(place)

    def play(self, cues: Iterable[Cue]) -> list[str]:
        """Does what a script says; the machines it befell. Raises KeyError for a machine that
        is not here."""
        befallen: list[str] = []
        for cue in cues:
            names = cue.machines or tuple(self._places)
            serials = tuple(self._places[name].post.made.serial for name in names)
            self._world.play([replace(cue, machines=serials)])
            befallen += names
        return befallen

    def step(self, longest: float) -> None:
        """Waits at most so many seconds for something to happen, and does what is due."""
        for key, events in self.watch.select(self._patience(longest)):
            key.data(events)
        now = self._clock()
        while self._agenda and self._agenda[0][0] <= now:
            heappop(self._agenda)[2](now)

    def close(self) -> None:
        """Unplugs everything; the links are gone afterwards."""
        for place in self._places.values():
            place.end.pull()
        self._places.clear()
        self._agenda.clear()
        self.watch.close()

    def _patience(self, longest: float) -> float:
        if not self._agenda:
            return longest
        return min(longest, max(0.0, self._agenda[0][0] - self._clock()))

    def _at(self, when: float, act: Callable[[float], None]) -> None:
        self._number += 1
        heappush(self._agenda, (when, self._number, act))

    def _pass(self, now: float) -> None:
        """Lets the machines' time pass, and gives each its turn within the second: not all of
        them speak at once."""
        passed = min(now - self._lived, _SLIP)
        self._lived = now
        truths = self._world.advance(passed * self._speed)
        for number, place in enumerate(self._places.values()):
            turn = now + self._tick * number / len(self._places)
            self._at(turn, partial(self._live, place, truths[place.post.made.serial]))
        self._at(now + self._tick, self._pass)

    def _live(self, place: _Place, truth: Truth, now: float) -> None:
        place.post.live(truth, now, self._world.twins[truth.serial].silent)
        place.end.tend(now, place.post.powered)
        self._wake(place)

    def _hear(self, machine: str, chunk: bytes) -> None:
        place = self._places[machine]
        place.post.hear(chunk, self._clock(), place.end.peer_baud)
        self._wake(place)

    def _wake(self, place: _Place) -> None:
        """Sees to it that what the machine says next is sent when it has left."""
        when = place.post.wakes()
        if when is not None and (place.woken is None or when < place.woken):
            place.woken = when
            self._at(when, partial(self._send, place))

    def _send(self, place: _Place, now: float) -> None:
        place.woken = None
        raw = place.post.due(now, place.end.peer_baud)
        if raw:
            place.end.send(raw)
        self._wake(place)
