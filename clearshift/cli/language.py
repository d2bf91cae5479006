"""Which language to speak: asked for, set, or the computer's own."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Literal

from clearshift.cli.refusal import Refusal
from clearshift.i18n import LANGUAGES
from domain.words import words

# Read without the settings module: help must appear at once, and before the file is judged.
_CONFIG = "CLEARSHIFT_CONFIG"
_SETTING = "CLEARSHIFT_OUTPUT__LANGUAGE"


def chosen_language(option: str | None = None, config: Path | None = None) -> str:
    """ "en" or "zh": from `--lang`, `CLEARSHIFT_LANG`, the settings, else the computer's locale.

    Raises Refusal for a `--lang` that is neither. A settings file that cannot be read decides
    nothing here; whoever needs its settings will say what is wrong with it.
    """
    if option is not None and _known(option) is None:
        raise Refusal(
            words(
                "Language {lang} is not known; expected {choices}.", lang=option, choices=LANGUAGES
            )
        )
    variables = (os.environ.get(name) for name in ("CLEARSHIFT_LANG", _SETTING))
    wanted = (option, *variables, _in_file(config), _of_computer())
    known = (lang for text in wanted if (lang := _known(text)))
    return next(known, LANGUAGES[0])


def _known(text: str | None) -> str | None:
    """Also "zh_CN.UTF-8" and "zh-Hans" are Chinese."""
    start = (text or "").lower().replace("-", "_").partition("_")[0]
    return start if start in LANGUAGES else None


def _in_file(config: Path | None) -> str | None:
    path = config or Path(os.environ.get(_CONFIG) or "config.toml")
    try:
        output = tomllib.loads(path.read_text(encoding="utf-8")).get("output", {})
    except (OSError, ValueError):
        return None
    return str(output.get("language")) if isinstance(output, dict) else None


def _of_computer() -> str | None:
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((text for name in names if (text := os.environ.get(name))), None)


def spoken(option: str | None, config: Path | None) -> Literal["en", "zh"]:
    """`chosen_language` for what tells the two apart by name."""
    return "zh" if chosen_language(option, config) == "zh" else "en"
