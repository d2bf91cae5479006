"""`center.toml` read: the center, its zones, shifts and rules."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from db.files.columns import Table
from db.files.decoding import Undecodable, decoded
from db.files.headings import nearest
from db.files.kinds import folded
from db.files.natives import Native, Unusable
from db.files.problems import FileProblem
from db.files.sheets import Found, Line, Place, Sheet, missing
from db.files.tables import TABLES
from db.files.toml_lines import Part, locate
from domain.words import Words, words

TOML_TABLES = tuple(table for table in TABLES if table.home == "toml")

_PLAIN = words("a plain value or a list of them")
_TWICE = words("each table once")
_LARGEST = 10**18
_AT_LINE = re.compile(r"at line (\d+), column \d+")


def read_toml(place: Place, data: bytes) -> Found:
    """The tables of a `center.toml`; a file that is no TOML is one problem with its line."""
    try:
        text = decoded(data)
    except Undecodable as error:
        return _unreadable(place.problem(error.expected, error.line, error.value))
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return _unreadable(_syntax(place, text, error))
    return _tables(place, document, locate(text.replace("\r\n", "\n")))


def _unreadable(problem: FileProblem) -> Found:
    names = frozenset(table.name for table in TOML_TABLES)
    return Found({}, names, (problem,))


def _syntax(place: Place, text: str, error: Exception) -> FileProblem:
    found = _AT_LINE.search(str(error))
    lines = text.split("\n")
    line = int(found[1]) if found else len(lines)
    return place.problem(words("legal TOML"), line, lines[min(line, len(lines)) - 1].strip())


def _tables(place: Place, document: Mapping[str, Any], parts: Mapping[str, list[Part]]) -> Found:
    sheets: dict[str, Sheet] = {}
    unreadable: set[str] = set()
    problems: list[FileProblem] = []
    for name, content in document.items():
        where = _parts_of(parts, name)
        table = _table(name)
        wrong = _unknown(name) if table is None else _misshapen(table, content)
        if table is not None and table.name in sheets:
            wrong = _TWICE
        if wrong is not None:
            problems.append(place.problem_at(wrong, where[0].line, name, name))
            unreadable |= {table.name} if table else set()
        elif table is not None:
            items = [content] if isinstance(content, dict) else content
            sheets[table.name] = _sheet(table, place, items, where)
    found = Found(sheets, frozenset(unreadable - set(sheets)), tuple(problems))
    absent = (place.problem(_part_headed(table)) for table in missing(found, TOML_TABLES))
    return replace(found, problems=(*problems, *absent))


def _table(name: str) -> Table | None:
    names = {
        folded(known): table
        for table in TOML_TABLES
        for known in (table.name, table.title.en, table.title.zh)
    }
    return names.get(folded(name))


def _unknown(name: str) -> Words:
    titles = {folded(table.name): table.name for table in TOML_TABLES}
    found = nearest(name, titles)
    if found is None:
        return words("one of the tables {tables}", tables=tuple(titles.values()))
    return words("a known table, perhaps {nearest}", nearest=found)


def _misshapen(table: Table, content: object) -> Words | None:
    if table.name == "center":
        right = isinstance(content, dict)
    else:
        right = isinstance(content, list) and all(isinstance(item, dict) for item in content)
    return None if right else _part_headed(table)


def _part_headed(table: Table) -> Words:
    header = "[center]" if table.name == "center" else f"[[{table.name}]]"
    return words("a part headed {header}", header=header)


def _parts_of(parts: Mapping[str, list[Part]], name: str) -> list[Part]:
    """Where a table stands; one written as a single value counts from the line of its key."""
    return parts.get(name) or [Part(parts[""][0].keys.get(name, 1))]


def _sheet(
    table: Table, place: Place, items: Sequence[Mapping[str, Any]], parts: Sequence[Part]
) -> Sheet:
    where = [parts[min(index, len(parts) - 1)] for index in range(len(items))]
    keys = _headings(table, items)
    tops = tuple(_first_line(keys[column], items, where) for column in keys)
    head = Line(parts[0].line, tuple(keys), tops)
    body = (
        _line(item, [_own(item, names) for names in keys.values()], part)
        for item, part in zip(items, where, strict=True)
    )
    return Sheet(place, (head, *body))


def _headings(table: Table, items: Sequence[Mapping[str, Any]]) -> dict[str, set[str]]:
    """Each key as first written, with all ways in which items write it; a key that one item
    has in two ways stays two."""
    fields = {
        folded(name): column.field
        for column in table.columns
        for name in (column.heading.en, column.heading.zh, column.key)
    }
    found: dict[str, set[str]] = {}
    first_names: dict[str, str] = {}
    for item in items:
        taken: set[str] = set()
        for key in item:
            name = first_names.setdefault(fields.get(folded(key), key), key)
            if name in taken:
                name = key
            taken.add(name)
            found.setdefault(name, set()).add(key)
    return found


def _own(item: Mapping[str, Any], names: set[str]) -> str:
    return next((name for name in item if name in names), "")


def _first_line(names: set[str], items: Sequence[Mapping[str, Any]], parts: Sequence[Part]) -> int:
    holders = zip(items, parts, strict=True)
    item, part = next((item, part) for item, part in holders if names & set(item))
    return part.keys.get(_own(item, names), part.line)


def _line(item: Mapping[str, Any], keys: Sequence[str], part: Part) -> Line:
    cells = tuple(_native(item.get(key)) for key in keys)
    return Line(part.line, cells, tuple(part.keys.get(key, part.line) for key in keys))


def _native(value: object) -> Native:
    match value:
        case bool() | str() | float() | date() | time() | None:
            return value
        case int() if _is_small(value):
            return value
        case list() if all(isinstance(part, str) or _is_small(part) for part in value):
            return ",".join(str(part) for part in value)
        case _:
            return Unusable(f"({type(value).__name__})", _PLAIN)


def _is_small(value: object) -> bool:
    return isinstance(value, int) and abs(value) < _LARGEST
