"""What was put aside because the center did not have the machine is stored once it has it.

A technician registers a machine that has been speaking for hours; nothing of these hours is
lost, and nothing need be asked for. It is read again as if it came now, but for its moment.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from devices.ingest.reader import read
from devices.ingest.store import Store, StoreDown, Unstorable
from domain.telemetry import Arrival, Quarantined

AT_ONCE = 100
"""Messages of one step, some milliseconds."""

_log = logging.getLogger(__name__)


class Readmission:
    """State over time: machines of which nothing is put aside any more for that reason."""

    def __init__(self) -> None:
        self._done: frozenset[str] = frozenset()

    def step(self, store: Store) -> bool:
        """A few messages of a machine that has become known, or of any at the start. True if
        there may be more. Raises StoreDown."""
        try:
            known = store.known()
        except StoreDown:
            return False  # whoever reads messages says so
        self._done &= known
        fresh = sorted(known - self._done)
        if not fresh:
            return False
        if not (waiting := store.waiting(fresh[0], AT_ONCE)):
            self._done |= {fresh[0]}
            return len(fresh) > 1
        arrivals, refused = _read(waiting, known)
        stored = _store(store, arrivals, refused)
        if stored:
            _log.warning("%d messages of machines that are registered now are stored", stored)
        return True


def _read(
    waiting: Sequence[Quarantined], known: frozenset[str]
) -> tuple[list[Arrival], list[Quarantined]]:
    arrivals: list[Arrival] = []
    refused: list[Quarantined] = []
    for one in waiting:
        match read(one.topic, one.payload, one.received, known):
            case Arrival() as arrival:
                arrivals.append(arrival)
            case Quarantined() as still:
                refused.append(replace(one, reason=still.reason))
            case _:
                refused.append(replace(one, reason="no message of a machine"))
    return arrivals, refused


def _store(store: Store, arrivals: Sequence[Arrival], refused: Sequence[Quarantined]) -> int:
    """One by one if the database refuses one of them."""
    try:
        return store.readmit(arrivals, refused)
    except Unstorable as reason:
        if len(arrivals) > 1:
            return sum(_store(store, [one], ()) for one in arrivals) + _store(store, (), refused)
        return store.readmit((), (*refused, *(_refused(one, str(reason)) for one in arrivals)))


def _refused(arrival: Arrival, reason: str) -> Quarantined:
    key = arrival.entry.key
    told = f"the database refuses it: {reason}"
    return Quarantined("", arrival.payload, told, arrival.received, key.machine, key)
