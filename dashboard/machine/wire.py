"""How good a machine's wire is: frames, failed checks, timeouts and garbage by the hour, and when
it was lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.telemetry import Event, EventKind, LinkState, LinkStatus
from domain.words import Words, words

COUNTERS: tuple[tuple[str, Words], ...] = (
    ("polls", words("asked")),
    ("good", words("good frames")),
    ("bad_check", words("frames with a wrong check sum")),
    ("timeouts", words("no answer in time")),
    ("garbage", words("bytes of garbage")),
    ("unparsed", words("frames not understood")),
    ("reopened", words("line opened again")),
)


@dataclass(frozen=True, slots=True)
class Outage:
    """A time without the wire; `end` is missing while it lasts."""

    first: datetime
    end: datetime | None
    status: LinkStatus


def rates(state: LinkState, began: datetime | None, now: datetime) -> dict[str, float | None]:
    """Each counter by the hour since the gateway's start, to the last frame of one that is dead;
    none for less than a minute of it, or if its start is not known."""
    dead = state.status is LinkStatus.OFFLINE
    until = (state.last_good or now) if dead else now
    hours = None if began is None else (until - began) / timedelta(hours=1)
    known = hours is not None and hours >= 1 / 60
    return {
        name: getattr(state.counters, name) / hours if known and hours else None
        for name, _ in COUNTERS
    }


def outages(said: Iterable[Event]) -> tuple[Outage, ...]:
    """When the wire was lost, the latest first; another way of being lost goes on with it."""
    found: list[Outage] = []
    lost: tuple[datetime, LinkStatus] | None = None
    for event in said:
        if event.kind is not EventKind.LINK or event.text not in set(LinkStatus):
            continue
        status = LinkStatus(event.text)
        if status is not LinkStatus.ONLINE:
            lost = lost or (event.origin.ts, status)
        elif lost is not None:
            found.append(Outage(lost[0], event.origin.ts, lost[1]))
            lost = None
    if lost is not None:
        found.append(Outage(lost[0], None, lost[1]))
    return tuple(reversed(found))


def lasted_words(one: Outage, now: datetime) -> Words:
    """How long the wire was lost."""
    seconds = int(((one.end or now) - one.first).total_seconds())
    if seconds < 120:
        return words("{count} s", count=seconds)
    return words("{count} min", count=seconds // 60)
