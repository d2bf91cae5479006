"""`center.toml` written: keys in English, values and comments in the chosen language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from db.files.columns import Column
from db.files.kinds import Cell, Language, label_text
from db.files.texts import Written
from db.files.vocabulary import YES_NO


def written_toml(tables: Iterable[Written], language: Language) -> bytes:
    """The tables as TOML, each with an explanation of its keys above it."""
    lines = [line for one in tables for line in _part(one, language)]
    return ("\n".join(lines).lstrip("\n") + "\n").encode()


def _part(one: Written, language: Language) -> Iterator[str]:
    header = f"[{one.table.name}]" if one.table.name == "center" else f"[[{one.table.name}]]"
    yield ""
    yield f"# {header} {label_text(one.table.about, language)}"
    for column in one.table.columns:
        yield f"#   {column.key}: {label_text(column.meaning, language)}"
    for row in one.rows:
        yield ""
        yield header
        for column, text in zip(one.table.columns, row, strict=True):
            if text:
                yield f"{column.key} = {_value(column, text)}"


def _value(column: Column, text: str) -> str:
    if column.kind.cell is Cell.INTEGER:
        return text
    if column.kind is YES_NO:
        return "true" if YES_NO.parse(text) else "false"
    return json.dumps(text, ensure_ascii=False)
