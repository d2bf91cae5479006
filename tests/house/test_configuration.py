"""`config.toml` documents every setting with its default."""

from __future__ import annotations

import tomllib

from clearshift.settings import Settings
from tests.house.tree import ROOT

TEXT = (ROOT / "config.toml").read_text(encoding="utf-8")
MOST_KEYS = 30


def test_the_file_holds_every_setting_with_its_default() -> None:
    defaults = {
        name: field.default.model_dump(mode="json") for name, field in Settings.model_fields.items()
    }
    assert tomllib.loads(TEXT) == defaults


def test_every_setting_is_one_commented_line() -> None:
    lines = [line for line in TEXT.splitlines() if "=" in line and not line.startswith("#")]
    assert [line for line in lines if " # " not in line] == []
    assert len(lines) == sum(len(section) for section in tomllib.loads(TEXT).values())


def test_there_are_few_settings() -> None:
    assert sum(len(section) for section in tomllib.loads(TEXT).values()) <= MOST_KEYS
