"""An alarm in words: the machine's side and ours, side by side; for screens and the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.machine_words import STATE_WORDS, condition
from domain.alarm import Inactivation
from domain.alarm_life import Act, AlarmLife
from domain.words import Words, words

ACT_WORDS: Mapping[Act, Words] = MappingProxyType(
    {
        Act.RAISED: words("begins"),
        Act.AGAIN: words("begins again"),
        Act.CHANGED: words("has changed"),
        Act.ENDED: words("is over"),
        Act.LATE: words("told late"),
        Act.LINK_LOST: words("link lost"),
        Act.LINK_BACK: words("link back"),
        Act.ESCALATED: words("nobody has seen it: to the top"),
        Act.SEEN: words("seen"),
        Act.NOTED: words("note"),
        Act.HANDED_OVER: words("handed over"),
        Act.CLOSED: words("closed"),
    }
)
INACTIVATION_WORDS: Mapping[Inactivation, Words] = MappingProxyType(
    {
        Inactivation.AUDIO_PAUSED: words("sound paused"),
        Inactivation.AUDIO_OFF: words("sound off"),
        Inactivation.ALARM_PAUSED: words("alarm paused"),
        Inactivation.ALARM_OFF: words("alarm off"),
        Inactivation.ACKNOWLEDGED: words("acknowledged at the machine"),
    }
)


def what(life: AlarmLife) -> Words:
    """What an alarm is about, and how often it has begun if that is more than once."""
    about = condition(life.code, life.direction)
    if life.times > 1:
        return words("{what}, {times} times", what=about, times=life.times)
    return about


def machine_side(life: AlarmLife) -> Words:
    """What the machine says of it, and what was done there; nobody can say while it is lost."""
    state = STATE_WORDS[life.state]
    if life.state is not life.last_said:
        return words("{state}; last said: {last}", state=state, last=STATE_WORDS[life.last_said])
    done = INACTIVATION_WORDS.get(life.inactivation)
    return state if done is None else words("{state}, {done}", state=state, done=done)


def eyes(life: AlarmLife) -> Words:
    """Who has seen it since it last began."""
    if not life.fresh:
        return words("{who}", who=life.seen_by)
    if life.escalated_at is not None:
        return words("nobody, waiting too long")
    return words("nobody")


def our_side(life: AlarmLife) -> Words:
    """What people have done about it."""
    if not life.open:
        return words("closed")
    if life.fresh:
        return words("seen by nobody")
    if life.holder:
        return words("seen by {who}, in hand of {holder}", who=life.seen_by, holder=life.holder)
    return words("seen by {who}", who=life.seen_by)


def standing(life: AlarmLife) -> Words:
    """Both lives in one line."""
    return words(
        "{machine}, alarm {number}, {what}: at the machine {state}; here {ours}.",
        machine=life.machine, number=life.number, what=condition(life.code, life.direction),
        state=machine_side(life), ours=our_side(life),
    )  # fmt: skip
