"""A batch into the store, with whatever the store will not take put aside."""

from __future__ import annotations

from collections.abc import Sequence

from devices.ingest.store import Store, Unstorable
from domain.telemetry import Arrival, Quarantined, Settled, Watermark


def settle_all(
    store: Store, arrivals: Sequence[Arrival], quarantined: Sequence[Quarantined]
) -> Settled:
    """Settles a batch, in parts if one of it is refused: that one goes to quarantine, so that it
    never stops the others. Raises StoreDown; what was settled until then is settled."""
    try:
        return store.settle(arrivals, quarantined)
    except Unstorable as refused:
        if len(arrivals) > 1:
            middle = len(arrivals) // 2
            return _together(
                settle_all(store, arrivals[:middle], quarantined),
                settle_all(store, arrivals[middle:], ()),
            )
        if arrivals and quarantined:
            return _together(store.settle((), quarantined), settle_all(store, arrivals, ()))
        if not arrivals:
            raise
        return store.settle((), (_put_aside(arrivals[0], str(refused)),))


def _put_aside(arrival: Arrival, reason: str) -> Quarantined:
    key = arrival.entry.key
    return Quarantined(
        "",
        arrival.payload,
        f"the database refuses it: {reason}",
        arrival.received,
        key.machine,
        key,
        arrival.entry.origin.gateway,
        arrival.digest,
    )


def _together(one: Settled, other: Settled) -> Settled:
    marks: dict[tuple[str, str], Watermark] = {}
    for mark in (*one.watermarks, *other.watermarks):
        marks[mark.machine, mark.boot] = mark
    return Settled(
        one.stored + other.stored,
        one.repeated + other.repeated,
        one.conflicts + other.conflicts,
        one.quarantined + other.quarantined,
        tuple(marks.values()),
    )
