"""A moment of the wall as the page gets it: what may be believed at all, counts, and the tiles.
Pure: the same moment in the same language is the same text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from dashboard.wall.floor import FloorPlan
from dashboard.wall.tiles import Tile, milliseconds, tile
from dashboard.watching import Seen
from db.sheets.edition import Voice
from domain.alarm import Priority
from domain.board import STALE_PERIODS, BoardRow, Level
from domain.telemetry import Phase
from domain.words import Words, words

NOWHERE = (-1, 1_000_000)
"""Zone and turn of a machine that stands at no station: behind all others."""
USUAL_KEEP = STALE_PERIODS * timedelta(seconds=1)
_CARRIED = "{age}"


def wall(seen: Seen, floor: FloorPlan, voice: Voice, *, names: bool) -> dict[str, object]:
    """Everything that the staff's wall shows at a moment; `names` of the staff only where
    somebody has signed in."""
    return {
        "at": instant(seen.at),
        "tz": str(seen.zone),
        "blind": seen.blind,
        "banners": [*_doubts(seen, voice), *_patterns(seen, voice)],
        "counts": _counts(seen.rows),
        "zones": [voice.label(zone) for zone in floor.zones],
        "tiles": [_tile(row, seen, floor, voice, names=names) for row in seen.rows],
    }


def refused(at: datetime, reasons: Iterable[Words], voice: Voice) -> dict[str, object]:
    """What is sent where nothing could be read: the page keeps what it has, struck through."""
    return {
        "at": instant(at),
        "tz": "UTC",
        "blind": True,
        "banners": [_banner("dark", voice.say(reason)) for reason in reasons],
        "tiles": None,
    }


def encoded(payload: object) -> bytes:
    """JSON as short as it gets."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def instant(at: datetime) -> int:
    """Milliseconds since 1970."""
    return round(at.timestamp() * 1000)


def _tile(row: BoardRow, seen: Seen, floor: FloorPlan, voice: Voice, *, names: bool) -> Tile:
    keep = seen.fresh_for.get(row.machine, USUAL_KEEP)
    return tile(row, keep, floor.place.get(row.station, NOWHERE), voice.say, names=names)


def _doubts(seen: Seen, voice: Voice) -> Iterable[dict[str, object]]:
    """Why what is shown may not be the present. The page counts the age on."""
    if seen.silence is None:
        said = words("Nothing is being stored: ingest has never run.")
        yield _banner("dark", voice.say(said))
    elif seen.blind:
        said = words(
            "Nothing on this board is live: ingest has been silent for {age}.", age=_CARRIED
        )
        yield _banner("dark", voice.say(said), seen.silence)
    if seen.behind:
        said = words("Alarms are not complete: too many have not been taken yet.")
        yield _banner("doubt", voice.say(said))


def _patterns(seen: Seen, voice: Voice) -> Iterable[dict[str, object]]:
    for pattern in seen.patterns:
        yield _banner("pattern", voice.say(pattern.said(seen.zone)))


def _banner(kind: str, text: str, age: timedelta | None = None) -> dict[str, object]:
    return {"k": kind, "t": text, "age": milliseconds(age)}


def _counts(rows: Iterable[BoardRow]) -> dict[str, int]:
    """How many machines are how; the page has the words."""
    found = dict.fromkeys(("all", "treating", "high", "medium", "low", "lost"), 0)
    for row in rows:
        found["all"] += 1
        found["treating"] += row.phase is Phase.TREATMENT and row.fresh
        found["lost"] += row.level in (Level.LOST, Level.LOST_ON_PATIENT, Level.STALE)
        for key in {_COUNTED[one.priority] for one in row.alarms if one.priority in _COUNTED}:
            found[key] += 1
    return found


_COUNTED = {
    Priority.HIGH: "high",
    Priority.UNKNOWN: "high",
    Priority.MEDIUM: "medium",
    Priority.LOW: "low",
}
