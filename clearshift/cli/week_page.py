"""A week on the screen: zones, their stations downwards, turns across, as many days side by
side as the terminal is wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from clearshift.cli.pages import heading
from clearshift.cli.versions_page import version_words
from clearshift.i18n import Say
from db.plans import StoredPlan
from db.sheets.edition import Edition, Imprint
from db.sheets.week import Cell, Seat, ZoneWeek, zone_weeks
from domain.calendar import Turn
from domain.changes import since_last_week
from domain.problem import Problem
from domain.words import words

_SIGNS = {Seat.FREE: "·", Seat.HELD: "○", Seat.SHUT: "×"}
_MOVED = "bold yellow"
_GAP = 1
_DAY_GAP = 2


def week_page(
    problem: Problem, stored: StoredPlan, zone: str | None, say: Say, width: int
) -> Iterator[RenderableType]:
    """The plan, zone by zone, with the signs explained below."""
    plan = stored.plan
    imprint = Imprint(datetime.combine(plan.first_day, datetime.min.time()), 0, "")
    edition = Edition(problem, plan, imprint, since_last_week(problem, plan))
    yield Text(say(version_words(stored.version)))
    for monday in problem.mondays:
        for one in zone_weeks(edition, monday):
            if zone in (None, one.zone.code):
                yield heading(say, words("{zone}, week from {day}", zone=one.zone.name, day=monday))
                yield from _blocks(one, say, width)
    yield Text("")
    yield Text(say(words("· free   ○ held back   × closed   yellow: not as last week")), "dim")


def _blocks(week: ZoneWeek, say: Say, width: int) -> Iterator[Text]:
    codes = [cell.patient for _, row in week.rows for cell in row if cell.patient]
    cell = max(map(cell_len, [*codes, *(turn.shift for turn in week.turns), ""])) + _GAP
    first = max(cell_len(station.code) for station, _ in week.rows) + _GAP
    for number, days in enumerate(_side_by_side(week.days, cell, width - first)):
        if number:
            yield Text("")
        yield from _block(week, days, say, first, cell)


_Days = Sequence[tuple[date, tuple[Turn, ...]]]


def _side_by_side(days: _Days, cell: int, width: int) -> Iterator[_Days]:
    """Whole days in as few blocks as the width allows, all about as wide."""
    widest = max((cell * len(turns) + _DAY_GAP for _, turns in days), default=1)
    most = max(1, (width + _DAY_GAP) // widest)
    blocks = -(-len(days) // most)
    size = -(-len(days) // max(1, blocks))
    return (days[start : start + size] for start in range(0, len(days), size))


def _block(week: ZoneWeek, days: _Days, say: Say, first: int, cell: int) -> Iterator[Text]:
    heads = [say(words("{day}", day=day)) for day, _ in days]
    widths = [cell * len(turns) + _DAY_GAP for _, turns in days]
    yield Text(" " * first + _padded(heads, widths), style="bold")
    shifts = [_padded([t.shift for t in turns], [cell] * len(turns)) for _, turns in days]
    yield Text(" " * first + _padded(shifts, widths), style="dim")
    chosen = {day for day, _ in days}
    for station, row in week.rows:
        line = Text(_padded([station.code], [first]), style="", no_wrap=True)
        for day, turns in days:
            for seat in (one for one in row if one.turn.day == day):
                line.append_text(_seat(seat, cell))
            line.append(" " * (_DAY_GAP if turns and day in chosen else 0))
        yield line


def _seat(seat: Cell, width: int) -> Text:
    shown = seat.patient or _SIGNS[seat.seat]
    moved = seat.marks is not None and seat.marks.moved
    style = _MOVED if moved else "" if seat.patient else "dim"
    return Text(_padded([shown], [width]), style=style)


def _padded(parts: Iterable[str], widths: Iterable[int]) -> str:
    """Texts side by side, each filled up to its width; Chinese characters are two wide."""
    pairs = zip(parts, widths, strict=True)
    return "".join(part + " " * (width - cell_len(part)) for part, width in pairs)
