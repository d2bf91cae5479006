"""Style sheets as texts: a component gets the tokens in front of its own rules."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_TOKENS = "tokens.css"


@cache
def with_tokens(package: str, name: str) -> str:
    """The style sheet of a package, such as `dashboard.board`, behind the tokens."""
    return f"{tokens()}\n{text(package, name)}"


@cache
def tokens() -> str:
    """Colors, type and spacing as CSS variables."""
    return text("dashboard.style", _TOKENS)


@cache
def text(package: str, name: str) -> str:
    """A file that lies beside a package's code."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


@cache
def dark_by_preference() -> str:
    """The dark colors for whoever has set the device to dark."""
    _, _, rest = tokens().partition(".cs-dark {")
    body = rest.partition("}")[0].strip()
    return f"@media (prefers-color-scheme: dark) {{ .cs {{ {body} }} }}\n"


def compact(css: str) -> str:
    """The same rules without comments and indentation, for pages that go over slow lines."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*([{}:;,])\s*|\s+", lambda found: found[1] or " ", bare).strip()
