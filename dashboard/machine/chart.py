"""A machine's curves as a Vega-Lite specification: panels above one another over one time, and a
strip below them that is dragged over to zoom. Pure; every word is said already, every moment is
by the center's clock whatever the clock of who looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dashboard.machine.course import AlarmTime, Course
from dashboard.machine.panels import (
    CLOCK_AXIS,
    PANELS,
    ZOOM,
    Clock,
    Spec,
    curve_panel,
    curve_rows,
    frame,
    has_curves,
    time_axis,
    tips,
)
from dashboard.machine_words import PRIORITY_SIGNS, PRIORITY_WORDS, condition
from dashboard.style.colors import color
from domain.alarm import Priority
from domain.telemetry import Phase
from domain.words import Say, words

_PRIORITY_COLORS: Mapping[Priority, str] = {
    Priority.HIGH: "high",
    Priority.MEDIUM: "medium",
    Priority.LOW: "low",
    Priority.INFORMATION: "info",
    Priority.UNKNOWN: "high",
}
_PHASE_COLORS: Mapping[Phase, str] = {
    Phase.CONNECTING: "brand-soft",
    Phase.TREATMENT: "brand-soft",
    Phase.REINFUSION: "brand-soft",
    Phase.DISINFECTION: "night-soft",
    Phase.SERVICE: "low-soft",
}
_NAMED = 0.12
"""A phase that takes less of the width has its name only when it is touched."""
_ALONE = {"scale": {"color": "independent", "strokeDash": "independent", "y": "independent"}}


def chart(course: Course, say: Say, now: datetime) -> Spec:
    """The whole picture. `now` has the center's time zone."""
    clock = Clock(now)
    panels = [_phases(course, say, clock)]
    if course.alarms:
        panels.append(_alarms(course, say, clock))
    panels += [
        curve_panel(panel, course, say, clock) for panel in PANELS if has_curves(panel, course)
    ]
    if course.pressures:
        panels.append(_pressures(course, say, clock))
    panels.append(_strip(course, say, clock))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "vconcat": panels,
        "spacing": 10,
        "resolve": _ALONE,
        "config": _config(),
    }


def _phases(course: Course, say: Say, clock: Clock) -> Spec:
    """What the machine was doing, under the hours."""
    wide = _NAMED * (course.end - course.first)
    rows = [
        {
            "t": clock(one.first), "u": clock(one.end), "name": say(one.title),
            "from": clock.text(one.first), "to": clock.text(one.end),
            "sign": say(one.title) if one.end - one.first >= wide else "", "edge": color("ink-3"),
            "fill": color("stale-soft" if one.phase is None
                          else _PHASE_COLORS.get(one.phase, "line")),
        }
        for one in course.strips
    ]  # fmt: skip
    return _bars(say(words("Phase")), rows, course, say, clock, labels=True)


def _alarms(course: Course, say: Say, clock: Clock) -> Spec:
    rows = [_alarm(one, course, say, clock) for one in course.alarms]
    return _bars(say(words("Alarms")), rows, course, say, clock)


def _bars(
    title: str, rows: list[Spec], course: Course, say: Say, clock: Clock, *, labels: bool = False
) -> Spec:
    """A row of times with signs on them."""
    told = {"name": words("Event"), "from": words("from"), "to": words("until")}
    tell = [{"field": n, "type": "nominal", "title": say(t)} for n, t in told.items()]
    x = time_axis(labels=labels)
    bars = {
        "mark": {"type": "rect", "clip": True, "stroke": color("paper"), "strokeWidth": 1},
        "encoding": {"x": x, "x2": {"field": "u"}, "tooltip": tell,
                     "color": {"field": "fill", "type": "nominal", "scale": None}},
    }  # fmt: skip
    edges = {
        "transform": [{"filter": "datum.sign != ''"}],
        "mark": {"type": "rule", "strokeWidth": 2, "clip": True},
        "encoding": {"x": x, "tooltip": tell,
                     "color": {"field": "edge", "type": "nominal", "scale": None}},
    }  # fmt: skip
    signs = {
        "transform": [{"filter": "datum.sign != ''"}],
        "mark": {"type": "text", "align": "left", "dx": 4, "fontWeight": 700, "clip": True,
                 "color": color("ink"), "y": 9, "baseline": "middle"},
        "encoding": {"x": x, "text": {"field": "sign"}, "tooltip": tell},
    }  # fmt: skip
    layers = [frame(course, clock, labels=labels)]
    if rows:
        layers.append({"data": {"values": rows}, "layer": [bars, edges, signs]})
    return {"title": title, "height": 18, "layer": layers}


def _alarm(one: AlarmTime, course: Course, say: Say, clock: Clock) -> Spec:
    until = words("still there") if one.end is None else words("{at}", at=clock.text(one.end))
    if one.lost:
        until = words("unknown, link lost")
    what = words(
        "{what}, {priority}", what=condition(one.code, one.direction),
        priority=PRIORITY_WORDS[one.priority],
    )  # fmt: skip
    token = _PRIORITY_COLORS[one.priority]
    return {
        "t": clock(one.first), "u": clock(one.end or course.end), "name": say(what),
        "from": clock.text(one.first), "to": say(until), "sign": PRIORITY_SIGNS[one.priority],
        "fill": color(f"{token}-soft"), "edge": color(token),
    }  # fmt: skip


def _pressures(course: Course, say: Say, clock: Clock) -> Spec:
    """Each blood pressure that was taken, from the lower to the upper value."""
    rows = [
        {
            "t": clock(one.at), "v": one.systolic, "w": one.diastolic, "at": clock.text(one.at),
            "q": say(words("blood pressure")), "text": f"{one.systolic:.0f}/{one.diastolic:.0f}",
        }
        for one in course.pressures
    ]  # fmt: skip
    low = min(one.diastolic for one in course.pressures)
    high = max(one.systolic for one in course.pressures)
    y: Spec = {
        "field": "v", "type": "quantitative", "axis": {"title": None, "tickCount": 4},
        "scale": {"zero": False, "nice": False, "domain": [min(50, low - 10), max(160, high + 10)]},
    }  # fmt: skip
    encoding: Spec = {"x": time_axis(), "y": y, "tooltip": tips(say)}
    bar = {
        "mark": {"type": "rule", "strokeWidth": 2, "color": color("ink-2"), "clip": True},
        "encoding": {**encoding, "y2": {"field": "w"}},
    }
    ends = [
        {
            "mark": {"type": "point", "shape": shape, "filled": True, "size": 55, "clip": True,
                     "color": color("ink-2"), "opacity": 1},
            "encoding": {**encoding, "y": {**y, "field": field}},
        }
        for field, shape in (("v", "triangle-down"), ("w", "triangle-up"))
    ]  # fmt: skip
    values = {"data": {"values": rows}, "layer": [bar, *ends]}
    title = say(words("Blood pressure, mmHg"))
    return {"title": title, "height": 90, "layer": [frame(course, clock), values]}


def _strip(course: Course, say: Say, clock: Clock) -> Spec:
    """The whole stretch in small; dragging over it chooses what the panels show."""
    panel = PANELS[0]
    name = next((one for one in panel.curves if course.curves.get(one)), "tmp_mmhg")
    rows = list(curve_rows(panel, name, course.curves.get(name, ()), say, clock))
    x = {
        "field": "t",
        "type": "temporal",
        "scale": {"type": "utc"},
        "axis": CLOCK_AXIS,
    }
    y = {"field": "v", "type": "quantitative", "axis": None, "scale": {"zero": False}}
    ends = {
        "data": {"values": [{"t": clock(course.first)}, {"t": clock(course.end)}]},
        "params": [{"name": ZOOM, "select": {"type": "interval", "encodings": ["x"]}}],
        "mark": {"type": "rule", "opacity": 0, "tooltip": None},
        "encoding": {"x": x},
    }
    line = {
        "data": {"values": rows},
        "mark": {"type": "line", "strokeWidth": 1, "color": color("ink-3"), "tooltip": None},
        "encoding": {"x": x, "y": y, "detail": {"field": "run"}},
    }
    title = say(words("Zoom: drag over this strip; double-click it to see everything"))
    return {"title": title, "height": 36, "layer": [ends, line]}


def _config() -> Spec:
    """Our colors and type. The labels of values stand inside."""
    ink, line = color("ink-2"), color("line")
    return {
        "background": "transparent",
        "padding": 2,
        "font": "system-ui, 'Segoe UI', 'Noto Sans SC', 'Microsoft YaHei', sans-serif",
        "view": {"fill": color("paper"), "stroke": line},
        "title": {"anchor": "start", "fontSize": 12, "fontWeight": 600, "color": ink, "offset": 4,
                  "frame": "group"},
        "axis": {"labelColor": ink, "gridColor": line, "domainColor": line, "tickColor": line,
                 "labelFontSize": 11},
        "axisY": {"labelAlign": "left", "labelBaseline": "bottom", "labelPadding": -4,
                  "ticks": False, "domain": False},
        "legend": {"labelColor": ink, "labelFontSize": 11},
        "text": {"fontSize": 11},
    }  # fmt: skip
