"""The folder that sheets are written into: it changes whole, and an edited sheet never dies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from db.files.replacing import replace_folder
from domain.words import Words, words

RECORD = "written.json"
"""Lists what was written, with check sums, so that a later run knows what it may replace."""


class FolderRefused(Exception):
    """Writing would lose what the program cannot make again; nothing has been written."""

    def __init__(self, reason: Words) -> None:
        super().__init__(str(reason))
        self.words = reason


def put_sheets(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Writes files by name, with folders in them by "/", in place of what an earlier run
    wrote. Raises FolderRefused; OSError if the disk refuses."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / RECORD).is_file():
        raise FolderRefused(
            words("{folder} holds other things: name an empty or a new folder", folder=folder.name)
        )
    old = _record(folder)
    tops = {RECORD} | {PurePosixPath(name).parts[0] for name in (*old, *contents)}
    edited = tuple(name for name in _found(folder, tops) if _differs(folder / name, old.get(name)))
    if edited:
        raise FolderRefused(
            words(
                "{files} would be overwritten with edits that nobody has read back: "
                "read them back or move them away",
                files=edited,
            )
        )
    sums = {name: _sum(content) for name, content in sorted(contents.items())}
    record = json.dumps(sums, indent=1, ensure_ascii=False).encode()
    replace_folder(folder, {**contents, RECORD: record}, lambda path: path.name in tops)


def _record(folder: Path) -> Mapping[str, str]:
    """Check sums by file name; empty where nothing was written or the record is damaged, and
    then every file counts as edited."""
    try:
        found = json.loads((folder / RECORD).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: str(digest) for name, digest in found.items()}


def _found(folder: Path, tops: set[str]) -> Iterator[str]:
    """Files in the places that will be replaced."""
    for top in sorted(tops - {RECORD}):
        place = folder / top
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (str(file.relative_to(folder).as_posix()) for file in files if file.is_file())


def _differs(file: Path, digest: str | None) -> bool:
    return digest is None or _sum(file.read_bytes()) != digest


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
