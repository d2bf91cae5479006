"""Fair shares: how many nights, late duties or weekends a nurse should have at most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from domain.nurse_roster import NurseNeed
from domain.nurse_terms import DutyKind, NurseBurden
from domain.ward import Ward

Test = Callable[[DutyKind], bool]


def shares(ward: Ward, burden: NurseBurden, test: Test) -> Mapping[str, int]:
    """The most duties that pass the test which each nurse should have, with what was borne
    before: among those who can stand in for each other nobody shall be above the lowest level
    at which the need is met. A nurse who cannot have such a duty is not listed."""
    kinds = [kind for kind in ward.kinds if test(kind)]
    found: dict[str, int] = {}
    for zones, nurses in crews(ward):
        able = [nurse for nurse in nurses if _able(ward, nurse, kinds)]
        total = sum(need.nurses for need in ward.needs if _asks(ward, need, zones, kinds))
        found |= _filled(ward, burden, able, total)
    return found


def weekend_shares(ward: Ward) -> Mapping[str, int]:
    """The same for weekends: each needs as many people as the busier of its days."""
    found: dict[str, int] = {}
    for zones, nurses in crews(ward):
        total = 0
        for pair in ward.weekends:
            total += max(
                sum(
                    need.nurses
                    for need in ward.needs
                    if need.turn.day == day and not need.skill and need.zone in zones
                )
                for day in pair
            )
        found |= _filled(ward, NurseBurden.WEEKEND, list(nurses), total)
    return found


def crews(ward: Ward) -> list[tuple[frozenset[str], tuple[str, ...]]]:
    """Zones, with their nurses, that no nurse connects with others."""
    found: list[tuple[set[str], list[str]]] = []
    for code, nurse in ward.nurse.items():
        if not nurse.zones:
            continue
        near = [one for one in found if one[0] & nurse.zones]
        zones, codes = set(nurse.zones), [code]
        for one in near:
            zones |= one[0]
            codes += one[1]
            found.remove(one)
        found.append((zones, codes))
    return [(frozenset(zones), tuple(sorted(codes))) for zones, codes in found]


def _able(ward: Ward, nurse: str, kinds: Iterable[DutyKind]) -> bool:
    allowed = ward.contracts[nurse].shifts
    return any(not allowed or kind.shifts <= allowed for kind in kinds)


def _asks(ward: Ward, need: NurseNeed, zones: frozenset[str], kinds: list[DutyKind]) -> bool:
    here = not need.skill and need.zone in zones
    return here and any(ward.covers(kind, need.turn) for kind in kinds)


def _filled(ward: Ward, burden: NurseBurden, able: list[str], total: int) -> dict[str, int]:
    """Everybody up to one level, the lowest at which there is room for all of them."""
    borne = {nurse: ward.balance(nurse, burden) for nurse in able}
    level = min(borne.values(), default=0)
    while able and sum(max(0, level - one) for one in borne.values()) < total:
        level += 1
    return {nurse: max(0, level - one) for nurse, one in borne.items()}
