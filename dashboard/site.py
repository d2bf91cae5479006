"""What the web serves: one center, its two databases, and what the house has set.

Streamlit runs its script in many threads of one process and hands it nothing; therefore the one
site of the process is put here by the server before it listens, and never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from db.care.present import Sources
from domain.alarm import Priority
from domain.choreography import STANDARD_PACE, Pace
from domain.words import Say

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Site:
    """`name` is what the center is called on topics, `center` its code in the database.
    `speak` gives what says words in a language, in papers and pages of a year. `start_job`
    starts the search with that number in a process of its own. `secure`: browsers reach it by
    HTTPS. `single_sign_on`: the claim of the hospital's identity provider that names an account;
    empty if nobody signs in that way. `demo`: everything in it is invented, and it listens on
    this machine only."""

    center: str
    name: str
    here: Sources
    speak: Callable[[str, int | None], Say]
    clock: Callable[[], datetime]
    escalation: Mapping[Priority, timedelta]
    history_weeks: int
    plan_seconds: int
    papers: Path
    start_job: Callable[[int], None]
    secure: bool = False
    single_sign_on: str = ""
    demo: bool = False
    pace: Pace = STANDARD_PACE


_installed: list[Site] = []


def install(site: Site) -> None:
    """Before anything is served; a test installs another one in place of the last."""
    _installed[:] = [site]


def site() -> Site:
    """The one of this process. Raises LookupError if the server has not put it here."""
    if not _installed:
        raise LookupError("no site is installed; the server does it before it listens")
    return _installed[0]
