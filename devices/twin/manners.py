"""How badly a simulated machine behaves on its line, by rate and seed. Pure: the chance is
handed in, nothing waits.

A machine that answers every poll at once and whole would let a gateway pass that no real line
would let pass.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

_FLIPPED = 3
_GARBAGE = 12


@dataclass(frozen=True, slots=True)
class Manners:
    """Rates by message, 0 to 1; at most one of them befalls a message. Times in seconds: a
    message begins between `quickest` and `slowest` after its cause, a late one `lateness`
    later. `truncated`: its end never comes; `noisy`: bits are flipped; `garbage`: stray bytes
    come before it."""

    quickest: float = 0.030
    slowest: float = 0.250
    missing: float = 0.01
    late: float = 0.005
    lateness: float = 2.0
    truncated: float = 0.005
    noisy: float = 0.005
    garbage: float = 0.005


USUAL = Manners()
"""A serial line in a ward: 1 % of the answers never come, 2 % come wrong or late."""

WELL_CARRIED = Manners(missing=0.0, truncated=0.0, noisy=0.0, garbage=0.0)
"""A TCP connection delivers what was sent, whole and in order; it can only be late."""

POLITE = Manners(missing=0.0, late=0.0, truncated=0.0, noisy=0.0, garbage=0.0)
"""Every message comes, whole; the pause before it is still a machine's."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What becomes of a message: the bytes that do leave, and the seconds until the first."""

    delay: float
    raw: bytes


def uttered(message: bytes, manners: Manners, chance: Random) -> Utterance | None:
    """What a machine of these manners makes of a message; `None`: it never comes."""
    delay = chance.uniform(manners.quickest, manners.slowest)
    lot = chance.random()
    for rate, mishap in (
        (manners.missing, _missing),
        (manners.late, _late),
        (manners.truncated, _truncated),
        (manners.noisy, _noisy),
        (manners.garbage, _after_garbage),
    ):
        if lot < rate:
            return mishap(Utterance(delay, message), manners, chance)
        lot -= rate
    return Utterance(delay, message)


def mangled(raw: bytes, chance: Random) -> bytes:
    """What arrives when both ends are set to different speeds: as many bytes, none of them
    told apart from chance."""
    return chance.randbytes(len(raw))


def slowed(manners: Manners, seconds: float) -> Manners:
    """The same machine, answering so much later."""
    return replace(manners, quickest=manners.quickest + seconds, slowest=manners.slowest + seconds)


def garbled(manners: Manners) -> Manners:
    """The same machine on a line where no message comes through as it was sent."""
    return replace(manners, missing=0.0, late=0.0, truncated=0.0, noisy=1.0, garbage=0.0)


def _missing(_said: Utterance, _manners: Manners, _chance: Random) -> None:
    return None


def _late(said: Utterance, manners: Manners, chance: Random) -> Utterance:
    return replace(said, delay=said.delay + manners.lateness * chance.uniform(0.5, 1.5))


def _truncated(said: Utterance, _manners: Manners, chance: Random) -> Utterance:
    return replace(said, raw=said.raw[: chance.randrange(1, max(2, len(said.raw)))])


def _noisy(said: Utterance, _manners: Manners, chance: Random) -> Utterance:
    raw = bytearray(said.raw)
    for _ in range(chance.randint(1, _FLIPPED)):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return replace(said, raw=bytes(raw))


def _after_garbage(said: Utterance, _manners: Manners, chance: Random) -> Utterance:
    return replace(said, raw=chance.randbytes(chance.randint(1, _GARBAGE)) + said.raw)
