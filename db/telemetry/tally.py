"""Which numbers of one boot are settled: all up to a watermark, and islands above it. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

MOST_ISLANDS = 1_000
"""A gateway counts without gaps and resends what is missing, so that islands are few; a number
that would begin one more is not taken until the gaps below it are closed."""


class Tally:
    """Numbers from 1 on. State over time: numbers are only ever added."""

    __slots__ = ("islands", "settled")

    def __init__(self, settled: int = 0, islands: Sequence[tuple[int, int]] = ()) -> None:
        self.settled = settled
        self.islands = list(islands)

    @classmethod
    def read(cls, settled: int, text: str) -> Tally:
        """As it was stored: the islands as "4-6,9-9"."""
        pairs = (part.split("-") for part in text.split(",") if part)
        return cls(settled, [(int(first), int(last)) for first, last in pairs])

    @property
    def text(self) -> str:
        """The islands, to be stored."""
        return ",".join(f"{first}-{last}" for first, last in self.islands)

    @property
    def count(self) -> int:
        """How many numbers are settled."""
        return self.settled + sum(last - first + 1 for first, last in self.islands)

    @property
    def highest(self) -> int:
        """The largest settled number; 0 if there is none."""
        return self.islands[-1][1] if self.islands else self.settled

    def __contains__(self, number: int) -> bool:
        if number <= self.settled:
            return True
        place = self._place(number)
        return place < len(self.islands) and self.islands[place][0] <= number

    def takes(self, number: int) -> bool:
        """False for a number that would begin one island too many."""
        if number <= self.settled + 1 or len(self.islands) < MOST_ISLANDS:
            return True
        place = self._place(number)
        begins = self.islands[place][0] if place < len(self.islands) else number + 2
        ends = self.islands[place - 1][1] if place else 0
        return begins <= number + 1 or ends == number - 1

    def add(self, number: int) -> bool:
        """Settles a number. False if it was settled already."""
        if number == self.settled + 1:
            self.settled = number
            if self.islands:
                self._join_first()
            return True
        if number in self:
            return False
        self._grow(self._place(number), number)
        return True

    def _place(self, number: int) -> int:
        """The first island that does not end below the number."""
        return bisect_left(self.islands, number, key=lambda island: island[1])

    def _join_first(self) -> None:
        if self.islands[0][0] == self.settled + 1:
            self.settled = self.islands.pop(0)[1]

    def _grow(self, place: int, number: int) -> None:
        first = last = number
        if place < len(self.islands) and self.islands[place][0] == number + 1:
            last = self.islands.pop(place)[1]
        if place and self.islands[place - 1][1] == number - 1:
            place -= 1
            first = self.islands.pop(place)[0]
        self.islands.insert(place, (first, last))
