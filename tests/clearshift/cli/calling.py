"""Calling the program in this process, as a person or a script would."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from clearshift.cli.main import main


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What was printed, without the filling at the ends of lines."""
        return [line.rstrip() for line in self.out.splitlines()]

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Ask = Callable[..., Answer]


def asking(printed: pytest.CaptureFixture[str]) -> Ask:
    """What calls the program."""

    def ask(*argv: object, code: int | None = 0) -> Answer:
        """The answer; its exit code must be the expected one."""
        found = main([str(argument) for argument in argv])
        answer = Answer(found, *printed.readouterr())
        assert code is None or found == code, answer.out + answer.err
        return answer

    return ask
