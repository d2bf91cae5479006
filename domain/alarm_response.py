"""Our side of an alarm: seen, noted, handed over, closed by a person, risen for want of eyes.

Each is a local note. None silences, acknowledges or ends anything at the machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from domain.alarm import MachineState, Priority
from domain.alarm_life import Act, AlarmLife, recorded, settled
from domain.words import Words, words


class CareRefused(Exception):
    """A person's word that cannot be taken as it is; says why."""

    def __init__(self, *reasons: Words) -> None:
        super().__init__("; ".join(str(reason) for reason in reasons))
        self.reasons = reasons


def seen(life: AlarmLife, who: str, at: datetime) -> AlarmLife:
    """Somebody has seen it. A note of ours, never a word to the machine."""
    _require(life, who)
    if not life.fresh:
        return recorded(life, at, Act.SEEN, who)
    noticed = replace(life, seen_by=who, seen_at=at)
    return settled(recorded(noticed, at, Act.SEEN, who))


def noted(life: AlarmLife, who: str, at: datetime, text: str) -> AlarmLife:
    """A remark; also on an alarm that is over."""
    _require_name(who)
    _require_text(text)
    return recorded(life, at, Act.NOTED, who, text)


def handed_over(life: AlarmLife, who: str, at: datetime, to: str) -> AlarmLife:
    """From now on `to` has it in hand; whoever hands it over has seen it."""
    _require(life, who)
    _require_name(to)
    given = replace(life, holder=to)
    if given.fresh:
        given = replace(given, seen_by=who, seen_at=at)
    return settled(recorded(given, at, Act.HANDED_OVER, who, to))


def closed(life: AlarmLife, who: str, at: datetime, text: str) -> AlarmLife:
    """Closed by a person with a reason: the way out for an alarm of which nobody will hear
    again. Refused while the machine says that it is there."""
    _require(life, who)
    _require_text(text)
    if life.state not in (MachineState.INACTIVE, MachineState.UNKNOWN):
        raise CareRefused(
            words(
                "Alarm {number} of {machine} cannot be closed: the machine says that it is there.",
                number=life.number,
                machine=life.machine,
            )
        )
    watched = replace(life, seen_by=life.seen_by or who, seen_at=life.seen_at or at)
    return recorded(replace(watched, closed_at=at), at, Act.CLOSED, who, text)


def escalations(
    now: datetime, lives: Iterable[AlarmLife], after: Mapping[Priority, timedelta]
) -> tuple[AlarmLife, ...]:
    """The alarms that have waited too long for somebody to see them, longest first. `after`
    are the times by priority; one without an entry does not escalate, and an unknown priority
    waits no longer than a high one."""
    times = {Priority.UNKNOWN: after[Priority.HIGH], **after} if Priority.HIGH in after else after
    waiting = (
        life
        for life in lives
        if life.open and life.fresh and not life.ended and life.escalated_at is None
        if life.priority in times and now - life.began >= times[life.priority]
    )
    return tuple(sorted(waiting, key=lambda life: (life.began, life.machine, life.number)))


def escalated(life: AlarmLife, at: datetime) -> AlarmLife:
    """The alarm after it was put to the top because nobody had seen it."""
    return recorded(replace(life, escalated_at=at), at, Act.ESCALATED)


def _require(life: AlarmLife, who: str) -> None:
    _require_name(who)
    if not life.open:
        raise CareRefused(
            words("Alarm {number} of {machine} is closed.",
                  number=life.number, machine=life.machine)
        )  # fmt: skip


def _require_name(who: str) -> None:
    if not who.strip():
        raise CareRefused(words("Who? A name is needed."))


def _require_text(text: str) -> None:
    if not text.strip():
        raise CareRefused(words("What? A few words are needed."))
