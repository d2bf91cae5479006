"""Open alarms as cards, both lives side by side, and records as rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape

from dashboard.machine.alarm_words import ACT_WORDS, eyes, machine_side, what
from dashboard.machine.head import ago
from dashboard.machine_words import PRIORITY_SIGNS, PRIORITY_WORDS, STATE_WORDS
from domain.alarm import MachineState, Priority
from domain.alarm_life import Act, AlarmLife, AlarmRecord
from domain.words import Say, Words, words

_TONES = {
    Priority.HIGH: "high", Priority.UNKNOWN: "high", Priority.MEDIUM: "medium",
    Priority.LOW: "low",
}  # fmt: skip


def card(life: AlarmLife, now: datetime, say: Say) -> str:
    """One alarm as HTML. Nothing of it is told by color alone."""
    over = life.state is MachineState.INACTIVE
    tone = "" if over else _TONES.get(life.priority, "")
    began = words(
        "{at}, {ago}", at=life.began.astimezone(now.tzinfo),
        ago=ago(max(timedelta(), now - life.began)),
    )  # fmt: skip
    lines = [
        (words("At the machine"), machine_side(life)),
        (words("Began"), began),
        (words("Seen by"), eyes(life)),
        (
            words("In hand of"),
            words("{who}", who=life.holder) if life.holder else words("nobody yet"),
        ),
    ]
    told = limits_told(life)
    if told is not None:
        lines.insert(2, (words("Limits"), told))
    rows = "".join(
        f"<span>{escape(say(title))}</span><div>{escape(say(text))}</div>" for title, text in lines
    )
    head = words(
        "{number}. {what}, {priority}", number=life.number, what=what(life),
        priority=PRIORITY_WORDS[life.priority],
    )  # fmt: skip
    sign = "" if over else f"<i>{escape(PRIORITY_SIGNS[life.priority])}</i>"
    return f'<div class="mc-alarm {tone}"><h4>{sign}{escape(say(head))}</h4>{rows}</div>'


def limits_told(life: AlarmLife) -> Words | None:
    """The value and the limits that the machine told with the alarm, if it did."""
    match life.value, life.low, life.high:
        case (float() | int()) as value, (float() | int()) as low, (float() | int()) as high:
            return words("{value}, allowed {low} to {high}", value=value, low=low, high=high)
        case (float() | int()) as value, _, _:
            return words("value {value}", value=value)
    return None


def record_row(
    one: AlarmRecord, zone_of: datetime
) -> tuple[datetime, Words, str, Words | str, Words]:
    """A record as a row: when, what, by whom, words, the machine's side after it."""
    text = words("to {who}", who=one.text) if one.act is Act.HANDED_OVER else one.text
    return (
        one.at.astimezone(zone_of.tzinfo), ACT_WORDS[one.act], one.who, text, STATE_WORDS[one.state]
    )  # fmt: skip
