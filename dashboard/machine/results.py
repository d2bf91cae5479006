"""Results of tests in series, each graded by the limit of its day, and their curve with limit and
action level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.machine.due_words import GRADE_WORDS
from dashboard.style.colors import color
from domain.due import CareFacts
from domain.water import (
    STANDARD_WATER_LIMITS,
    WATER_TEST,
    Grade,
    WaterLimit,
    WaterResult,
    grade,
    latest_results,
    limit_of,
)
from domain.words import Say, Words, words


@dataclass(frozen=True, slots=True)
class Series:
    """The results of a test at one place, by day, each with what it means; corrected ones are
    left out. `limit` is that of the last day."""

    point: str
    test: str
    results: tuple[tuple[WaterResult, Grade], ...]
    limit: WaterLimit | None


_ORDER = (Grade.FAILED, Grade.ACT, Grade.GOOD, Grade.KEPT)


def all_series(facts: CareFacts) -> tuple[Series, ...]:
    """Every place and test with a result, the worst last result first."""
    rows = sorted(latest_results(facts.results).values(), key=lambda one: one.day)
    found: dict[tuple[str, str], list[tuple[WaterResult, Grade]]] = {}
    for row in rows:
        graded = grade(row, limit_of(facts.limits, row.test, row.medium, row.day))
        found.setdefault((row.point, row.test), []).append((row, graded))
    made = [Series(point, test, tuple(results), _limit(facts, results[-1][0]))
            for (point, test), results in found.items()]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (_ORDER.index(one.results[-1][1]), one.point,
                                               one.test)))  # fmt: skip


def _limit(facts: CareFacts, last: WaterResult) -> WaterLimit | None:
    return limit_of(facts.limits, last.test, last.medium, last.day)


def source_words(source: str) -> Words:
    """A standard row's source in the reader's language, a center's own as it was typed."""
    standard = {one.source for one in STANDARD_WATER_LIMITS}
    return Words(source) if source in standard else words("{source}", source=source)


def verdict(row: WaterResult, limit: WaterLimit | None) -> tuple[Grade, Words]:
    """What a result means before it is kept: its grade, and that in a sentence."""
    graded = grade(row, limit)
    unit = WATER_TEST[row.test].unit
    if limit is None or graded is Grade.KEPT:
        return graded, words("{value} {unit}: kept without a limit.", value=row.value, unit=unit)
    said = {
        Grade.GOOD: words("{value} {unit} is within the limit of {limit}.", value=row.value,
                          unit=unit, limit=limit.limit or 0.0),
        Grade.ACT: words("{value} {unit} is above the action level of {level}: act now.",
                         value=row.value, unit=unit, level=limit.action or 0.0),
        Grade.FAILED: words("{value} {unit} is over the limit of {limit} ({source}).",
                            value=row.value, unit=unit, limit=limit.limit or 0.0,
                            source=source_words(limit.source)),
    }  # fmt: skip
    return graded, said[graded]


def result_chart(series: Series, say: Say) -> dict[str, Any]:
    """The curve of a series as a Vega-Lite specification; limit and action level as lines that
    say what they are."""
    unit = WATER_TEST[series.test].unit
    rows = [
        {"t": row.day.isoformat(), "v": row.value, "grade": say(GRADE_WORDS[graded]),
         "bad": graded in (Grade.FAILED, Grade.ACT), "who": row.who}
        for row, graded in series.results
    ]  # fmt: skip
    title = say(words("{title}, {unit}", title=WATER_TEST[series.test].title, unit=unit))
    x = {
        "field": "t",
        "type": "temporal",
        "scale": {"type": "utc"},
        "axis": {"title": None, "format": "%Y-%m-%d", "labelOverlap": True, "tickCount": 6},
    }
    y = {"field": "v", "type": "quantitative", "scale": {"zero": True}, "axis": {"title": title}}
    tips = [
        {"field": "t", "type": "nominal", "title": say(words("sampled on"))},
        {"field": "v", "type": "quantitative", "title": say(words("measured value"))},
        {"field": "grade", "type": "nominal", "title": say(words("means"))},
        {"field": "who", "type": "nominal", "title": say(words("by whom"))},
    ]
    line = {"mark": {"type": "line", "color": color("ink-3"), "strokeWidth": 1},
            "encoding": {"x": x, "y": y}}  # fmt: skip
    hue = {"condition": {"test": "datum.bad", "value": color("high")}, "value": color("info")}
    shape = {"condition": {"test": "datum.bad", "value": "triangle-up"}, "value": "circle"}
    points = {
        "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
        "encoding": {"x": x, "y": y, "color": hue, "shape": shape, "tooltip": tips},
    }
    return {
        "height": 220,
        "data": {"values": rows},
        "layer": [line, points, *_levels(series.limit, say)],
        "config": {"background": "transparent", "view": {"fill": color("paper")},
                   "axis": {"labelColor": color("ink-2"), "titleColor": color("ink-2"),
                            "gridColor": color("line")}},
    }  # fmt: skip


def _levels(limit: WaterLimit | None, say: Say) -> list[dict[str, Any]]:
    if limit is None:
        return []
    told = ((limit.limit, "high", words("limit")), (limit.action, "medium", words("action level")))
    found: list[dict[str, Any]] = []
    for level, token, title in told:
        if level is None:
            continue
        data = {"values": [{"v": level, "name": say(title)}]}
        y = {"field": "v", "type": "quantitative"}
        found.append({"data": data, "mark": {"type": "rule", "strokeDash": [6, 4],
                      "color": color(token)}, "encoding": {"y": y}})  # fmt: skip
        found.append({"data": data, "mark": {"type": "text", "align": "left", "dy": -7, "x": 4,
                      "color": color(token)},
                      "encoding": {"y": y, "text": {"field": "name"}}})  # fmt: skip
    return found
