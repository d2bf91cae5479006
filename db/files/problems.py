"""What is wrong with a center's files: where it stands, what was found, what was expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.words import Label, Words, words

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One reason why files are refused.

    `row` counts as Excel does, the headings being row 1; in a TOML file, and where bytes
    cannot be read as text, it is the line. `column` is the heading as it was found, or the
    heading in both languages if it was not. What has no place in the file is `None`.
    """

    file: str
    sheet: str | None
    row: int | None
    column: str | Label | None
    value: str
    expected: Words

    def words(self) -> Words:
        """The problem as one sentence."""
        if not self.value:
            return words("{place}: expected {expected}", place=self._place, expected=self.expected)
        return words(
            "{place}: found “{value}”, expected {expected}",
            place=self._place,
            value=shortened(self.value),
            expected=self.expected,
        )

    @property
    def _place(self) -> str | Words:
        where = self._sheet
        if self.row is None:
            if self.column is None:
                return where
            return words("{where}, column {column}", where=where, column=self.column)
        if self.file.endswith(".toml"):
            line = words("{where}, line {line}", where=where, line=self.row)
            if self.column is None:
                return line
            return words("{line}, key {key}", line=line, key=self.column)
        row = words("{where}, row {row}", where=where, row=self.row)
        if self.column is None:
            return row
        return words("{row}, column {column}", row=row, column=self.column)

    @property
    def _sheet(self) -> str | Words:
        if self.sheet is None:
            return self.file
        return words("{file}, sheet {sheet}", file=self.file, sheet=self.sheet)


def row_name(file: str, number: int) -> Words:
    """What a row of a file is called: TOML has lines."""
    if file.endswith(".toml"):
        return words("line {line}", line=number)
    return words("row {row}", row=number)


def shortened(value: str) -> str:
    """A found value as it is shown: on one line, its end left out if it is long."""
    line = " ".join(value.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


class CenterRefused(Exception):
    """The files are not a center's; every problem found is named."""

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem.words()) for problem in self.problems)
