"""The alarms of a center as a fold over what its machines said, event by event.

Events come in the order in which they were stored; the same event may come again and changes
nothing then. For each machine and code the book holds the latest alarm, so that one condition
is one open alarm however often it is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from domain.alarm import AlarmEdge, EdgePhase, MachineState
from domain.alarm_life import AlarmLife, Told, heard, late, link_back, link_lost, raised
from domain.telemetry import Event, EventKind, LinkStatus

LifeKey = tuple[str, str]
"""Machine and code of the alarm."""
BootKey = tuple[str, str]
"""Machine and boot of its gateway."""
EventKey = tuple[str, str, int]
"""Machine, boot and number of an event."""


@dataclass(frozen=True, slots=True)
class AlarmBook:
    """`lives` is the latest alarm of each machine and code, `numbers` the highest number that
    a machine's alarms have, `reached` the highest event taken of each machine and boot,
    `linked` the newest word on each machine's wire, and `known` the events that the records
    of any alarm name."""

    lives: Mapping[LifeKey, AlarmLife] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    reached: Mapping[BootKey, int] = field(default_factory=dict)
    linked: Mapping[str, Told] = field(default_factory=dict)
    known: frozenset[EventKey] = frozenset()

    def with_life(self, life: AlarmLife) -> AlarmBook:
        """The book with this alarm as the latest of its machine and code."""
        number = max(life.number, self.numbers.get(life.machine, 0))
        return replace(
            self,
            lives={**self.lives, (life.machine, life.code): life},
            numbers={**self.numbers, life.machine: number},
        )


def taken(book: AlarmBook, events: Iterable[Event]) -> AlarmBook:
    """The book after some events; those that are no alarms and no links leave it as it is."""
    for event in events:
        if event.kind is EventKind.ALARM and event.alarm is not None:
            book = _alarm(book, event, event.alarm)
        elif event.kind is EventKind.LINK:
            book = _link(book, event)
    return book


def _alarm(book: AlarmBook, event: Event, edge: AlarmEdge) -> AlarmBook:
    key = (event.key.machine, event.key.boot, event.key.seq)
    if key in book.known:
        return book
    after = _after(book, event, edge)
    marked = _reached(book, event)
    if after is None:
        return marked
    last = after.records[-1].told
    kept = last is not None and (after.machine, last.boot, last.seq) == key
    return replace(marked.with_life(after), known=book.known | {key} if kept else book.known)


def _after(book: AlarmBook, event: Event, edge: AlarmEdge) -> AlarmLife | None:
    """The alarm that the event changes, as it is then; `None` if it changes none."""
    machine, told = event.key.machine, Told.by(event)
    life = book.lives.get((machine, edge.code))
    overtaken = told.seq <= book.reached.get((machine, told.boot), 0)
    if life is not None and _is_late(book, life, edge, told, overtaken=overtaken):
        return late(life, edge, told) if edge.phase is EdgePhase.START else None
    if life is not None and life.open:
        return heard(life, edge, told)
    if overtaken and edge.phase is not EdgePhase.START:
        return None
    if edge.phase is EdgePhase.END and edge.state is not MachineState.LATCHED:
        return None  # it was over already
    number = book.numbers.get(machine, 0) + 1
    fresh = raised(machine, number, edge, told, event.origin.generation)
    # What followed it was here before it: nobody can say whether it is still there.
    return link_lost(fresh, told.at, told) if overtaken else fresh


def _is_late(
    book: AlarmBook, life: AlarmLife, edge: AlarmEdge, told: Told, *, overtaken: bool
) -> bool:
    """Within a boot the numbers decide; between boots the gateways' clocks, but a condition
    that a boot never met before says is there is believed whatever its clock says: better one
    alarm too many than one too few."""
    if told.boot == life.heard.boot:
        return told.seq <= life.heard.seq
    unmet = (life.machine, told.boot) not in book.reached
    if unmet and edge.phase is not EdgePhase.END:
        return False
    return overtaken or told.at <= life.heard.at


def _link(book: AlarmBook, event: Event) -> AlarmBook:
    machine, told = event.key.machine, Told.by(event)
    if not _follows(book, machine, told):
        return book
    change = link_back if event.text == LinkStatus.ONLINE else link_lost
    book = replace(_reached(book, event), linked={**book.linked, machine: told})
    for (owner, _), life in book.lives.items():
        if owner == machine and (after := change(life, told.at, told)) is not life:
            book = book.with_life(after)
    return book


def _follows(book: AlarmBook, machine: str, told: Told) -> bool:
    newest = book.linked.get(machine)
    if newest is None or (machine, told.boot) not in book.reached:
        return True
    return told.seq > newest.seq if told.boot == newest.boot else told.at > newest.at


def _reached(book: AlarmBook, event: Event) -> AlarmBook:
    key = (event.key.machine, event.key.boot)
    highest = max(event.key.seq, book.reached.get(key, 0))
    return replace(book, reached={**book.reached, key: highest})
