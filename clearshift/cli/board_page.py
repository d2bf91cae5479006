"""The live table in a terminal: as many columns as fit, alarms below their machine.

Nothing is told by color alone: a stale value stands between tildes and is struck through, a
doubtful one has a question mark, a missing one is two dashes, priorities are exclamation marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from clearshift.cli.board_cells import COLUMNS, Column, age
from clearshift.i18n import LANGUAGES, Say, speaker
from dashboard.machine_words import SAFETY, STATE_WORDS, condition
from dashboard.watching import Seen
from domain.alarm import MachineState, Priority
from domain.board import BoardAlarm, BoardRow
from domain.words import Words, words

PRIORITY_SIGNS: dict[Priority, tuple[str, str]] = {
    Priority.HIGH: ("!!!", "bold red"),
    Priority.MEDIUM: ("!! ", "yellow"),
    Priority.LOW: ("!  ", "cyan"),
    Priority.INFORMATION: ("i  ", ""),
    Priority.UNKNOWN: ("!? ", "bold red"),
}
"""Steady colors: flashing belongs to the machine."""
_GAP = 1


def board_page(
    seen: Seen, say: Say, width: int, height: int | None = None
) -> Iterator[RenderableType]:
    """The whole picture: who we are not, whether it is live at all, the machines, the signs.
    With a `height`, only as many machines as fit, worst first, and how many there are more."""
    clock = seen.at.astimezone(seen.zone)
    said = words("{count} machines, {at}", count=len(seen.rows), at=clock)
    head = [*safety_lines(), Text(say(said), style="dim"), *warnings(seen, say)]
    yield from head
    if not seen.rows:
        yield Text(say(words("No machine has spoken yet, and none is registered.")))
        return
    legend = tuple(_legend(say))
    # Two blank lines, the headings, and what says how many machines are not there.
    room = None if height is None else height - len(head) - len(legend) - 4
    yield Text("")
    yield from _table(seen.rows, say, width, room)
    yield Text("")
    yield from legend


def safety_lines() -> Iterator[RenderableType]:
    """What must stand on every picture, in both languages whatever is spoken."""
    for lang in LANGUAGES:
        yield Text(speaker(lang)(SAFETY), style="bold reverse")


def warnings(seen: Seen, say: Say) -> Iterator[Text]:
    """Why what is shown may not be the present, and what several machines point to."""
    if seen.silence is None:
        yield Text(say(words("Nothing is being stored: ingest has never run.")), style="bold red")
    elif seen.blind:
        said = words(
            "Nothing on this board is live: ingest has been silent for {age}.",
            age=age(seen.silence),
        )
        yield Text(say(said), style="bold red")
    if seen.behind:
        yield Text(say(words("Alarms are not complete: too many have not been taken yet.")),
                   style="bold red")  # fmt: skip
    for pattern in seen.patterns:
        yield Text(say(pattern.said(seen.zone)), style="bold")


def _legend(say: Say) -> Iterator[Text]:
    yield Text(
        say(words("~128~ stale, not live   128? doubtful   -- not said   * not a real machine")),
        style="dim",
    )
    yield Text(
        say(words("!!! high   !! medium   ! low   !? priority not known   i information")),
        style="dim",
    )


# --- the table --------------------------------------------------------------------------------


def _table(
    rows: Sequence[BoardRow], say: Say, width: int, room: int | None = None
) -> Iterator[Text]:
    """Headings and machines, these in `room` lines and at least one of them; what is below them
    is told in one line more."""
    chosen = _columns(rows, say, width)
    heads = [Text(say(column.title), style="dim") for column, _ in chosen]
    yield _line(heads, chosen, width)
    free = room
    for number, row in enumerate(rows):
        lines = _machine(row, chosen, say, width)
        if free is not None and number and len(lines) > free:
            said = words("{count} machines more below, less pressing", count=len(rows) - number)
            yield Text(say(said), style="dim")
            return
        free = None if free is None else free - len(lines)
        yield from lines


def _machine(
    row: BoardRow, chosen: Sequence[tuple[Column, int]], say: Say, width: int
) -> list[Text]:
    """A machine's line, and those of its alarms."""
    lines = [_line([column.cell(row, say) for column, _ in chosen], chosen, width)]
    lines += [_alarm_line(alarm, say, width) for alarm in row.alarms]
    if row.claims:
        said = words("several gateways claim this machine: {names}", names=row.claims)
        lines.append(Text(f"  {say(said)}", style="bold"))
    return lines


def _columns(rows: Sequence[BoardRow], say: Say, width: int) -> list[tuple[Column, int]]:
    """The columns that fit, each with its width, in the order of the table."""
    sized = [
        (
            column,
            max(cell_len(say(column.title)), *(column.cell(row, say).cell_len for row in rows)),
        )
        for column in COLUMNS
    ]
    for rank in range(max(column.rank for column in COLUMNS), -1, -1):
        chosen = [(column, size) for column, size in sized if column.rank <= rank]
        if sum(size + _GAP for _, size in chosen) - _GAP <= width:
            break
    return chosen


def _line(cells: Sequence[Text], chosen: Sequence[tuple[Column, int]], width: int) -> Text:
    line = Text()
    for number, (cell, (column, size)) in enumerate(zip(cells, chosen, strict=True)):
        free = " " * (size - cell.cell_len)
        line.append(" " * (_GAP if number else 0) + (free if column.right else ""))
        line.append_text(cell)
        line.append("" if column.right else free)
    line.truncate(width, overflow="ellipsis")
    return line


def _alarm_line(alarm: BoardAlarm, say: Say, width: int) -> Text:
    sign, style = PRIORITY_SIGNS[alarm.priority]
    parts = [STATE_WORDS[alarm.state], words("{age}", age=age(alarm.age)), _eyes(alarm)]
    if alarm.times > 1:
        parts.insert(2, words("{times} times", times=alarm.times))
    if alarm.escalated:
        parts.append(words("waiting too long"))
    over = alarm.state is MachineState.INACTIVE
    text = Text(f"  {sign} ", style="dim" if over else style)
    said = words("{what}: {parts}", what=condition(alarm.code, alarm.direction), parts=tuple(parts))
    text.append(say(said), style="dim" if over else "")
    text.truncate(width, overflow="ellipsis")
    return text


def _eyes(alarm: BoardAlarm) -> Words:
    if alarm.holder:
        return words("in hand of {who}", who=alarm.holder)
    if alarm.seen_by:
        return words("seen by {who}", who=alarm.seen_by)
    return words("seen by nobody")
