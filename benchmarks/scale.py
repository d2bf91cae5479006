"""How large the measurements are: the real sizes, and tiny ones that only try the harness."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """A center: machines and patients, both at 97 % (see `db.sample.size.ordinary_week`)."""

    machines: int
    patients: int

    def __str__(self) -> str:
        return f"{self.machines}/{self.patients}"


@dataclass(frozen=True, slots=True)
class Watched:
    """A size too large for a proof: what is looked at is the gap when the time is over."""

    size: Size
    seconds: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes, seeds and time limits of every family. Limits are seconds of one plan; `stream`
    are those of a stream of samples, of polling so many `lines`, and of a wall of so many
    machines, watched by so many browsers and so many readers of the stream; `weeks` are centers
    whose board is opened.

    `cp_sat_seeds` go with `growth`; `timefold_seeds` are for `center` only, since Timefold
    always uses up its limit.
    """

    center: Size
    growth: tuple[Size, ...]
    watched: tuple[Watched, ...]
    seeds: int
    growth_seeds: int
    cp_sat_seeds: tuple[int, ...]
    timefold_seeds: int
    limit: float
    growth_limit: float
    peer_limit: float
    timefold_limit: float
    centers: int
    reruns: int
    processes: int
    treatments: int
    stream: float
    stream_seeds: int
    lines: int
    wall_machines: int
    wall_viewers: tuple[int, int]
    weeks: tuple[Size, ...]
    workers: int = 2


FULL = Scale(
    center=Size(32, 260),
    growth=(Size(32, 260), Size(64, 520), Size(128, 1040)),
    watched=(Watched(Size(100, 800), 30), Watched(Size(500, 4000), 180)),
    seeds=20,
    growth_seeds=5,
    cp_sat_seeds=(3, 1, 1),
    timefold_seeds=3,
    limit=30,
    growth_limit=60,
    peer_limit=60,
    timefold_limit=30,
    centers=33,
    reruns=100,
    processes=10,
    treatments=500,
    stream=60,
    stream_seeds=3,
    lines=100,
    wall_machines=100,
    wall_viewers=(2, 18),
    weeks=(Size(32, 260), Size(100, 1000)),
)

TINY = Scale(
    center=Size(4, 33),
    growth=(Size(4, 33), Size(8, 65)),
    watched=(Watched(Size(8, 65), 2),),
    seeds=1,
    growth_seeds=1,
    cp_sat_seeds=(1, 0),
    timefold_seeds=1,
    limit=10,
    growth_limit=10,
    peer_limit=10,
    timefold_limit=2,
    centers=2,
    reruns=4,
    processes=2,
    treatments=3,
    stream=2,
    stream_seeds=1,
    lines=4,
    wall_machines=4,
    wall_viewers=(1, 2),
    weeks=(Size(8, 65),),
)
