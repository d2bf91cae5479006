"""The settings for a command: read once, refused in words, and the log set up from them."""

from __future__ import annotations

import logging
from pathlib import Path

from clearshift.cli.call import Call
from clearshift.cli.failures import in_our_words
from clearshift.cli.refusal import Refusal
from clearshift.settings import Expected, Fault, LogSettings, Settings, WrongSettings, load
from domain.words import Words, words


def settings_of(call: Call) -> Settings:
    """The settings that the call asked for. Starts the log, so that whatever the command does
    next is in it. Raises Refusal with a sentence for each wrong setting."""
    try:
        settings = load(call.asked.config)
    except WrongSettings as wrong:
        raise Refusal(*(_fault(fault) for fault in wrong.faults)) from wrong
    _start_log(settings.log)
    return settings


def _start_log(log: LogSettings) -> None:
    logging.basicConfig(
        level=log.level.upper(),
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        handlers=[logging.FileHandler(Path(log.file), encoding="utf-8")] if log.file else None,
    )


def _fault(fault: Fault) -> Words:
    match fault.expected:
        case Expected.FILE:
            return words("{file}: {reason}", file=fault.source, reason=in_our_words(fault.detail))
        case Expected.TOML:
            return words("{file}: no valid TOML: {reason}", file=fault.source, reason=fault.detail)
        case Expected.KNOWN_KEY:
            return words("{file}: {key} is not a setting", file=fault.source, key=fault.key)
        case _:
            return words(
                "{file}: {key} is {value}; expected {expected}",
                file=fault.source,
                key=fault.key,
                value=fault.value or words("empty"),
                expected=_expected(fault),
            )


def _expected(fault: Fault) -> Words:
    match fault.expected:
        case Expected.WHOLE_NUMBER:
            return words("a whole number")
        case Expected.AT_LEAST:
            return words("at least {limit}", limit=fault.detail)
        case Expected.AT_MOST:
            return words("at most {limit}", limit=fault.detail)
        case Expected.TRUTH:
            return words("true or false")
        case Expected.CHOICE:
            return words("one of {choices}", choices=fault.detail)
        case Expected.NAME:
            return words("letters, digits, dots, dashes and underscores, at most 64")
        case Expected.ADDRESS:
            return words("an address such as https://plan.example.org, without a path")
        case Expected.TABLE:
            return words("a table [{key}] with settings of its own", key=fault.key)
        case _:
            return words("text")
