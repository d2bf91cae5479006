"""Who decided that a draft may break what it breaks, and what nobody has decided yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dashboard.board.opened import Opened
from db.drafts import Override
from domain.plan import Violation


def decided(there: Opened) -> Iterator[Override]:
    """For each broken hard rule this draft's last word, else what the version it is made of
    has kept."""
    for rule, patient in dict.fromkeys(map(_what, there.verdict.broken)):
        steps = [
            step
            for step in there.counting
            if rule in step.overridden
            and (not patient or any(one.patient == patient for one in step.moves))
        ]
        if steps:
            last = steps[-1]
            yield Override(rule, patient, last.who, last.reason, last.at)
            continue
        yield from (one for one in there.overrides if (one.rule, one.patient) == (rule, patient))


def undecided(there: Opened) -> tuple[Violation, ...]:
    """What the draft breaks that its version does not, without a reason by anybody."""
    if not there.counting:
        return ()
    known = {(one.rule, one.patient) for one in decided(there)}
    fresh = Counter(there.verdict.broken) - Counter(there.stored_verdict.broken)
    return tuple(one for one in fresh if _what(one) not in known)


def _what(one: Violation) -> tuple[str, str]:
    return one.rule, one.patient or ""
