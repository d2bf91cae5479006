"""Both languages are complete: what the code says, the Chinese catalog says too."""

from __future__ import annotations

import ast
import re
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from clearshift.cli.commands import COMMANDS
from clearshift.cli.entry import Entry
from clearshift.cli.parsing import command_of
from clearshift.i18n.catalog import CHINESE, TEMPLATE, collected
from tests.house.tree import calls_of, package_files, parsed, shown

CHINESE_CHARACTER = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Folders whose code holds Chinese of its own, and why that is not text of the catalog.
OWN_CHINESE = {
    "clearshift/i18n/": "date forms of the language itself",
    "dashboard/languages.py": "a language to choose is written in itself",
    "db/files/": "headings and values of a center's files, understood in both languages at once",
    "db/sample/": "names of invented people and places",
    "db/sheets/conditions.py": "headings and values of a file, as those of db/files",
    "domain/roster_signs.py": "the marks of a ward's roster, the same in every language",
    "domain/short_turns.py": "names of turns that a bad day makes, as a center gives them",
    "devices/protocols/jsdt4/": "Japanese that machines send, and forms of address in it",
}


def gaps(text: str) -> set[str]:
    """The names of a text's gaps."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def texts(catalog: Catalog) -> dict[str, str]:
    """Keys and translations without the header."""
    return {str(one.id): str(one.string) for one in catalog if one.id}


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    with CHINESE.open("rb") as file:
        return read_po(file, locale="zh_CN")


@pytest.fixture(scope="module")
def said() -> set[str]:
    return set(texts(collected()))


def test_every_text_has_a_chinese_translation(chinese: Catalog, said: set[str]) -> None:
    translated = {key for key, text in texts(chinese).items() if text.strip()}
    assert sorted(said - translated) == []


def test_no_translation_is_a_guess(chinese: Catalog) -> None:
    assert [one.id for one in chinese if one.id and one.fuzzy] == []


def test_no_translation_is_left_of_a_text_that_is_gone(chinese: Catalog, said: set[str]) -> None:
    assert sorted(set(texts(chinese)) - said) == []
    assert list(chinese.obsolete) == []


def test_a_translation_has_exactly_the_gaps_of_its_text(chinese: Catalog) -> None:
    wrong = {key: text for key, text in texts(chinese).items() if text and gaps(key) != gaps(text)}
    assert wrong == {}


def test_the_template_is_current(said: set[str]) -> None:
    with TEMPLATE.open("rb") as file:
        assert set(texts(read_po(file))) == said


def test_words_are_given_as_a_literal_so_that_the_catalog_finds_them(said: set[str]) -> None:
    wrong = [
        f"{shown(file)}:{call.lineno}"
        for file in package_files()
        for call in calls_of(parsed(file), "words")
        if not (call.args and isinstance(call.args[0], ast.Constant) and call.args[0].value in said)
    ]
    assert wrong == []


def test_words_fill_exactly_the_gaps_of_their_text() -> None:
    wrong = [
        f"{shown(file)}:{call.lineno}"
        for file in package_files()
        for call in calls_of(parsed(file), "words")
        if isinstance(call.args[0], ast.Constant)
        and all(keyword.arg for keyword in call.keywords)
        and gaps(str(call.args[0].value)) != {keyword.arg for keyword in call.keywords}
    ]
    assert wrong == []


def test_chinese_stands_in_the_catalog_and_not_in_code() -> None:
    with_chinese = {
        shown(file)
        for file in package_files()
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CHINESE_CHARACTER.search(node.value)
        and node.value not in _docstrings(parsed(file))
    }
    allowed = {folder for folder in OWN_CHINESE for file in with_chinese if file.startswith(folder)}
    elsewhere = [file for file in with_chinese if not file.startswith(tuple(allowed))]
    assert (sorted(elsewhere), allowed) == ([], set(OWN_CHINESE))


def _docstrings(tree: ast.Module) -> set[str]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = (node for node in ast.walk(tree) if isinstance(node, documented))
    return {text for node in nodes if (text := ast.get_docstring(node, clean=False))}


@pytest.mark.parametrize("entry", [e for e in COMMANDS if e.place], ids=lambda e: str(e.name))
def test_every_option_of_a_command_is_explained_in_both_languages(
    entry: Entry, said: set[str]
) -> None:
    helps = {p.name: getattr(p, "help", None) for p in command_of(entry).params}
    assert {name: text for name, text in helps.items() if text not in said} == {}
