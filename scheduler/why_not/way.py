"""From an arrangement to a plan that may be answered with: seated, judged, and compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from domain.changes import changes
from domain.concession import Concession, price
from domain.plan import ChangeKind, RuleCost, Violation
from domain.why_not import Way
from scheduler.check import Verdict, check
from scheduler.why_not.arrange import Arranged
from scheduler.why_not.ground import Ground
from scheduler.why_not.said import concession_words
from scheduler.why_not.seats import seated


class Disagreement(RuntimeError):
    """The checker has something against a plan that the search calls legal: an error of ours,
    which must not be answered with."""


def way_of(
    now: Ground, changed: Ground, concessions: tuple[Concession, ...], found: Arranged
) -> Way | None:
    """The arrangement, found on the changed ground, as a way from the plan as it is now; `None` if
    that plan itself sits people where nobody could be seated. Raises Disagreement."""
    plan = None if found.berths is None else seated(changed, found.berths)
    if plan is None:
        return None
    verdict = check(changed.problem, plan, changed.rules)
    moved = changes(now.plan, plan)
    return Way(
        concessions=concessions,
        said=tuple(concession_words(now.problem, one) for one in concessions),
        minutes=price(now.problem, concessions),
        plan=plan,
        changes=moved,
        costs=differences(now.verdict, verdict),
        broken=_broken(changed, verdict),
        others=found.others,
        sessions=found.sessions,
        stations=sum(one.kind is ChangeKind.STATION for one in moved),
    )


def _broken(ground: Ground, verdict: Verdict) -> tuple[Violation, ...]:
    """What the plan breaks that the one in force does not; only what a doctor let go."""
    fresh = Counter(verdict.broken) - Counter(ground.verdict.broken)
    spared = {(one.patient, one.rule) for one in ground.let_go}
    wrong = [one for one in fresh if (one.patient, one.rule) not in spared]
    if wrong:
        raise Disagreement("; ".join(str(one.words) for one in wrong))
    return tuple(fresh.elements())


def differences(before: Verdict, after: Verdict) -> tuple[RuleCost, ...]:
    """Each soft rule whose cost differs, by how much, in the center's order."""
    was = {one.rule: one.cost for one in before.costs}
    found = (replace(one, cost=one.cost - was.get(one.rule, 0)) for one in after.costs)
    return tuple(sorted((one for one in found if one.cost), key=lambda one: (one.tier, one.rule)))
