"""Numbers for what is accepted: a boot at random, and from 1 upwards for each machine.

An entry that has no number yet carries 0, which the wire refuses: it cannot leave by mistake.
"""

from __future__ import annotations

from domain.telemetry import Entry, Key

UNNUMBERED = 0
BOOT_BYTES = 16


def boot_of(chance: bytes) -> str:
    """The name of a boot from 16 bytes of the system's randomness. A counter would begin anew
    on a gateway that is set up again, and everything it said would be taken for repeats."""
    if len(chance) != BOOT_BYTES:
        raise ValueError(f"{len(chance)} bytes, {BOOT_BYTES} are needed")
    return chance.hex()


def numbered(entry: Entry, seq: int) -> Entry:
    """The entry with its number."""
    key = entry.key
    return entry._replace(key=Key(key.machine, key.boot, seq))
