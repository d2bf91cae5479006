"""What anybody may see who walks by: station, state and minutes left. No name, no code of a
person or a machine, no zone, no alarm: from this neither an illness nor an identity can be
read."""

from __future__ import annotations

from dashboard.machine_words import GENERATION_WORDS
from dashboard.wall.floor import counted
from dashboard.wall.left import time_left
from dashboard.wall.payload import USUAL_KEEP, instant
from dashboard.wall.tiles import milliseconds
from dashboard.watching import Seen
from domain.board import BoardRow
from domain.telemetry import Generation, Phase
from domain.words import Say, Words, words

FREE, PREPARED, RUNNING, ENDING, CLEANED, CLOSED, SILENT = (
    "free", "prepared", "running", "ending", "cleaned", "closed", "silent",
)  # fmt: skip

STATE_OF: dict[Phase, str] = {
    Phase.OFF: CLOSED,
    Phase.SERVICE: CLOSED,
    Phase.IDLE: FREE,
    Phase.SELF_TEST: PREPARED,
    Phase.PRIMING: PREPARED,
    Phase.READY: PREPARED,
    Phase.CONNECTING: PREPARED,
    Phase.TREATMENT: RUNNING,
    Phase.REINFUSION: ENDING,
    Phase.DRAIN: CLEANED,
    Phase.DISINFECTION: CLEANED,
}
STATE_SAID: dict[str, Words] = {
    FREE: words("free"),
    PREPARED: words("being prepared"),
    RUNNING: words("in use"),
    ENDING: words("about to end"),
    CLEANED: words("being cleaned"),
    CLOSED: words("out of use"),
    SILENT: words("no news"),
}


def corridor(seen: Seen, say: Say) -> dict[str, object]:
    """Stations that have a machine today, as people count them."""
    rows = sorted((row for row in seen.rows if row.station), key=lambda row: counted(row.station))
    return {
        "at": instant(seen.at),
        "tz": str(seen.zone),
        "blind": seen.blind,
        "gen": _generation(rows, say),
        "rows": [_station(row, seen, say) for row in rows],
    }


def _station(row: BoardRow, seen: Seen, say: Say) -> dict[str, object]:
    known = row.phase is not None and row.fresh and not seen.blind
    state = STATE_OF[row.phase] if known and row.phase is not None else SILENT
    left = time_left(row) if state == RUNNING else None
    return {
        "s": row.station,
        "st": state,
        "t": say(STATE_SAID[state]),
        "min": None if left is None else left.minutes,
        "about": left is not None and left.reckoned,
        "age": milliseconds(row.age),
        "keep": milliseconds(seen.fresh_for.get(row.machine, USUAL_KEEP)),
    }


def _generation(rows: list[BoardRow], say: Say) -> str:
    """Something is not a real machine's word: then the whole display says so."""
    for row in rows:
        if row.generation is not None and row.generation is not Generation.REAL:
            return say(GENERATION_WORDS[row.generation])
    return ""
