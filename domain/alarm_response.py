"""Our side of an alarm: taken, noted, handed over, closed by a person, risen for want of eyes.

Each is a local note. None silences, acknowledges or ends anything at the machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from domain.alarm import MachineState, Priority
from domain.alarm_life import Act, AlarmLife, rank, recorded, settled
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


def taken_over(life: AlarmLife, who: str, at: datetime) -> AlarmLife:
    """From now on whoever says so has it in hand, and has seen it."""
    return handed_over(life, who, at, who)


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
    """The alarms that have waited too long for somebody to see them, longest first: once after
    the time of their priority, again after twice that, four times, eight times. `after` are the
    times by priority; one without an entry does not escalate, and an unknown priority waits no
    longer than a high one."""
    times = {Priority.UNKNOWN: after[Priority.HIGH], **after} if Priority.HIGH in after else after
    waiting = (
        life
        for life in lives
        if life.open and life.fresh and not life.ended and life.priority in times
        if _is_to_rise(life, now, times[life.priority])
    )
    return tuple(sorted(waiting, key=lambda life: (life.began, life.machine, life.number)))


def _is_to_rise(life: AlarmLife, now: datetime, after: timedelta) -> bool:
    """True if a level has been reached since it rose last, however many that jumped over."""
    risen = 0 if life.escalated_at is None else _level(life.escalated_at - life.began, after)
    return _level(now - life.began, after) > risen


def _level(waited: timedelta, after: timedelta) -> int:
    """1 from `after` on, 2 from twice that, 3 from four times: each level lasts as long as all
    before it, so that a night without eyes makes ten records and not five hundred."""
    return max(0, waited // after).bit_length()


def escalated(life: AlarmLife, at: datetime) -> AlarmLife:
    """The alarm after it was put to the top because nobody had seen it."""
    return recorded(replace(life, escalated_at=at), at, Act.ESCALATED)


def worst_first(lives: Iterable[AlarmLife]) -> tuple[AlarmLife, ...]:
    """What is there or may be before what has ended, by priority; then what waits too long, what
    nobody has seen, and the oldest."""
    return tuple(sorted(lives, key=_pressing))


def _pressing(life: AlarmLife) -> tuple[object, ...]:
    waits = life.fresh and life.escalated_at is not None
    return (
        life.ended, -rank(life.priority), not waits, not life.fresh, life.began, life.machine,
        life.number,
    )  # fmt: skip


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
