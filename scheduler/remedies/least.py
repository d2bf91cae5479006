"""As little as will do: how much of each part is needed, when more never hurts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Amounts = Mapping[str, int]
"""How much of each part, by the part's name."""


def least(most: Amounts, closes: Callable[[Amounts], bool]) -> dict[str, int] | None:
    """Amounts that close, of which none can be reduced by one; `None` if even the most do not.

    Parts are given up from the last to the first, so the ones to keep stand first. Whole runs
    of parts are given up at once where that works, and a part's amount is halved in, so the
    questions asked grow with what is needed, not with what is offered.
    """
    if not closes(most):
        return None
    kept = dict(most)
    _thin(list(most), kept, closes)
    return {name: amount for name, amount in kept.items() if amount}


def smaller(amounts: Amounts) -> list[dict[str, int]]:
    """The amounts with one less of one part, for each part."""
    return [{other: many - (other == name) for other, many in amounts.items()} for name in amounts]


def _thin(names: Sequence[str], kept: dict[str, int], closes: Callable[[Amounts], bool]) -> None:
    if closes({**kept, **dict.fromkeys(names, 0)}):
        kept.update(dict.fromkeys(names, 0))
    elif len(names) == 1:
        kept[names[0]] = _fewest(names[0], kept, closes)
    else:
        half = len(names) // 2
        _thin(names[half:], kept, closes)
        _thin(names[:half], kept, closes)


def _fewest(name: str, kept: Amounts, closes: Callable[[Amounts], bool]) -> int:
    """The least amount of one part; none at all is known to be too little."""
    low, high = 0, kept[name]
    while high - low > 1:
        middle = (low + high) // 2
        if closes({**kept, name: middle}):
            high = middle
        else:
            low = middle
    return high
