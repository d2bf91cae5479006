"""`clearshift export`: a center from the database as files, as the import reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clearshift.cli.call import call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.given import center_code, require_database
from clearshift.cli.options import CenterCode, FileLanguage, Force, InLanguage
from clearshift.cli.overwriting import require_free
from db.connection import reading
from db.files import write_center
from db.load import load_centers, load_register
from db.opening import open_database
from domain.words import words


def export_center(
    context: typer.Context,
    path: Annotated[
        Path, typer.Argument(help=str(words("A folder, or a workbook if the name ends in .xlsx.")))
    ],
    center: CenterCode = None,
    language: InLanguage = None,
    force: Force = False,
) -> None:
    """Writes what the import would read back as exactly the same center."""
    call = call_of(context)
    url = settings_of(call).database.url
    require_free(path, force=force)
    require_database(url)
    with reading(open_database(url)) as session:
        code = center_code(tuple(one.code for one in load_centers(session)), center)
        register = load_register(session, code)
    chosen = language or FileLanguage(call.language)
    write_center(register, path, chosen.value)
    call.output.result(
        {"path": path, "center": code, "language": chosen.value},
        words("{center} is written to {path}.", center=register.center.name, path=str(path)),
    )
