"""Nothing that is there already is replaced unless somebody says so."""

from __future__ import annotations

from pathlib import Path

from clearshift.cli.refusal import Refusal
from domain.words import words


def require_free(path: Path, *, force: bool) -> None:
    """Raises Refusal where a file or a filled folder is in the way."""
    taken = path.is_file() or (path.is_dir() and any(path.iterdir()))
    if taken and not force:
        raise Refusal(
            words("{path} is there already; --force replaces it.", path=str(path)),
        )
