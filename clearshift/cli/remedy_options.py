"""Options that the commands about remedies share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clearshift.i18n import speaker
from domain.words import Label, Words, words

_FILE = str(words("FILE"))

DoctorsList = Annotated[
    Path | None,
    typer.Option(
        "--five",
        metavar=_FILE,
        help=str(words("Patients whom the doctor allows five sessions a fortnight, as CSV.")),
    ),
]
Rates = Annotated[
    Path | None,
    typer.Option(
        "--rates",
        metavar=_FILE,
        help=str(words("What things weigh for this center: item, minutes, source, as CSV.")),
    ),
]
Seconds = Annotated[
    int,
    typer.Option(min=1, help=str(words("Seconds for each single question that is solved."))),
]


def in_both(name: Words) -> Label:
    """A name in both languages, for a shift that a center does not have yet."""
    return Label(speaker("en")(name), speaker("zh")(name))


EVENING, NIGHT = words("Evening shift"), words("Night shift")
