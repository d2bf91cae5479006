"""Which language is spoken: asked for, set, or the computer's."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearshift.cli.language import chosen_language


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(text: str) -> Path:
    Path("config.toml").write_text(text)
    return Path("config.toml")


@pytest.mark.parametrize(
    ("locale", "lang"),
    [("zh_CN.UTF-8", "zh"), ("zh_TW", "zh"), ("en_GB.UTF-8", "en"), ("de_DE", "en"), ("C", "en")],
)
def test_unasked_it_is_the_computers_language(
    monkeypatch: pytest.MonkeyPatch, locale: str, lang: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert chosen_language() == lang


def test_the_first_locale_variable_that_is_set_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "")
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert chosen_language() == "zh"


def test_the_settings_come_before_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    write('[output]\nlanguage = "en"\n')
    assert chosen_language() == "en"
    write('[output]\nlanguage = "auto"\n')
    assert chosen_language() == "zh"


def test_variables_come_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write('[output]\nlanguage = "en"\n')
    monkeypatch.setenv("CLEARSHIFT_OUTPUT__LANGUAGE", "zh")
    assert chosen_language() == "zh"
    monkeypatch.setenv("CLEARSHIFT_LANG", "en")
    assert chosen_language() == "en"


def test_what_is_asked_for_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARSHIFT_LANG", "en")
    assert chosen_language("zh") == "zh"
    assert chosen_language("zh-CN") == "zh"


def test_a_named_settings_file_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    file.write_text('[output]\nlanguage = "zh"\n')
    assert chosen_language(config=file) == "zh"


@pytest.mark.parametrize("text", ["[output", 'output = "zh"', "[output]\nlanguage = 3"])
def test_a_broken_settings_file_decides_nothing(text: str) -> None:
    write(text)
    assert chosen_language() == "en"
