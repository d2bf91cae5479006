"""One machine on the wall, as data for the page: texts, ages, and how far each value can be
believed. Missing is missing and never 0; what is stale says so and keeps its number only to be
struck through."""

from __future__ import annotations

from datetime import timedelta
from math import floor

from dashboard.machine_words import (
    GENERATION_WORDS,
    LINK_WORDS,
    PHASE_WORDS,
    PRIORITY_SIGNS,
    PRIORITY_WORDS,
    STATE_WORDS,
    condition,
)
from dashboard.wall.left import time_left, worst
from domain.alarm import MachineState
from domain.board import BoardAlarm, BoardRow, Reading, Shown
from domain.quantity import QUANTITY
from domain.telemetry import Generation
from domain.words import Say, Words, words

Tile = dict[str, object]

VALUES = {
    "art": "arterial_pressure_mmhg",
    "ven": "venous_pressure_mmhg",
    "tmp": "tmp_mmhg",
    "cond": "dialysate_cond_ms_cm",
    "temp": "dialysate_temp_c",
}
"""Rows of a tile, by the name under which the page labels them."""
MINUS = "\N{MINUS SIGN}"


def tile(row: BoardRow, keep: timedelta, place: tuple[int, int], say: Say, *, names: bool) -> Tile:
    """A machine. `keep` is how old its values may become before the page has to call them
    stale by itself, `place` zone and turn on the floor plan; `names` of the staff are left out
    where anybody may look."""
    left = time_left(row)
    return {
        "m": row.machine,
        "s": row.station,
        "z": place[0],
        "o": place[1],
        "lv": int(row.level),
        "ph": "" if row.phase is None else row.phase.value,
        "pht": "" if row.phase is None else say(PHASE_WORDS[row.phase]),
        "gen": _generation(row, say),
        "age": milliseconds(row.age),
        "keep": milliseconds(keep),
        "fresh": row.fresh,
        "left": [_clock(left.minutes), left.shown.value, left.reckoned],
        "v": {key: _value(row.readings[name], name) for key, name in VALUES.items()},
        "uf": _removed(row),
        "by": row.bypass is True and row.fresh,
        "link": "" if row.link is None else row.link.value,
        "linkt": "" if row.link is None else say(LINK_WORDS[row.link]),
        "claims": list(row.claims),
        "al": [_alarm(alarm, say, names=names) for alarm in row.alarms],
    }


def milliseconds(lasted: timedelta | None) -> int | None:
    """A duration as the page counts it."""
    return None if lasted is None else int(lasted / timedelta(milliseconds=1))


def fixed(value: float, decimals: int) -> str:
    """A number with a true minus sign, so that columns of digits stay even; never -0."""
    text = f"{value:.{decimals}f}"
    if text.lstrip("-").strip("0.") == "":
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def _generation(row: BoardRow, say: Say) -> str:
    """Nothing for a real machine; what is not real says so."""
    real = row.generation in (None, Generation.REAL)
    return "" if real or row.generation is None else say(GENERATION_WORDS[row.generation])


def _value(reading: Reading, name: str) -> list[str]:
    text = "" if reading.value is None else fixed(reading.value, QUANTITY[name].decimals)
    return [text, reading.shown.value]


def _clock(minutes: int | None) -> str:
    """As hours and minutes."""
    return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02}"


def _removed(row: BoardRow) -> list[object]:
    """Fluid removed and to remove, the share in whole percent if both are there, and the worse
    of their two marks."""
    done, goal = row.readings["uf_volume_ml"], row.readings["uf_target_ml"]
    share: int | None = None
    if done.value is not None and goal.value is not None and goal.value > 0:
        share = max(0, min(100, floor(100 * done.value / goal.value)))
    there = [one.shown for one in (done, goal) if one.shown is not Shown.MISSING]
    return [
        _value(done, "uf_volume_ml")[0],
        _value(goal, "uf_target_ml")[0],
        share,
        (worst(*there) if there else Shown.MISSING).value,
    ]


def _alarm(alarm: BoardAlarm, say: Say, *, names: bool) -> Tile:
    over = alarm.state is MachineState.INACTIVE
    # What waits too long has been seen by nobody; there is no room to say both.
    notes = [words("waiting too long")] if alarm.escalated else []
    if alarm.state is not MachineState.ACTIVE:
        notes.append(STATE_WORDS[alarm.state])
    if alarm.times > 1:
        notes.append(words("{times} times", times=alarm.times))
    if not alarm.escalated:
        notes.append(_eyes(alarm, names=names))
    return {
        "p": alarm.priority.value,
        "sign": PRIORITY_SIGNS[alarm.priority],
        "pt": say(PRIORITY_WORDS[alarm.priority]),
        "t": say(condition(alarm.code, alarm.direction)),
        "age": milliseconds(alarm.age),
        "over": over,
        "up": alarm.escalated,
        "w": [say(note) for note in notes],
    }


def _eyes(alarm: BoardAlarm, *, names: bool) -> Words:
    """Who has seen it; without names only whether anybody has."""
    if alarm.holder:
        return words("in hand of {who}", who=alarm.holder) if names else words("in hand")
    if alarm.seen_by:
        return words("seen by {who}", who=alarm.seen_by) if names else words("seen")
    return words("seen by nobody")
