"""`clearshift import`: a center's files into the database, all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import RenderableType

from clearshift.cli.call import Call, call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.pages import good, heading, items, table
from clearshift.cli.tables import ensure_tables
from db.connection import writing
from db.differences import change_words, table_of
from db.files import CenterRefused, FileProblem, read_center
from db.opening import is_absent, open_database
from db.rows import KINDS
from db.save import RowChange, save_register
from domain.register import Register
from domain.words import Words, words

_SHOWN = 10
"""Changed rows of a table that are shown one by one."""


def import_center(
    context: typer.Context,
    path: Annotated[
        Path, typer.Argument(help=str(words("A center's folder, or a workbook .xlsx.")))
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=str(words("Only say what would change.")))
    ] = False,
) -> int:
    """Reads, checks everything, stores, and says what that changed."""
    call = call_of(context)
    settings = settings_of(call)
    try:
        register = read_center(path)
    except CenterRefused as refused:
        return _refused(call, refused.problems)
    changes = store(call, settings.database.url, register, keep=not dry_run)
    call.output.result(
        _document(register, changes, stored=not dry_run),
        *imported_page(call, register, changes, stored=not dry_run),
        *_next(stored=not dry_run),
    )
    return 0


def store(call: Call, url: str, register: Register, *, keep: bool) -> tuple[RowChange, ...]:
    """What storing changes; only with `keep` is it kept."""
    engine = open_database(url)
    if not keep and is_absent(engine):
        rows = ((kind.name, row) for kind in KINDS for row in kind.of(register))
        return tuple(RowChange(name, None, row) for name, row in rows)
    if keep:
        ensure_tables(call, url)
    with writing(engine) as session:
        changes = save_register(session, register)
        if not keep:
            session.rollback()
    return changes


def _refused(call: Call, problems: Sequence[FileProblem]) -> int:
    """Every problem: in words for people, as data for scripts. Nothing has been stored."""
    if call.output.json:
        call.output.result({"stored": False, "problems": problems})
    else:
        for problem in problems:
            call.output.error(problem.words())
        call.output.error(words("Problems: {count}. Nothing was stored.", count=len(problems)))
    return 2


def _document(
    register: Register, changes: Sequence[RowChange], *, stored: bool
) -> dict[str, object]:
    counts = Counter((change.table, change.kind) for change in changes)
    tables: dict[str, dict[str, int]] = {}
    for (name, kind), count in counts.items():
        tables.setdefault(name, {"added": 0, "changed": 0, "removed": 0})[kind] = count
    rows = [
        {"table": c.table, "kind": c.kind, "before": c.before, "after": c.after} for c in changes
    ]
    return {"center": register.center.code, "stored": stored, "tables": tables, "changes": rows}


def imported_page(
    call: Call, register: Register, changes: Sequence[RowChange], *, stored: bool
) -> Iterator[RenderableType]:
    """What changed, table by table."""
    say, language = call.say, call.language
    name = register.center.name
    if not changes:
        yield good(say, words("{center}: nothing has changed.", center=name))
        return
    yield good(
        say,
        words("{center} is stored.", center=name)
        if stored
        else words("{center} can be stored; this would change:", center=name),
    )
    if all(change.kind == "added" for change in changes):
        rows = tuple(
            words("{name} {count}", name=name, count=len(mine)) for name, mine in _by_table(changes)
        )
        yield from items(say, [words("New rows: {rows}", rows=rows)])
        return
    headings = words("table"), words("added"), words("changed"), words("removed"), words("rows now")
    yield table(say, headings, _counts(register, changes), range(1, 5))
    yield from _details(call, changes, language)


def _next(*, stored: bool) -> Iterator[Words]:
    if stored:
        yield words("Next: clearshift capacity, clearshift plan")


def _counts(
    register: Register, changes: Sequence[RowChange]
) -> Iterator[tuple[Words | int | None, ...]]:
    for table_name, mine in _by_table(changes):
        counts = Counter(change.kind for change in mine)
        rows = getattr(register, table_of(mine[0]).name)
        yield (
            table_name,
            counts["added"] or None,
            counts["changed"] or None,
            counts["removed"] or None,
            len(rows) if isinstance(rows, tuple) else 1,
        )


def _details(
    call: Call, changes: Sequence[RowChange], language: Literal["en", "zh"]
) -> Iterator[RenderableType]:
    """What changed row by row, the first few of each table."""
    for table_name, mine in _by_table(changes):
        yield heading(call.say, table_name)
        yield from items(call.say, (change_words(one, language) for one in mine[:_SHOWN]))
        if len(mine) > _SHOWN:
            rest = words("and {count} more; --json lists all", count=len(mine) - _SHOWN)
            yield from items(call.say, [rest])


def _by_table(changes: Sequence[RowChange]) -> Iterator[tuple[Words, list[RowChange]]]:
    for name in dict.fromkeys(change.table for change in changes):
        mine = [change for change in changes if change.table == name]
        yield words("{name}", name=table_of(mine[0]).title), mine
