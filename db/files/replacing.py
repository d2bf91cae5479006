"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from secrets import token_hex


def replace_file(target: Path, write: Callable[[Path], None]) -> None:
    """Writes a file beside the target and then puts it in the target's place."""
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = _sibling(target)
    try:
        write(part)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def replace_folder(
    target: Path, files: Mapping[str, bytes], is_ours: Callable[[Path], bool]
) -> None:
    """Writes a folder beside the target and then puts it in the target's place.

    What the old folder holds and `is_ours` denies is taken along. If the last step fails, the
    old folder is put back.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = _sibling(target)
    part.mkdir()
    try:
        for name, content in files.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).write_bytes(content)
        if target.exists():
            _take_along(target, part, is_ours)
            _swap(target, part)
        else:
            part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _sibling(target: Path) -> Path:
    return target.with_name(f".{target.name}.{token_hex(6)}.part")


def _take_along(source: Path, target: Path, is_ours: Callable[[Path], bool]) -> None:
    for other in source.iterdir():
        if is_ours(other):
            continue
        if other.is_dir() and not other.is_symlink():
            shutil.copytree(other, target / other.name, symlinks=True)
        else:
            shutil.copy2(other, target / other.name, follow_symlinks=False)


def _swap(target: Path, part: Path) -> None:
    old = _sibling(target)
    target.rename(old)
    try:
        part.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old)
