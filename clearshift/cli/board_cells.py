"""The cells of the live table: what each shows of a machine, and how a doubt is marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from rich.text import Text

from clearshift.i18n import Say
from dashboard import machine_words
from dashboard.machine_words import GENERATION_WORDS, LINK_WORDS
from domain.board import BoardRow, Reading, Shown
from domain.quantity import QUANTITY
from domain.telemetry import Generation, LinkStatus, Phase
from domain.words import Words, words

PHASE_WORDS = {**machine_words.PHASE_WORDS, Phase.DISINFECTION: words("disinfect.")}
"""As short as a column is narrow."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and what stands below it. On a narrow terminal the columns of the highest
    `rank` are left out first; those of rank 0 never."""

    title: Words
    cell: Callable[[BoardRow, Say], Text]
    rank: int = 0
    right: bool = True


def age(lasted: timedelta) -> str:
    """A duration in few characters, cut off: 0:07, 12:30, 3:05 h, 2 d."""
    seconds = int(lasted.total_seconds())
    if seconds < 3600:
        return f"{seconds // 60}:{seconds % 60:02}"
    if seconds < 2 * 86_400:
        return f"{seconds // 3600}:{seconds % 3600 // 60:02} h"
    return f"{seconds // 86_400} d"


def number(reading: Reading, decimals: int) -> Text:
    """A value with its mark."""
    if reading.value is None:
        return Text("--", style="dim")
    shown = f"{reading.value:.{decimals}f}"
    if reading.shown is Shown.STALE:
        return Text(f"~{shown}~", style="dim strike")
    return Text(f"{shown}?" if reading.shown is Shown.DOUBTFUL else shown)


def _machine(row: BoardRow, say: Say) -> Text:
    del say
    mark = "" if row.generation in (None, Generation.REAL) else "*"
    return Text(row.machine + mark, style="bold")


def _source(row: BoardRow, say: Say) -> Text:
    return Text("--" if row.generation is None else say(GENERATION_WORDS[row.generation]))


def _phase(row: BoardRow, say: Say) -> Text:
    if row.phase is None:
        return Text("--", style="dim")
    said = say(PHASE_WORDS[row.phase])
    return Text(said) if row.fresh else Text(f"~{said}~", style="dim strike")


def _pair(first: str, second: str) -> Callable[[BoardRow, Say], Text]:
    """Two values of one kind, with one mark for both where they share it."""

    def cell(row: BoardRow, say: Say) -> Text:
        del say
        one, other = row.readings[first], row.readings[second]
        if Shown.STALE in (one.shown, other.shown):
            texts = ("--" if r.value is None else f"{r.value:.0f}" for r in (one, other))
            return Text(f"~{'/'.join(texts)}~", style="dim strike")
        return Text.assemble(number(one, 0), "/", number(other, 0))

    return cell


def _age(row: BoardRow, say: Say) -> Text:
    del say
    if row.age is None:
        return Text("--", style="dim")
    return Text(age(row.age), style="" if row.fresh else "bold")


def _link(row: BoardRow, say: Say) -> Text:
    if row.link is None:
        return Text("--", style="dim")
    return Text(say(LINK_WORDS[row.link]), style="" if row.link is LinkStatus.ONLINE else "bold")


def _quantity(name: str) -> Callable[[BoardRow, Say], Text]:
    decimals = QUANTITY[name].decimals

    def cell(row: BoardRow, say: Say) -> Text:
        del say
        return number(row.readings[name], decimals)

    return cell


def _station(row: BoardRow, say: Say) -> Text:
    del say
    return Text(row.station or "--")


COLUMNS = (
    Column(words("machine"), _machine, right=False),
    Column(words("place"), _station, 2, right=False),
    Column(words("data"), _source, 3, right=False),
    Column(words("phase"), _phase, right=False),
    Column(words("left"), _quantity("time_remaining_min")),
    Column(words("art"), _quantity("arterial_pressure_mmhg")),
    Column(words("ven"), _quantity("venous_pressure_mmhg")),
    Column(words("TMP"), _quantity("tmp_mmhg"), 1),
    Column(words("UF mL"), _pair("uf_volume_ml", "uf_target_ml")),
    Column(words("cond"), _quantity("dialysate_cond_ms_cm")),
    Column(words("temp"), _quantity("dialysate_temp_c")),
    Column(words("Qb"), _quantity("blood_flow_ml_min"), 4),
    Column(words("Qd"), _quantity("dialysate_flow_ml_min"), 5),
    Column(words("UF/h"), _quantity("uf_rate_ml_h"), 6),
    Column(words("BP"), _pair("nibp_sys_mmhg", "nibp_dia_mmhg"), 7),
    Column(words("pulse"), _quantity("pulse_bpm"), 8),
    Column(words("age"), _age),
    Column(words("link"), _link, right=False),
)
