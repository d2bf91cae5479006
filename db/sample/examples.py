"""The named samples as folders that the import reads."""

from __future__ import annotations

from pathlib import Path

from db.files import write_center
from db.sample.center import make_center
from db.sample.named import NAMED, SEED


def write_examples(folder: Path) -> None:
    """Writes every named sample into a folder of its name, each in the language of its texts.

    Raises OSError if the disk refuses, CenterRefused if such a folder holds something else.
    """
    for name, spec in NAMED.items():
        write_center(make_center(spec, SEED), folder / name, spec.language)
