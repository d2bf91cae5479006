"""What gateways say, into a file: how much, how soon, and at what price, beside a peer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.family import Family, Job
from benchmarks.figures import median, number, seconds, share
from benchmarks.measure.consumers import LEAN, NODE_RED, OURS
from benchmarks.records import Records
from benchmarks.rows import Stream
from benchmarks.scale import Scale
from benchmarks.tables import table

PEERS = (NODE_RED, LEAN)
LIVE, BACKLOG = "live", "backlog"
_MACHINES = 40
_AT_LEAST = {(LIVE, 0.0): 8_000, (BACKLOG, 0.0): 15_000}
_AT_MOST = {(LIVE, 100.0): 0.1, (LIVE, 1000.0): 0.3}
"""Of ours, messages a second and seconds of p99; most of the runs must meet it."""
_HEADINGS = ("Stream", "who", "runs", "stored", "a second", "sent to committed, median", "p99",
             "CPU a message", "memory at the start", "at its peak", "goal of ours")  # fmt: skip


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    """All on the same stream, one after the other, seed by seed."""
    kinds = (
        (LIVE, 0.0, int(8_000 * scale.stream)),
        (LIVE, 100.0, int(100 * scale.stream)),
        (LIVE, 1000.0, int(1_000 * scale.stream)),
        (LIVE, 8000.0, int(8_000 * scale.stream)),
        (BACKLOG, 0.0, int(5_000 * scale.stream)),
    )
    return [
        Job(
            "stream",
            {
                "who": who,
                "kind": kind,
                "rate": rate,
                "messages": messages,
                "machines": _MACHINES,
                "seed": seed,
            },
            patience=20 * scale.stream + 300,
        )
        for seed in range(1, (seeds or scale.stream_seeds) + 1)
        for kind, rate, messages in kinds
        for who in (OURS, *PEERS)
    ]


def _report(records: Records) -> str:
    rows: Sequence[Stream] = records.rows
    if not rows:
        return "No results.\n"
    return table(_HEADINGS, _lines(rows)) + "".join(_prices(rows))


def _lines(rows: Sequence[Stream]) -> Iterator[list[str]]:
    for kind, rate in dict.fromkeys((row.kind, row.rate) for row in rows):
        for who in (OURS, *PEERS):
            found = [row for row in rows if (row.kind, row.rate, row.who) == (kind, rate, who)]
            if found:
                yield _line(kind, rate, who, found)


def _line(kind: str, rate: float, who: str, rows: Sequence[Stream]) -> list[str]:
    ran = [row for row in rows if not row.note]
    if not ran:
        return [_named(kind, rate), who, str(len(rows)), rows[0].note, *[""] * 7]
    paced = kind == LIVE and rate > 0
    return [
        _named(kind, rate),
        who,
        str(len(ran)),
        share(sum(row.stored for row in ran), sum(row.messages for row in ran)),
        number(median(_rate(row) for row in ran), 0),
        seconds(median(row.median for row in ran)) if paced else "-",
        seconds(median(row.p99 for row in ran)) if paced else "-",
        f"{median(_price(row) for row in ran):.0f} µs",
        f"{median(row.memory_mib for row in ran):.0f} MiB" if kind == LIVE else "-",
        f"{max(row.peak_mib for row in ran):.0f} MiB",
        _goal(kind, rate, ran) if who == OURS else "",
    ]


def _goal(kind: str, rate: float, rows: Sequence[Stream]) -> str:
    of = (kind, rate)
    if of in _AT_LEAST:
        said = f"at least {_AT_LEAST[of]} a second"
        met = [_rate(row) >= _AT_LEAST[of] for row in rows]
    elif of in _AT_MOST:
        said = f"p99 at most {1000 * _AT_MOST[of]:.0f} ms"
        met = [row.p99 <= _AT_MOST[of] for row in rows]
    else:
        return ""
    return f"{said}: {'met' if 2 * sum(met) > len(met) else '**missed**'}"


def _prices(rows: Sequence[Stream]) -> Iterator[str]:
    """CPU a message, ours over each peer's, where both ran."""
    for peer in PEERS:
        lines = [
            [_named(kind, rate), number(ratio), "met" if ratio <= 1 / 3 else "**missed**"]
            for kind, rate in dict.fromkeys((row.kind, row.rate) for row in rows)
            if (ratio := _ratio(rows, kind, rate, peer)) is not None
        ]
        if lines:
            yield "\n" + table((f"CPU a message, ours over {peer}", "found", "goal: 0.33"), lines)


def _ratio(rows: Sequence[Stream], kind: str, rate: float, peer: str) -> float | None:
    ours, theirs = (
        [_price(r) for r in rows if (r.kind, r.rate, r.who, r.note) == (kind, rate, who, "")]
        for who in (OURS, peer)
    )
    return median(ours) / median(theirs) if ours and theirs else None


def _named(kind: str, rate: float) -> str:
    if kind == BACKLOG:
        return "a backlog in the broker"
    return f"{rate:.0f} a second" if rate else "as fast as it goes"


def _rate(row: Stream) -> float:
    return row.stored / row.seconds


def _price(row: Stream) -> float:
    """Microseconds of the processor for a message."""
    return 1e6 * row.cpu / row.messages


STREAM = Family("stream", "Samples into the telemetry database", Stream, _jobs, _report)
