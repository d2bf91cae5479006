"""From the telemetry database to the center's alarms and care events, a piece at a time.

What was taken and how far are stored in one transaction: whoever is killed goes on where it
stopped, takes nothing twice and leaves nothing out. Two may follow at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.care.alarm_rows import ALARMS, load_lives, save_lives
from db.care.alarms import escalate, take, taken_position
from db.connection import reading as reading_center
from db.connection import writing
from db.load import require_center
from db.telemetry.read import events_after, links
from db.telemetry.read import reading as reading_telemetry
from domain.alarm import MachineState, Priority
from domain.alarm_life import AlarmLife, link_back, link_lost
from domain.telemetry import LinkState, LinkStatus

MOST = 500
"""Events taken in one transaction."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of one step: events read, alarms that changed, alarms put to the top, and
    whether there is more to do at once."""

    events: int
    changed: int
    escalated: tuple[AlarmLife, ...]
    more: bool


def follow(
    telemetry: sa.Engine,
    database: sa.Engine,
    center: str,
    now: datetime,
    after: Mapping[Priority, timedelta],
    most: int = MOST,
) -> Followed:
    """One step: takes the next events, sees which gateways are silent, and puts to the top what
    nobody has seen in time. Raises DatabaseRefusal."""
    with reading_center(database) as session:
        position = taken_position(session, center)
    with reading_telemetry(telemetry) as connection:
        found = events_after(connection, position, most)
        wires = links(connection)
    with writing(database) as session:
        require_center(session, center)
        if taken_position(session, center) != position:
            return Followed(0, 0, (), more=True)  # another one was faster
        changed: tuple[AlarmLife, ...] = ()
        if found:
            changed = take(session, center, [one.event for one in found], found[-1].number)
        more = len(found) == most
        if not more:
            changed += follow_links(session, center, wires, now)
        risen = escalate(session, center, now, after)
    return Followed(len(found), len(changed), risen, more)


def follow_links(
    session: Session, center: str, wires: Iterable[LinkState], now: datetime
) -> tuple[AlarmLife, ...]:
    """A gateway that has died cannot say that its wires are lost: its machines' alarms become
    unknown all the same, and known again when one is online. Returns the alarms that changed."""
    dead, alive = by_wire(wires)
    before = load_lives(session, center, _in_question())
    after = [
        link_back(life, now) if life.machine in alive
        else link_lost(life, now) if life.machine in dead and life.open
        else life
        for life in before
    ]  # fmt: skip
    pairs = zip(before, after, strict=True)
    changed = tuple(new for old, new in pairs if new is not old)
    save_lives(session, center, {(one.machine, one.number): one for one in before}, changed)
    return changed


def _in_question() -> sa.ColumnElement[bool]:
    """Alarms that have not ended, and the latest of those that somebody closed while nobody
    could say whether they had."""
    later = ALARMS.alias("later")
    overtaken = sa.exists().where(
        later.c.center == ALARMS.c.center,
        later.c.machine == ALARMS.c.machine,
        later.c.code == ALARMS.c.code,
        later.c.number > ALARMS.c.number,
    )
    unknown = sa.and_(ALARMS.c.state == MachineState.UNKNOWN, ~overtaken)
    going_on = ALARMS.c.state != MachineState.INACTIVE
    return sa.or_(sa.and_(ALARMS.c.closed_at.is_(None), going_on), unknown)


def by_wire(wires: Iterable[LinkState]) -> tuple[frozenset[str], frozenset[str]]:
    """Machines of which every gateway is dead, and those that some gateway hears. A wire that a
    living gateway has lost is in neither: the gateway says so itself."""
    states: dict[str, set[LinkStatus]] = {}
    for wire in wires:
        states.setdefault(wire.machine, set()).add(wire.status)
    dead = frozenset(one for one, found in states.items() if found == {LinkStatus.OFFLINE})
    alive = frozenset(one for one, found in states.items() if LinkStatus.ONLINE in found)
    return dead, alive
