"""Options that several commands take, each said once so that they are the same everywhere."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from domain.words import words


class FileLanguage(StrEnum):
    """A language that files are written in."""

    EN = "en"
    ZH = "zh"


_FILE = str(words("FILE"))
_FOLDER = str(words("FOLDER"))
_PATH = str(words("PATH"))
_NAME = str(words("NAME"))
_TEXT = str(words("TEXT"))

Week = Annotated[
    str | None,
    typer.Option(
        metavar=str(words("WEEK")),
        help=str(words("The week: any date in it, 2026-03-02, or its number, 2026-W10.")),
    ),
]
Weeks = Annotated[
    int, typer.Option(min=1, max=8, help=str(words("How many weeks in a row, planned together.")))
]
CenterCode = Annotated[
    str | None,
    typer.Option(
        metavar=str(words("CODE")),
        help=str(words("The center's code, where the database holds several centers.")),
    ),
]
Files = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar=_PATH,
        help=str(words("A center's folder or workbook to work on instead of the database.")),
    ),
]
Version = Annotated[
    int | None,
    typer.Option(min=1, help=str(words("The plan's version; otherwise the latest."))),
]
Author = Annotated[
    str | None,
    typer.Option(
        metavar=_NAME,
        help=str(words("Who is responsible for it; otherwise the name of the computer's user.")),
    ),
]
Note = Annotated[
    str, typer.Option(metavar=_TEXT, help=str(words("A remark that is kept with the version.")))
]
Publish = Annotated[
    bool,
    typer.Option("--publish", help=str(words("Put the version in force at once."))),
]
Seconds = Annotated[
    int | None,
    typer.Option(min=1, help=str(words("Longest search; otherwise as the settings say."))),
]
Seed = Annotated[
    int | None,
    typer.Option(min=0, max=2**31 - 1, help=str(words("Start value of the search."))),
]
Workers = Annotated[
    int | None,
    typer.Option(min=0, help=str(words("Processor cores to use; 0 takes all."))),
]
SheetFolder = Annotated[
    Path | None,
    typer.Option(
        metavar=_FOLDER,
        help=str(words("Where the sheets go; otherwise into a folder of their own in out.")),
    ),
]
NoSheets = Annotated[
    bool, typer.Option("--no-sheets", help=str(words("Write no sheets, slips and calendars.")))
]
LogFile = Annotated[
    Path | None,
    typer.Option(
        metavar=_FILE,
        help=str(words("Write how the search went into this file, line by line with times.")),
    ),
]
Force = Annotated[bool, typer.Option("--force", help=str(words("Replace what is there already.")))]
InLanguage = Annotated[
    FileLanguage | None,
    typer.Option(
        help=str(words("Language of headings and texts; otherwise the one the program speaks."))
    ),
]
