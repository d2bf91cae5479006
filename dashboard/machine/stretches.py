"""Which stretches of a machine's past can be looked at: treatments, found from what it said of
its phases, and spans that end now. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.machine_words import LINK_WORDS, PHASE_WORDS
from domain.telemetry import Event, EventKind, LinkStatus, Phase
from domain.words import Words, words

ON_PATIENT = frozenset({Phase.CONNECTING, Phase.TREATMENT, Phase.REINFUSION})
MARGIN = timedelta(minutes=10)
"""Shown before and after a treatment."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the past. `end` is missing while it goes on."""

    first: datetime
    end: datetime | None

    def span(self, now: datetime) -> tuple[datetime, datetime]:
        """What is shown of it: a little before and after."""
        end = now if self.end is None else min(now, self.end + MARGIN)
        return self.first - MARGIN, end


@dataclass(frozen=True, slots=True)
class Strip:
    """A time in which a machine was in one phase, or in which its wire was lost (`phase` is
    missing then, and `link` says how). It ends where the next one begins."""

    first: datetime
    end: datetime
    phase: Phase | None
    link: LinkStatus | None = None

    @property
    def title(self) -> Words:
        """What it is called."""
        if self.phase is not None:
            return PHASE_WORDS[self.phase]
        if self.link is not None:
            return words("link lost: {how}", how=LINK_WORDS[self.link])
        return words("not known")


def treatments(events: Iterable[Event]) -> tuple[Stretch, ...]:
    """From the first phase on a patient to the next one that is none; the latest first. A wire
    that is lost meanwhile ends nothing: what happened then is not known."""
    found: list[Stretch] = []
    began: datetime | None = None
    for event in events:
        if event.kind is not EventKind.PHASE or event.text not in set(Phase):
            continue
        on_patient = Phase(event.text) in ON_PATIENT
        if on_patient and began is None:
            began = event.origin.ts
        elif not on_patient and began is not None:
            found.append(Stretch(began, event.origin.ts))
            began = None
    if began is not None:
        found.append(Stretch(began, None))
    return tuple(reversed(found))


def strips(events: Iterable[Event], first: datetime, end: datetime) -> tuple[Strip, ...]:
    """Phases and lost wires from `first` to `end`; `events` may begin earlier, so that the phase
    at `first` is known, and where it is not, nothing is said of that time."""
    found: list[Strip] = []
    phase: Phase | None = None
    link: LinkStatus | None = None
    since = first
    for event in events:
        if event.origin.ts >= end:
            break
        after = _after(event, phase, link)
        if after != (phase, link):
            found += _strip(max(since, first), event.origin.ts, phase, link)
            (phase, link), since = after, event.origin.ts
    found += _strip(max(since, first), end, phase, link)
    return tuple(found)


def _after(
    event: Event, phase: Phase | None, link: LinkStatus | None
) -> tuple[Phase | None, LinkStatus | None]:
    if event.kind is EventKind.PHASE and event.text in set(Phase):
        return Phase(event.text), None
    if event.kind is EventKind.LINK and event.text in set(LinkStatus):
        status = LinkStatus(event.text)
        return phase, None if status is LinkStatus.ONLINE else status
    return phase, link


def _strip(
    first: datetime, end: datetime, phase: Phase | None, link: LinkStatus | None
) -> list[Strip]:
    if end <= first or (phase is None and link is None):
        return []
    return [Strip(first, end, None if link else phase, link)]


def phase_since(events: Iterable[Event], phase: Phase | None) -> datetime | None:
    """Since when the machine has been in the phase it is in, if it has said so."""
    since: datetime | None = None
    for event in events:
        if event.kind is EventKind.PHASE:
            same = phase is not None and event.text == phase.value
            since = (since or event.origin.ts) if same else None
    return since


def stretch_words(stretch: Stretch, now: datetime) -> Words:
    """A treatment in a list to choose from, by the center's clock."""
    first = stretch.first.astimezone(now.tzinfo)
    if stretch.end is None:
        return words("treatment since {first}", first=first)
    end = stretch.end.astimezone(now.tzinfo).time()
    return words("treatment {first} to {end}", first=first, end=end)
