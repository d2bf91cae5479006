"""From what machines said to alarms that are kept, and what people do with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.care.alarm_rows import ALARMS, load_book, load_lives, put, save_heard, save_lives
from db.care.happened import keep_events
from db.load import require_center
from db.refusal import DatabaseRefusal
from db.tables import metadata
from domain.alarm import Priority
from domain.alarm_book import taken
from domain.alarm_life import AlarmLife
from domain.alarm_response import escalated, escalations
from domain.care import care_event
from domain.telemetry import Event
from domain.words import words

_OFFSETS = metadata.tables["care_offsets"]


def take(
    session: Session, center: str, events: Sequence[Event], position: int | None = None
) -> tuple[AlarmLife, ...]:
    """Takes what machines said into the center's alarms and care events, in this order, and
    returns the alarms that are other than before. Taking an event again changes nothing.

    `position` is the number of the last event in the telemetry, kept in the same transaction,
    so that a reader that was killed goes on from `taken_position`. Raises DatabaseRefusal for
    a center that is not there.
    """
    require_center(session, center)
    machines = {event.key.machine for event in events}
    keys = {(one.key.machine, one.key.boot, one.key.seq) for one in events}
    before = load_book(session, center, machines, keys)
    after = taken(before, events)
    stored = {(life.machine, life.number): life for life in before.lives.values()}
    changed = [life for key, life in after.lives.items() if before.lives.get(key) != life]
    save_lives(session, center, stored, changed)
    save_heard(session, center, before, after)
    keep_events(session, center, [one for one in map(care_event, events) if one is not None])
    if position is not None:
        put(session, _OFFSETS, {"center": center}, {"position": position})
    return tuple(changed)


def taken_position(session: Session, center: str) -> int:
    """Number of the last event of the telemetry that was taken; 0 before the first."""
    query = sa.select(_OFFSETS.c.position).where(_OFFSETS.c.center == center)
    found = session.execute(query).scalar()
    return 0 if found is None else int(found)


def open_alarms(session: Session, center: str) -> tuple[AlarmLife, ...]:
    """Every alarm that is not over on both sides."""
    return load_lives(session, center, ALARMS.c.closed_at.is_(None))


def alarms_since(session: Session, center: str, since: datetime) -> tuple[AlarmLife, ...]:
    """Every alarm that has begun since a moment, closed ones too."""
    return load_lives(session, center, ALARMS.c.began >= since)


def load_alarm(session: Session, center: str, machine: str, number: int) -> AlarmLife:
    """One alarm with all its records. Raises DatabaseRefusal if there is none."""
    own = sa.and_(ALARMS.c.machine == machine, ALARMS.c.number == number)
    found = load_lives(session, center, own)
    if not found:
        raise DatabaseRefusal(
            words("There is no alarm {number} of {machine}.", number=number, machine=machine)
        )
    return found[0]


def change_alarm(
    session: Session,
    center: str,
    machine: str,
    number: int,
    change: Callable[[AlarmLife], AlarmLife],
) -> AlarmLife:
    """A person's act on an alarm: `change_alarm(session, "HC", "HD-01", 3,
    lambda life: seen(life, "Li", now))`. Raises DatabaseRefusal, and what `change` raises."""
    require_center(session, center)
    before = load_alarm(session, center, machine, number)
    after = change(before)
    save_lives(session, center, {(machine, number): before}, [after])
    return after


def escalate(
    session: Session, center: str, now: datetime, after: Mapping[Priority, timedelta]
) -> tuple[AlarmLife, ...]:
    """Puts to the top what nobody has seen in time, and returns it; each once for each time
    that `domain.alarm_response.escalations` names."""
    require_center(session, center)
    waiting = escalations(now, open_alarms(session, center), after)
    risen = [escalated(life, now) for life in waiting]
    save_lives(session, center, {(one.machine, one.number): one for one in waiting}, risen)
    return tuple(risen)
