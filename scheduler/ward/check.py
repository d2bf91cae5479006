"""The judge of rosters: every rule held against one, without any solver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.nurse_roster import NurseFinding, NurseGap, NurseRoster
from domain.ward import Ward
from scheduler.ward.gaps import gaps
from scheduler.ward.rules import NURSE_RULES
from scheduler.ward.rules.rule import NurseRule


@dataclass(frozen=True, slots=True)
class RosterVerdict:
    """All there is to say against a roster: hard rules broken, what soft ones cost, and every
    gap by name."""

    broken: tuple[NurseFinding, ...]
    paid: tuple[NurseFinding, ...]
    gaps: tuple[NurseGap, ...]

    @property
    def legal(self) -> bool:
        """True if no hard rule is broken. A legal roster may have gaps."""
        return not self.broken

    @property
    def cost(self) -> int:
        """Everything that is paid, weighed."""
        return sum(one.cost for one in self.paid)

    @property
    def missing(self) -> int:
        """Nurses missing, turn by turn; skills are not counted twice."""
        return sum(gap.missing for gap in self.gaps if not gap.need.skill)


def check_roster(
    ward: Ward, roster: NurseRoster, rules: Iterable[NurseRule] = NURSE_RULES
) -> RosterVerdict:
    """Holds a roster against every enabled rule."""
    broken: list[NurseFinding] = []
    paid: list[NurseFinding] = []
    for rule in enabled(ward, rules):
        (broken if rule.hard else paid).extend(rule.check(ward, roster))
    return RosterVerdict(tuple(broken), tuple(paid), gaps(ward, roster))


def enabled(ward: Ward, rules: Iterable[NurseRule] = NURSE_RULES) -> Iterator[NurseRule]:
    """The rules that are switched on."""
    return (rule for rule in rules if ward.row(rule.name).enabled)
