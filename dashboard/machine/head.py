"""The head of a machine's page: where it stands, what it does, whether it is heard, and its live
values. What is stale is struck through and says its age; what was not said is a dash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from dashboard.machine.due_words import READY_WORDS
from dashboard.machine.seated import Seated
from dashboard.machine_words import GENERATION_WORDS, LINK_WORDS, PHASE_WORDS
from dashboard.wall.tiles import fixed
from domain.board import BoardRow, Reading, Shown
from domain.center import Machine
from domain.quantity import QUANTITY
from domain.readiness import Readiness, ReadyState
from domain.telemetry import Generation, LinkStatus
from domain.words import Say, Words, words


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a machine besides its values. `seated` is only there for who may see
    names; `machine` is missing if the center does not have it."""

    machine: Machine | None
    ready: Readiness | None
    phase_since: datetime | None
    seated: Seated | None = None


VALUES: tuple[tuple[str, Words, Words], ...] = (
    ("time_remaining_min", words("time left"), words("min")),
    ("arterial_pressure_mmhg", words("arterial"), words("mmHg")),
    ("venous_pressure_mmhg", words("venous"), words("mmHg")),
    ("tmp_mmhg", words("TMP"), words("mmHg")),
    ("dialysate_cond_ms_cm", words("conductivity"), words("mS/cm")),
    ("dialysate_temp_c", words("dialysate"), words("°C")),
    ("blood_flow_ml_min", words("blood flow"), words("mL/min")),
    ("uf_volume_ml", words("fluid removed"), words("mL")),
    ("uf_target_ml", words("fluid to remove"), words("mL")),
)
_READY_TONES = {
    ReadyState.READY: "good", ReadyState.BLOCKED: "bad", ReadyState.DIRTY: "warn",
    ReadyState.IN_USE: "brand", ReadyState.DISINFECTING: "brand",
}  # fmt: skip


def ago(lasted: timedelta) -> Words:
    """An age, cut off."""
    seconds = int(lasted.total_seconds())
    if seconds < 120:
        return words("{count} s ago", count=seconds)
    if seconds < 7200:
        return words("{count} min ago", count=seconds // 60)
    if seconds < 2 * 86_400:
        return words("{count} h ago", count=seconds // 3600)
    return words("{count} days ago", count=seconds // 86_400)


def head(row: BoardRow, about: About, say: Say, now: datetime, *, blind: bool) -> str:
    """The head as HTML; `blind` if nothing at all can be live."""
    station = row.station or say(words("at no station"))
    return "".join(
        (
            '<div class="mc-live">',
            f'<div class="mc-head"><h1 class="mc-code">{escape(row.machine)}</h1>',
            f'<span class="mc-station">{escape(station)}</span>',
            *(_chip(say(text), tone) for text, tone in chips(row, about, now, blind=blind)),
            "</div>",
            _lines(row, about, say, now),
            f'<div class="mc-late" role="alert">{escape(say(LATE))}</div>',
            '<div class="mc-values">',
            *(
                _value(row, name, say(title), say(unit), blind=blind)
                for name, title, unit in VALUES
            ),
            _pressure(row, say, blind=blind),
            "</div></div>",
        )
    )


LATE = words("No news from the server: nothing here is live any more. Load the page again.")


def chips(
    row: BoardRow, about: About, now: datetime, *, blind: bool
) -> tuple[tuple[Words, str], ...]:
    """States with their tones; each says in words what its color says."""
    found: list[tuple[Words, str]] = [_phase(row, about, now, live=row.fresh and not blind)]
    if row.link is None:
        found.append((words("never heard"), ""))
    else:
        tone = "good" if row.link is LinkStatus.ONLINE and not blind else "bad"
        found.append((words("link: {state}", state=LINK_WORDS[row.link]), tone))
    if blind:
        found.append((words("nothing is being stored"), "bad"))
    if about.ready is not None:
        found.append((READY_WORDS[about.ready.state], _READY_TONES.get(about.ready.state, "")))
    if row.bypass and row.fresh:
        found.append((words("bypass"), "warn"))
    if row.generation not in (None, Generation.REAL) and row.generation is not None:
        found.append((GENERATION_WORDS[row.generation], "warn"))
    if about.machine is None:
        found.append((words("not registered"), "bad"))
    return tuple(found)


def _phase(row: BoardRow, about: About, now: datetime, *, live: bool) -> tuple[Words, str]:
    if row.phase is None:
        return words("phase not known"), ""
    phase = PHASE_WORDS[row.phase]
    if not live:
        return words("last heard in: {phase}", phase=phase), ""
    if about.phase_since is None:
        return words("{phase}", phase=phase), "brand"
    since = about.phase_since.astimezone(now.tzinfo)
    if since.date() == now.date():
        return words("{phase} since {since}", phase=phase, since=since.time()), "brand"
    return words("{phase} since {since}", phase=phase, since=since), "brand"


def _chip(text: str, tone: str) -> str:
    return f'<span class="mc-chip {tone}">{escape(text)}</span>'


def _lines(row: BoardRow, about: About, say: Say, now: datetime) -> str:
    heard = words("never") if row.age is None else ago(row.age)
    lines = [(words("Last heard"), heard)]
    if row.link_since is not None and row.link is not None:
        lines.append(
            (
                words("Link"),
                words(
                    "{state} since {since}",
                    state=LINK_WORDS[row.link],
                    since=row.link_since.astimezone(now.tzinfo),
                ),
            )
        )
    if row.claims:
        told = words("several gateways claim this machine: {names}", names=row.claims)
        lines.append((words("Attention"), told))
    if about.machine is not None:
        told = words("{model}, serial number {serial}", model=about.machine.model,
                     serial=about.machine.serial)  # fmt: skip
        lines.append((words("Machine"), told))
    if about.ready is not None and about.ready.reason is not None:
        lines.append((words("State"), about.ready.reason))
    if about.seated is not None:
        who = about.seated
        told = words(
            "{name} {code}, {shift} until {until}",
            name=who.patient.name,
            code=who.patient.code,
            shift=who.shift.name,
            until=who.until.time(),
        )
        lines.append((words("Patient"), told))
    parts = (
        f"<div><span>{escape(say(title))}</span><b>{escape(say(told))}</b></div>"
        for title, told in lines
    )
    return f'<div class="mc-lines">{"".join(parts)}</div>'


def _value(row: BoardRow, name: str, title: str, unit: str, *, blind: bool) -> str:
    reading = row.readings.get(name, Reading(None, Shown.MISSING))
    if reading.value is None:
        return _box(title, "--", "", "missing")
    shown = Shown.STALE if blind else reading.shown
    text = fixed(reading.value, QUANTITY[name].decimals)
    text = f"{text}?" if shown is Shown.DOUBTFUL else text
    return _box(title, text, unit, shown.value)


def _pressure(row: BoardRow, say: Say, *, blind: bool) -> str:
    upper = row.readings.get("nibp_sys_mmhg", Reading(None, Shown.MISSING))
    lower = row.readings.get("nibp_dia_mmhg", Reading(None, Shown.MISSING))
    title = say(words("blood pressure"))
    if upper.value is None or lower.value is None:
        return _box(title, "--", "", "missing")
    shown = Shown.STALE if blind else upper.shown
    return _box(title, f"{upper.value:.0f}/{lower.value:.0f}", say(words("mmHg")), shown.value)


def _box(title: str, value: str, unit: str, tone: str) -> str:
    return (
        f'<div class="mc-value {tone}"><span>{escape(title)}</span>'
        f"<b>{escape(value)}</b><small>{escape(unit)}</small></div>"
    )
