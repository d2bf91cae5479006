"""Others on the same instances, in the same run, each in a process of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.family import Family, Job
from benchmarks.figures import geometric_mean, median, number, p95, seconds, share
from benchmarks.peers.names import (
    COLUMNS,
    CP_SAT,
    GREEDY,
    HIGHS,
    OURS,
    SESSIONS,
    TIMEFOLD,
    TIMEFOLD_GREEDY,
)
from benchmarks.records import Records
from benchmarks.rows import Peer
from benchmarks.scale import Scale, Size
from benchmarks.tables import table

_GOALS = ("0.33", "0.50", "0.50")
"""Ours over the best HiGHS, at 32, 64 and 128 machines."""


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    return [
        Job(
            "peer",
            {
                "peer": peer,
                "machines": size.machines,
                "patients": size.patients,
                "seed": seed,
                "limit": limit,
                "workers": scale.workers,
            },
            patience=3 * limit + 300,
        )
        for size, seed, peer, limit in _instances(scale, seeds)
    ]


def _instances(scale: Scale, seeds: int | None) -> Iterator[tuple[Size, int, str, float]]:
    """Instance by instance, so that all who plan it do so under the same conditions."""
    for size, cp_sat_seeds in zip(scale.growth, scale.cp_sat_seeds, strict=True):
        first = size == scale.center
        for seed in range(1, (seeds or (scale.seeds if first else scale.growth_seeds)) + 1):
            for peer in (OURS, SESSIONS, COLUMNS, GREEDY):
                yield size, seed, peer, scale.peer_limit
            if seed <= cp_sat_seeds:
                yield size, seed, CP_SAT, scale.peer_limit
            if first and seed <= scale.timefold_seeds:
                yield size, seed, TIMEFOLD, scale.timefold_limit
                yield size, seed, TIMEFOLD_GREEDY, scale.timefold_limit


_HEADINGS = (
    "Who", "instances", "limit", "proven", "median", "p95", "legal", "short of sessions",
    "worse than ours", "better than ours", "cost over ours",
)  # fmt: skip
_RATIO_HEADINGS = (
    "Time to proof, ours over the best HiGHS", "instances", "geometric mean", "worst",
    "goal: at most",
)  # fmt: skip

_Instances = Mapping[int, Mapping[str, Peer]]
"""Of one size: by seed, who made what of it."""


def _report(records: Records) -> str:
    sizes: defaultdict[Size, defaultdict[int, dict[str, Peer]]]
    sizes = defaultdict(lambda: defaultdict(dict))
    for row in records.rows:
        sizes[Size(row.machines, row.patients)][row.seed][row.peer] = row
    parts = []
    for size, instances in sizes.items():
        parts.append(f"{size} (machines/patients):\n\n{table(_HEADINGS, _lines(instances))}\n")
        parts.extend(f"{note}\n\n" for note in _notes(instances))
    return "".join(parts) + table(_RATIO_HEADINGS, _ratios(sizes))


def _lines(instances: _Instances) -> Iterator[list[str]]:
    for peer in (OURS, SESSIONS, COLUMNS, CP_SAT, TIMEFOLD, TIMEFOLD_GREEDY, GREEDY):
        rows = [found[peer] for found in instances.values() if peer in found]
        ran = [row for row in rows if row.ran]
        if rows and not ran:
            yield [peer, str(len(rows)), rows[0].note, *[""] * 8]
        elif ran:
            yield _line(peer, ran, [instances[row.seed].get(OURS) for row in ran])


def _line(peer: str, rows: Sequence[Peer], ours: Sequence[Peer | None]) -> list[str]:
    pairs = [(row, own) for row, own in zip(rows, ours, strict=True) if own is not None and own.ran]
    times = [row.seconds for row in rows]
    ratios = [
        row.cost[-1] / own.cost[-1]
        for row, own in pairs
        if row.cost[:-1] == own.cost[:-1] and own.cost[-1]
    ]
    return [
        peer,
        str(len(rows)),
        "-" if peer == GREEDY else f"{rows[0].limit:g} s",
        share(sum(row.proven for row in rows), len(rows)),
        seconds(median(times)),
        seconds(p95(times)),
        share(sum(row.legal for row in rows), len(rows)),
        str(sum(row.short for row in rows)),
        *_compared(peer, pairs),
        f"{geometric_mean(ratios):.3f} ({len(ratios)})" if ratios and peer != OURS else "-",
    ]


def _compared(peer: str, pairs: Sequence[tuple[Peer, Peer]]) -> tuple[str, str]:
    """Costs compared tier by tier; an illegal plan is worse than a legal one."""
    if peer == OURS:
        return "-", "-"
    worse = sum((not row.legal, row.cost) > (not own.legal, own.cost) for row, own in pairs)
    better = sum((not row.legal, row.cost) < (not own.legal, own.cost) for row, own in pairs)
    return str(worse), str(better)


def _notes(instances: _Instances) -> Iterator[str]:
    """What has to be said of single plans."""
    for seed, found in instances.items():
        for peer, row in found.items():
            if row.note and row.ran:
                yield f"{peer}, seed {seed}: {row.note}."


def _ratios(sizes: Mapping[Size, _Instances]) -> Iterator[list[str]]:
    """Who has no proof counts with the time used, which flatters whoever it is."""
    goals = dict(zip(sizes, _GOALS, strict=False))
    for size, instances in sizes.items():
        ratios = []
        for found in instances.values():
            best = [found[peer].seconds for peer in HIGHS if peer in found and found[peer].ran]
            if best and OURS in found:
                ratios.append(found[OURS].seconds / min(best))
        if ratios:
            worst = number(max(ratios))
            yield [str(size), str(len(ratios)), number(geometric_mean(ratios)), worst, goals[size]]


PEERS = Family("peers", "Peers", Peer, _jobs, _report)
