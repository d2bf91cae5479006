"""Saying no to a center that cannot be made."""

from __future__ import annotations

from domain.words import Words, words


class SampleRefusal(ValueError):
    """The figures do not make a center; `reasons` names every one that is wrong."""

    def __init__(self, *reasons: Words) -> None:
        super().__init__("; ".join(str(reason) for reason in reasons))
        self.reasons = reasons


def outside(name: Words, found: float, least: float, most: float) -> tuple[Words, ...]:
    """The reason to refuse a figure, if it is not from `least` to `most`."""
    if least <= found <= most:
        return ()
    return (
        words(
            "{figure}: found {found}, expected {least} to {most}",
            figure=name,
            found=found,
            least=least,
            most=most,
        ),
    )
