"""Every address that the server answers, and what it takes to be answered: the one table that
the gate goes by.

What is not in it is refused, signed in or not: a route that somebody adds is closed until it
has a line here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from dashboard.rights import Right, may
from dashboard.screens.listed import SCREENS
from domain.account import Role


class Needs(StrEnum):
    """What it takes, where it is no right of its own."""

    NOTHING = "nothing"
    SINGLE_SIGN_ON = "nothing where single sign-on is set up; elsewhere it is not answered"
    SIGN_IN = "a sign-in"
    OTHER_PASSWORD = "a sign-in, even one that still has to change its password"
    NEVER = "is not answered at all"


Need = Needs | Right


class Kind(StrEnum):
    """What an address gives: which headers it gets, and how it is refused."""

    PLAIN = "a page of ours without Streamlit"
    FILE = "a file that is the same for everybody"
    APP = "Streamlit's page, or something that it fetches"


@dataclass(frozen=True, slots=True)
class Way:
    """An address and what it takes. One that ends in a slash stands for everything below it,
    and not for itself."""

    path: str
    need: Need
    kind: Kind = Kind.APP

    def leads_to(self, path: str) -> bool:
        """True if the address belongs to this line."""
        if self.path.endswith("/") and self.path != "/":
            return path.startswith(self.path) and path != self.path
        return path == self.path


HOSPITAL = (
    Way("/signin/hospital", Needs.SINGLE_SIGN_ON, Kind.PLAIN),
    Way("/oauth2callback", Needs.SINGLE_SIGN_ON, Kind.PLAIN),
)
"""The way to the hospital's identity provider and back: answered by us, not by Streamlit."""

OPEN = (
    Way("/signin", Needs.NOTHING, Kind.PLAIN),
    Way("/signin/", Needs.NOTHING, Kind.FILE),
    Way("/language/", Needs.NOTHING, Kind.PLAIN),
    Way("/healthz", Needs.NOTHING, Kind.PLAIN),
    Way("/p/", Needs.NOTHING, Kind.PLAIN),
    Way("/ics/", Needs.NOTHING, Kind.PLAIN),
    Way("/wall/files/", Needs.NOTHING, Kind.FILE),
    Way("/wall/", Needs.NOTHING, Kind.PLAIN),
)
"""What is answered without a sign-in: the way in, and what has a secret in its address."""

OURS = (
    Way("/signout", Needs.OTHER_PASSWORD, Kind.PLAIN),
    Way("/password", Needs.OTHER_PASSWORD, Kind.PLAIN),
    Way("/signed-in", Needs.SIGN_IN, Kind.PLAIN),
    Way("/stream/wall", Right.SEE_MACHINES, Kind.PLAIN),
)

STREAMLIT = (
    Way("/", Needs.SIGN_IN),
    Way("/_stcore/health", Needs.SIGN_IN),
    Way("/_stcore/host-config", Needs.SIGN_IN),
    Way("/_stcore/stream", Needs.SIGN_IN),
    Way("/_stcore/upload_file/", Needs.SIGN_IN),
    Way("/_stcore/bidi-components/", Needs.SIGN_IN),
    Way("/_stcore/", Needs.NEVER),
    Way("/component/", Needs.SIGN_IN),
    Way("/media/", Needs.SIGN_IN),
    Way("/static/", Needs.SIGN_IN, Kind.FILE),
    Way("/favicon.png", Needs.SIGN_IN, Kind.FILE),
    Way("/manifest.json", Needs.SIGN_IN, Kind.FILE),
    Way("/auth/", Needs.NEVER),
)
"""What Streamlit answers. Its metrics, its way for programs to drive the page and its own
sign-in are closed: what that is used for goes through `HOSPITAL`."""


@cache
def ways() -> tuple[Way, ...]:
    """The whole table; the first line that fits counts."""
    screens = tuple(Way(f"/{screen.path}", screen.right) for screen in SCREENS)
    return (*HOSPITAL, *OPEN, *OURS, *STREAMLIT, *screens)


def way_of(path: str, table: Sequence[Way] | None = None) -> Way:
    """The line that an address belongs to; a closed one if there is none."""
    lines = ways() if table is None else table
    return next((way for way in lines if way.leads_to(path)), Way(path, Needs.NEVER))


@cache
def home_of(role: Role) -> str:
    """The address of the first screen that a role may see; empty if there is none."""
    return next((f"/{one.path}" for one in SCREENS if may(role, one.right)), "")


def plain_path(path: str) -> bool:
    """True if an address means what it says: one with detours could be read as one address here
    and as another by what it is handed to."""
    if not path.startswith("/") or not path.isprintable() or "\\" in path:
        return False
    *folders, _ = parts = path[1:].split("/")
    return "" not in folders and not {".", ".."} & set(parts)
