"""Texts that people typed, for places where Streamlit reads Markdown."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-!|~$:<>])")


def plain(text: str) -> str:
    """The text so that nothing in it is taken for a sign: a name is never a link or an icon."""
    return _SIGNS.sub(r"\\\1", text)
