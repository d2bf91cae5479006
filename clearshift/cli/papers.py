"""The papers of a plan: where they go, and what to look at by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from clearshift.cli.call import Call
from clearshift.cli.clock import now_at
from clearshift.cli.failures import failed_file
from clearshift.i18n import LANGUAGES, speaker
from db.sheets.edition import Edition, Imprint, Voice
from db.sheets.sheet_folder import FolderRefused
from db.sheets.write_all import write_all
from domain.changes import since_last_week
from domain.plan import Plan
from domain.problem import Problem
from domain.words import Words
from scheduler.missing import Missing


@dataclass(frozen=True, slots=True)
class Papers:
    """What was written into the folder and what needs a look; or why nothing was."""

    folder: Path
    files: tuple[str, ...] = ()
    warnings: tuple[Words, ...] = ()
    refusal: Words | None = None

    def has(self, start: str, end: str) -> bool:
        """True if there is a file whose name begins and ends so."""
        return any(True for _ in self.named(start, end))

    def named(self, start: str, end: str) -> Iterable[Path]:
        """The files whose names begin and end so."""
        names = (name for name in self.files if name.startswith(start) and name.endswith(end))
        return (self.folder / name for name in names)


def sheet_folder(out: Path, problem: Problem, version: int | None) -> Path:
    """The usual place: a folder for each version, so that no sheet in use is ever replaced."""
    center = quote(problem.register.center.code, safe="")
    name = f"{center}-{problem.first_day}"
    return out / (name if version is None else f"{name}-v{version}")


def print_papers(
    call: Call,
    problem: Problem,
    plan: Plan,
    version: int | None,
    author: str,
    short: Iterable[Missing],
    folder: Path,
    previous: Plan | None,
) -> Papers:
    """Writes every paper. Where the folder must not or cannot be written, that is told and no
    error, for the plan is there nevertheless. `previous` is the plan that this one replaces."""
    year = problem.first_day.year
    imprint = Imprint(
        now_at(problem.register.center).replace(tzinfo=None),
        version or 0,
        author,
    )
    unplaced = tuple((one.patient, one.reason) for one in short)
    edition = Edition(problem, plan, imprint, since_last_week(problem, plan), unplaced)
    voices = {name: Voice(name, speaker(name, year)) for name in LANGUAGES}
    try:
        written = write_all(edition, folder, voices, call.language, previous)
    except FolderRefused as refused:
        return Papers(folder, refusal=refused.words)
    except OSError as error:
        return Papers(folder, refusal=failed_file(error))
    return Papers(folder, written.files, tuple(one.words for one in written.warnings))
