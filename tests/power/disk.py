"""What may be left on a disk when the power goes: everything that was synced, and of what came
later any part, whole or torn.

Names are kept in the order in which they were made and removed, as a journaling file system
does; those after the last sync of their folder are lasting up to a random one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.power.trace import Cut, Opened, Removed, Said, Step, Synced, Written

SECTOR = 512
TORN = 0.1


class _File:
    """One file, whatever its name: what lasts, and what was asked since the last sync."""

    def __init__(self) -> None:
        self.lasting = bytearray()
        self.asked: list[Written | Cut] = []

    def sync(self) -> None:
        for one in self.asked:
            _apply(self.lasting, one)
        self.asked.clear()

    def left(self, chance: Random) -> bytes:
        """What may be there after a cut."""
        data = bytearray(self.lasting)
        for one in self.asked:
            if chance.random() < 0.5:
                _apply(data, _torn(one, chance) if chance.random() < TORN else one)
        return bytes(data)


class Disk:
    """Follows a program's steps; `left` may be asked after any of them."""

    def __init__(self) -> None:
        self._names: dict[str, _File] = {}
        self._lasting: dict[str, _File] = {}
        self._asked: list[tuple[str, _File | None]] = []
        self.said: list[str] = []

    def follow(self, step: Step) -> None:
        match step:
            case Opened(path):
                if path not in self._names:
                    self._name(path, _File())
            case Removed(path):
                self._name(path, None)
            case Said(text):
                self.said += text.splitlines()
            case Synced(path):
                self._sync(path)
            case Written(path) | Cut(path):
                if path in self._names:
                    self._names[path].asked.append(step)

    def left(self, chance: Random) -> dict[str, bytes]:
        """Files by path as the next start may find them."""
        names = dict(self._lasting)
        for path, file in self._asked[: chance.randint(0, len(self._asked))]:
            _set(names, path, file)
        return {path: file.left(chance) for path, file in names.items()}

    def _name(self, path: str, file: _File | None) -> None:
        _set(self._names, path, file)
        self._asked.append((path, file))

    def _sync(self, path: str) -> None:
        if path in self._names:
            self._names[path].sync()
            return
        inside = [(name, file) for name, file in self._asked if str(Path(name).parent) == path]
        for name, file in inside:
            _set(self._lasting, name, file)
        self._asked = [one for one in self._asked if one not in inside]


def after(steps: Sequence[Step], count: int) -> Disk:
    """A disk that has followed so many steps."""
    disk = Disk()
    for step in steps[:count]:
        disk.follow(step)
    return disk


def _set(names: dict[str, _File], path: str, file: _File | None) -> None:
    if file is None:
        names.pop(path, None)
    else:
        names[path] = file


def _apply(data: bytearray, asked: Written | Cut) -> None:
    match asked:
        case Written(_, place, new):
            if len(data) < place:
                data.extend(bytes(place - len(data)))
            data[place : place + len(new)] = new
        case Cut(_, size):
            data.extend(bytes(max(0, size - len(data))))
            del data[size:]


def _torn(asked: Written | Cut, chance: Random) -> Written | Cut:
    """Only the first sectors of a write arrive."""
    if isinstance(asked, Cut):
        return asked
    sectors = len(asked.data) // SECTOR
    return Written(asked.path, asked.place, asked.data[: SECTOR * chance.randint(0, sectors)])
