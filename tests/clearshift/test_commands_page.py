"""docs/commands.md says what `--help` says."""

from __future__ import annotations

import re

import pytest

from clearshift.cli.commands import COMMANDS
from clearshift.commands_page import PAGE, current, help_text, shown

TEXT = PAGE.read_text(encoding="utf-8")


def test_the_page_is_current() -> None:
    assert current(TEXT) == TEXT


def test_the_page_has_every_command_once() -> None:
    assert sorted(shown(TEXT)) == sorted(["clearshift", *(entry.path for entry in COMMANDS)])


def test_a_block_of_a_command_that_is_gone_is_an_error() -> None:
    with pytest.raises(KeyError, match="clearshift gone"):
        current("<!-- help: clearshift gone -->\n<!-- end -->")


def test_the_readme_lists_every_command() -> None:
    readme = (PAGE.parents[1] / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `clearshift ([\w-]+)` \|", readme, flags=re.MULTILINE)
    assert sorted(listed) == sorted({entry.name.split()[0] for entry in COMMANDS})


def test_commands_and_options_in_examples_exist() -> None:
    known = {entry.path: help_text(entry) for entry in COMMANDS if entry.place}
    pages = [PAGE, PAGE.parents[1] / "README.md"]
    calls = [
        line.split("#")[0].split()
        for page in pages
        for line in page.read_text(encoding="utf-8").splitlines()
        if re.match(r"clearshift [a-z]", line)
    ]
    assert calls
    for call in calls:
        path = " ".join(call[:2])
        options = {word for word in call if word.startswith("--")}
        assert {o for o in options if f"{o} " not in known[path] + " "} == set(), call
