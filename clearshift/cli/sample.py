"""`clearshift sample`: an invented center as files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from clearshift.cli.call import call_of
from clearshift.cli.options import FileLanguage, Force, InLanguage
from clearshift.cli.overwriting import require_free
from clearshift.cli.refusal import Refusal
from db.files import write_center
from db.sample.center import make_center
from db.sample.named import NAMED, SEED
from db.sample.size import sized, usual_tightness
from db.sample.spec import FIRST_MONDAY, CenterSpec
from domain.words import words


def sample(
    context: typer.Context,
    out: Annotated[
        Path,
        typer.Option(
            metavar=str(words("PATH")),
            help=str(words("A folder, or a workbook if the name ends in .xlsx.")),
        ),
    ],
    name: Annotated[
        str | None,
        typer.Argument(help=str(words("One of huangchuan, xiamao, workshop, shexian."))),
    ] = None,
    machines: Annotated[
        int | None, typer.Option(help=str(words("A center of your own size: how many machines.")))
    ] = None,
    patients: Annotated[
        int | None, typer.Option(help=str(words("And how many patients; otherwise nearly full.")))
    ] = None,
    seed: Annotated[
        int, typer.Option(help=str(words("Another number gives other people and habits.")))
    ] = SEED,
    language: InLanguage = None,
    force: Force = False,
) -> None:
    """Makes the center and writes it. Real places, invented centers and people."""
    call = call_of(context)
    require_free(out, force=force)
    chosen = language or FileLanguage(call.language)
    register = make_center(replace(_spec(name, machines, patients), language=chosen.value), seed)
    write_center(register, out, chosen.value)
    call.output.result(
        {
            "path": out,
            "center": register.center.code,
            "machines": len(register.machines),
            "patients": len(register.patients),
            "week": FIRST_MONDAY,
            "seed": seed,
        },
        words(
            "{path}: {center}, {machines} machines, {patients} patients, made for the week of "
            "{week}.",
            path=str(out),
            center=register.center.name,
            machines=len(register.machines),
            patients=len(register.patients),
            week=FIRST_MONDAY,
        ),
        words("Next: clearshift import {path}", path=str(out)),
    )


def _spec(name: str | None, machines: int | None, patients: int | None) -> CenterSpec:
    if (name is None) == (machines is None):
        raise Refusal(
            words("Expected one of {names}, or --machines.", names=tuple(NAMED)),
        )
    if machines is not None and patients is not None:
        return sized(machines, patients, usual_tightness(machines, patients))
    if machines is not None:
        return sized(machines)
    if patients is not None:
        raise Refusal(words("--patients goes with --machines."))
    known = NAMED.get(name or "")
    if known is None:
        raise Refusal(
            words(
                "There is no sample {name}; there are {names}.", name=name or "", names=tuple(NAMED)
            )
        )
    return known
