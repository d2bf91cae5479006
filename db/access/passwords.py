"""Passwords as they are stored, and what is asked of one.

Argon2id with the parameters that its library recommends: 64 MiB and about 50 ms of work, so
that a stolen database is not a list of passwords.
"""

from __future__ import annotations

from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from domain.words import Words, words

SHORTEST = 10
LONGEST = 200
"""Hashing takes longer the longer a text is; nobody may keep the server busy with a book."""
_DIFFERENT = 5


@cache
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@cache
def _nobodys() -> str:
    """What an unknown name is held against, so that it takes as long as a known one."""
    return hashed("the password of nobody")


def hashed(password: str) -> str:
    """What is stored of a password; takes time, so never inside a transaction."""
    return _hasher().hash(password)


def matches(password: str, stored: str | None) -> bool:
    """True if it is the password that was stored; as slow if nothing was."""
    if len(password) > LONGEST:
        return False
    right = _hasher().verify(password, stored or _nobodys())
    return right and stored is not None


def objections(password: str, name: str, former: str = "") -> tuple[Words, ...]:
    """Why a password is not good enough; nothing if it is. `name` is what its owner types to
    sign in, `former` the password that it takes the place of."""
    found = []
    if len(password) < SHORTEST:
        found.append(words("The password needs at least {count} characters.", count=SHORTEST))
    if len(password) > LONGEST:
        found.append(words("The password may have {count} characters at most.", count=LONGEST))
    if len(set(password)) < _DIFFERENT:
        found.append(words("The password repeats the same few characters."))
    if name and name.casefold() in password.casefold():
        found.append(words("The password must not contain the name."))
    if former and password == former:
        found.append(words("The new password must differ from the present one."))
    return tuple(found)
