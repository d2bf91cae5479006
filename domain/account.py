"""Who may sign in, and what people outside the house may open: roles, links, displays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in the center; what a role may do stands in one table of the web."""

    HEAD_NURSE = "head nurse"
    NURSE = "nurse"
    TECHNICIAN = "technician"
    DOCTOR = "doctor"
    ADMIN = "admin"


class DisplayKind(StrEnum):
    """Where a display hangs: in a corridor, where nobody may be recognized, or in the staff's
    own room."""

    CORRIDOR = "corridor"
    STATION = "nurse station"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody of the staff. `name` is what is typed in to sign in, `shown` what others read;
    `must_change`: the password is one that somebody else knows."""

    name: str
    shown: str
    role: Role
    must_change: bool
    disabled_at: datetime | None = None

    @property
    def enabled(self) -> bool:
        """True if the account may be used."""
        return self.disabled_at is None


@dataclass(frozen=True, slots=True)
class Display:
    """A screen that may be seen without signing in."""

    title: str
    kind: DisplayKind
    created_by: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class PatientLink:
    """A patient's way to the own sessions; the secret itself is stored nowhere."""

    patient: str
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Something that somebody did. `digest` covers the entry and the digest before it, so that
    a change of any entry shows in all later ones."""

    number: int
    at: datetime
    who: str
    role: str
    act: str
    subject: str
    before: object
    after: object
    previous: str
    digest: str
