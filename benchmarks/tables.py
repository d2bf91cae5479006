"""Markdown tables, and the page that shows them between markers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.records import Records

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
_MARKED = re.compile(r"(<!-- begin (\w+) -->\n).*?(<!-- end \2 -->)", re.DOTALL)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the first column is left-aligned, the others are right-aligned."""
    lines = [headings, ["---", *["---:"] * (len(headings) - 1)], *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def goal(shown: str, at_most: float | None, value: float, written: Callable[[float], str]) -> str:
    """The figure, and beside it whether it reaches its goal if it has one."""
    if at_most is None:
        return shown
    return f"{shown} ({'within' if value <= at_most else '**above**'} {written(at_most)})"


def footer(records: Records) -> str:
    """Where, when and with what was measured, and what failed."""
    around = records.surroundings
    versions = ", ".join(f"{name} {version}" for name, version in around.versions.items())
    lines = [
        f"\nMeasured {around.day} on {around.machine}, {around.cores} cores,"
        f" {around.memory_gib} GiB, load before {around.load};"
        f" Python {around.python}, {versions}.\n"
    ]
    for failure in records.failures:
        of = ", ".join(f"{name} {value}" for name, value in failure.arguments.items())
        lines.append(f"\n**Failed**: {failure.task} ({of}): {failure.reason}\n")
    return "".join(lines)


def renewed(page: str, sections: Mapping[str, str]) -> str:
    """The page with the text between `<!-- begin name -->` and `<!-- end name -->` replaced.

    Sections that nothing was measured for keep what they hold. Raises ValueError if the page
    has no place for a section.
    """
    missing = set(sections) - {found[2] for found in _MARKED.finditer(page)}
    if missing:
        raise ValueError(f"the page has no markers for {', '.join(sorted(missing))}")

    def replaced(found: re.Match[str]) -> str:
        text = sections.get(found[2])
        return found[0] if text is None else f"{found[1]}\n{text}\n{found[3]}"

    return _MARKED.sub(replaced, page)
