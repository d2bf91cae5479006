"""Words for roles, wherever one is shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from domain.account import Role
from domain.words import Words, words

_ROLES: Mapping[Role, Words] = MappingProxyType(
    {
        Role.HEAD_NURSE: words("Head nurse"),
        Role.NURSE: words("Nurse"),
        Role.TECHNICIAN: words("Technician"),
        Role.DOCTOR: words("Doctor"),
        Role.ADMIN: words("Administrator"),
    }
)


def role_words(role: Role) -> Words:
    """What a role is called."""
    return _ROLES[role]
