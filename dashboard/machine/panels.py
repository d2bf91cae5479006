"""The curves of a machine as panels of a Vega-Lite specification, one for each unit.

Nothing is drawn between two points that have a gap between them, and nothing by color alone.
Labels stand inside the panels, so that panels are as wide as the page and all alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from dashboard.machine.course import Course, Reading
from dashboard.machine_words import condition
from dashboard.style.colors import color
from domain.alarm import ALARM_KIND
from domain.quantity import QUANTITY
from domain.words import Say, Words, words

Spec = dict[str, Any]
ZOOM = "zoom"
"""What the strip below the panels sets, and every panel goes by."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Curves with one unit, drawn together: the token of each one's color and how it is
    dashed, so that they can be told apart without colors. Its scale spans at least `least`, so
    that noise never looks like a storm; with `zero` it begins there."""

    title: Words
    curves: Mapping[str, tuple[str, tuple[int, ...]]]
    height: int
    least: float
    zero: bool = False


SOLID: tuple[int, ...] = (1, 0)
PANELS = (
    Panel(
        words("Pressures, mmHg"),
        {
            "venous_pressure_mmhg": ("info", SOLID),
            "arterial_pressure_mmhg": ("high", (7, 3)),
            "tmp_mmhg": ("work", (2, 2)),
        },
        170, 60,
    ),
    Panel(
        words("Ultrafiltration, mL"),
        {"uf_volume_ml": ("brand", SOLID), "uf_target_ml": ("ink-3", (5, 4))},
        110, 500, zero=True,
    ),
    Panel(words("Blood flow, mL/min"), {"blood_flow_ml_min": ("high", SOLID)}, 70, 100, zero=True),
    Panel(words("Conductivity, mS/cm"), {"dialysate_cond_ms_cm": ("work", SOLID)}, 70, 0.6),
    Panel(words("Dialysate temperature, °C"), {"dialysate_temp_c": ("medium", SOLID)}, 70, 1.5),
)  # fmt: skip
CURVE_WORDS: Mapping[str, Words] = {
    "venous_pressure_mmhg": words("venous"),
    "arterial_pressure_mmhg": words("arterial"),
    "tmp_mmhg": words("TMP"),
    "uf_volume_ml": words("fluid removed"),
    "uf_target_ml": words("fluid to remove"),
    "blood_flow_ml_min": words("blood flow"),
    "dialysate_cond_ms_cm": words("conductivity"),
    "dialysate_temp_c": words("dialysate temperature"),
}
_LEGEND = {
    "title": None, "orient": "none", "legendX": 150, "legendY": -19, "direction": "horizontal",
    "symbolType": "stroke", "symbolOpacity": 1, "symbolSize": 220,
}  # fmt: skip


class Clock:
    """Moments as the chart takes them: as if the center's clock were UTC, as browsers know only
    that zone and their own."""

    def __init__(self, now: datetime) -> None:
        self._zone = now.tzinfo

    def __call__(self, at: datetime) -> int:
        """Milliseconds."""
        local = at.astimezone(self._zone).replace(tzinfo=UTC)
        return round(local.timestamp() * 1000)

    def text(self, at: datetime) -> str:
        """As people read it."""
        return f"{at.astimezone(self._zone):%H:%M:%S}"


def has_curves(panel: Panel, course: Course) -> bool:
    """True if there is anything to draw in it."""
    return any(course.curves.get(name) for name in panel.curves)


CLOCK_AXIS: Spec = {
    "title": None, "format": "%H:%M", "labelOverlap": True, "tickMinStep": 60_000,
}  # fmt: skip
"""Hours and minutes, no minute twice."""


def time_axis(*, labels: bool = False) -> Spec:
    """The time that all panels share, as far as it is zoomed."""
    return {
        "field": "t",
        "type": "temporal",
        "scale": {"type": "utc", "domain": {"param": ZOOM, "encoding": "x"}},
        "axis": {**CLOCK_AXIS, "labels": labels, "ticks": labels, "orient": "top"},
    }


def frame(course: Course, clock: Clock, *, labels: bool = False) -> Spec:
    """Nothing that is seen: it makes every panel reach from the first moment to the last."""
    ends = [{"t": clock(course.first)}, {"t": clock(course.end)}]
    return {
        "data": {"values": ends},
        "mark": {"type": "rule", "opacity": 0, "tooltip": None},
        "encoding": {"x": time_axis(labels=labels)},
    }


def tips(say: Say) -> list[Spec]:
    """What a touch of a point tells."""
    told = {"at": words("Time"), "q": words("Reading"), "text": words("Value")}
    return [{"field": name, "type": "nominal", "title": say(title)} for name, title in told.items()]


def span(panel: Panel, course: Course) -> tuple[float, float]:
    """The scale of a panel: all its values and limits, with some air."""
    values = [
        value for name in panel.curves for one in course.curves.get(name, ())
        for value in (one.low, one.high)
    ]  # fmt: skip
    values += [
        limit for one in course.alarms if ALARM_KIND[one.code].quantity in panel.curves
        for limit in (one.low, one.high) if limit is not None
    ]  # fmt: skip
    low, high = min(values), max(values)
    if panel.zero:
        low = min(0.0, low)
        return low, max(high * 1.08, low + panel.least)
    air = max(panel.least - (high - low), 0.16 * (high - low)) / 2
    return low - air, high + air


def curve_panel(panel: Panel, course: Course, say: Say, clock: Clock) -> Spec:
    """A panel with its curves, what is behind them and the limits that were told."""
    names = [name for name in panel.curves if course.curves.get(name)]
    rows = [
        row for name in names
        for row in curve_rows(panel, name, course.curves[name], say, clock)
    ]  # fmt: skip
    y = {
        "field": "v", "type": "quantitative", "axis": {"title": None, "tickCount": 4},
        "scale": {"domain": list(span(panel, course)), "nice": False, "zero": False},
    }  # fmt: skip
    values = {"data": {"values": rows}, "layer": _layers(panel, names, y, say)}
    layers = [frame(course, clock), *_shadows(course, clock), values,
              *_limits(names, course, y, say, clock)]  # fmt: skip
    return {"title": say(panel.title), "height": panel.height, "layer": layers}


def _layers(panel: Panel, names: list[str], y: Spec, say: Say) -> list[Spec]:
    """The shade from least to most, the line, points without neighbors, and what is touched."""
    titles = [say(CURVE_WORDS[name]) for name in names]
    legend = None if len(panel.curves) == 1 else _LEGEND
    hue, dash = (
        {"field": "q", "type": "nominal", "legend": legend, "title": None,
         "scale": {"domain": titles, "range": shades}}
        for shades in (
            [color(panel.curves[name][0]) for name in names],
            [list(panel.curves[name][1]) for name in names],
        )
    )  # fmt: skip
    x, raw = time_axis(), {"field": "fill", "type": "nominal", "scale": None}
    parts = {"field": "run"}
    return [
        {"mark": {"type": "area", "opacity": 0.14, "clip": True, "tooltip": None},
         "encoding": {"x": x, "y": {**y, "field": "lo"}, "y2": {"field": "hi"}, "color": raw,
                      "detail": parts}},
        {"mark": {"type": "line", "clip": True, "strokeWidth": 1.6},
         "encoding": {"x": x, "y": y, "color": hue, "strokeDash": dash, "detail": parts}},
        {"transform": [{"filter": "datum.alone"}],
         "mark": {"type": "point", "filled": True, "size": 16, "clip": True, "opacity": 1},
         "encoding": {"x": x, "y": y, "color": raw}},
        {"mark": {"type": "point", "size": 70, "opacity": 0, "clip": True, "filled": True},
         "encoding": {"x": x, "y": y, "tooltip": tips(say)}},
    ]  # fmt: skip


def curve_rows(
    panel: Panel, name: str, readings: Iterable[Reading], say: Say, clock: Clock
) -> Iterable[dict[str, object]]:
    """The points of a curve as the chart takes them."""
    decimals, title = QUANTITY[name].decimals, say(CURVE_WORDS[name])
    row, fill = list(readings), color(panel.curves[name][0])
    for one, alone in zip(row, lonely(row), strict=True):
        yield {
            "t": clock(one.at),
            "v": round(one.mean, decimals + 1),
            "lo": one.low,
            "hi": one.high,
            "q": title,
            "run": f"{name} {one.run}",
            "at": clock.text(one.at),
            "text": f"{one.mean:.{decimals}f}",
            "alone": alone,
            "fill": fill,
        }


def lonely(row: list[Reading]) -> list[bool]:
    """Which points have no neighbor to be joined with: a line would not show them."""
    joined = [one.run == two.run for one, two in pairwise(row)]
    sides = zip([False, *joined], [*joined, False], strict=True)
    return [not (before or after) for before, after in sides][: len(row)]


def _shadows(course: Course, clock: Clock) -> list[Spec]:
    """The time in which the wire was lost, behind the curves."""
    rows = [{"t": clock(one.first), "u": clock(one.end)} for one in course.strips if one.link]
    if not rows:
        return []
    mark = {"type": "rect", "color": color("stale-soft"), "clip": True, "tooltip": None}
    encoding = {"x": time_axis(), "x2": {"field": "u"}}
    return [{"data": {"values": rows}, "mark": mark, "encoding": encoding}]


def _limits(names: list[str], course: Course, y: Spec, say: Say, clock: Clock) -> list[Spec]:
    """Limits that a machine told with an alarm, for as long as the alarm was there."""
    rows = [
        {
            "t": clock(one.first), "u": clock(one.end or course.end), "v": limit,
            "at": clock.text(one.first), "q": say(condition(one.code, one.direction)),
            "text": say(words("limit {limit}", limit=limit)),
        }
        for one in course.alarms if ALARM_KIND[one.code].quantity in names
        for limit in (one.low, one.high) if limit is not None
    ]  # fmt: skip
    if not rows:
        return []
    mark = {
        "type": "rule", "strokeWidth": 2, "strokeDash": [3, 3], "clip": True,
        "color": color("medium"),
    }  # fmt: skip
    encoding = {"x": time_axis(), "x2": {"field": "u"}, "y": y, "tooltip": tips(say)}
    return [{"data": {"values": rows}, "mark": mark, "encoding": encoding}]
