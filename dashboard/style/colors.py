"""The colors of the tokens by name, for charts, which cannot read a style sheet."""

from __future__ import annotations

import re
from functools import cache

from dashboard.style.css import tokens

_TOKEN = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-fA-F]{6});")


def color(name: str) -> str:
    """A color on light ground, such as `color("brand")`. Raises KeyError for another name."""
    return _light()[name]


@cache
def _light() -> dict[str, str]:
    light = tokens().partition(".cs-dark {")[0]
    return dict(_TOKEN.findall(light))
