"""The settings for a command: refused in words, and the log started."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from clearshift.cli.asked import Asked
from clearshift.cli.call import Call
from clearshift.cli.configured import settings_of
from clearshift.cli.output import output
from clearshift.cli.refusal import Refusal
from clearshift.i18n import speaker


def call(file: Path) -> Call:
    return Call(Asked(config=file), output(speaker("en"), json=False))


def test_every_wrong_setting_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text(
        'plan = {seconds = 0, seed = 9999999999, workers = "x", deterministic = 3, sceonds = 1}\n'
        'log = {level = "loud"}\noutput = 3\ndatabase = {url = ""}\n'
    )
    with pytest.raises(Refusal) as refused:
        settings_of(call(file))
    assert {str(reason).removeprefix(f"{file}: ") for reason in refused.value.reasons} == {
        "plan.seconds is 0; expected at least 1",
        "plan.seed is 9999999999; expected at most 2147483647",
        "plan.workers is x; expected a whole number",
        "plan.deterministic is 3; expected true or false",
        "plan.sceonds is not a setting",
        "log.level is loud; expected one of 'debug', 'info', 'warning' or 'error'",
        "output is 3; expected a table [output] with settings of its own",
        "database.url is empty; expected text",
    }


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="there is no such file or folder"):
        settings_of(call(tmp_path / "none.toml"))
    broken = tmp_path / "broken.toml"
    broken.write_text("[plan")
    with pytest.raises(Refusal, match="no valid TOML"):
        settings_of(call(broken))


def test_the_log_goes_where_the_settings_say(tmp_path: Path) -> None:
    file, log = tmp_path / "c.toml", tmp_path / "run.log"
    file.write_text(f'[log]\nlevel = "info"\nfile = "{log}"\n')
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    root.handlers.clear()
    try:
        settings_of(call(file))
        logging.getLogger("clearshift.test").info("planned")
        logging.getLogger("clearshift.test").debug("too much")
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers[:] = before
        root.setLevel(level)
    assert "INFO clearshift.test: planned" in log.read_text()
    assert "too much" not in log.read_text()
