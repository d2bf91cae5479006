"""What would close a gap, as far as the proofs say. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.shortage import Cap, Obstacle, Unplaced
from domain.words import Words, words


def closing(one: Unplaced) -> Iterator[Words]:
    """Sentences, the surest first; none where nothing is known."""
    if one.clash is not None:
        yield words(
            "Only other data can help: {facts}.",
            facts=tuple(fact.words for fact in one.clash.facts) or (one.clash.words,),
        )
        return
    if one.room:
        yield words("There is room: plan again, or put the session there on the board.")
        return
    if len(one.obstacles) == 1:
        yield words(
            "Nothing helps without more room here: {place}.", place=_wanted(one.obstacles[0])
        )
    elif one.obstacles:
        yield words(
            "Nothing helps without more room in one of these: {places}.",
            places=tuple(map(_wanted, one.obstacles)),
        )


def proofs(short: Iterable[Unplaced]) -> tuple[Words, ...]:
    """What is proven of those who go short, each proof once."""
    found = dict.fromkeys(one.shortfall for one in short if one.shortfall is not None)
    return tuple(
        words(
            "Proven for every plan: {proof}; at least {short} more seats are needed there.",
            proof=one.words,
            short=one.short,
        )
        for one in found
    )


def _wanted(obstacle: Obstacle) -> Words:
    place = obstacle.place.words
    match obstacle.place.cap:
        case Cap.NURSES:
            return words("{place} (another nurse)", place=place)
        case Cap.HELD:
            return words("{place} (a seat that is held back)", place=place)
        case _:
            return words("{place} (another station)", place=place)
