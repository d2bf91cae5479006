"""What each family measures: one row a measurement, in values that JSON can hold."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.figures import percent, seconds


@dataclass(frozen=True, slots=True)
class EndToEnd:
    """From a center in the database to a stored plan. Seconds but where said otherwise.

    `slots` is the search of the timetable alone, `build` what lies before it; `short` are
    patients with fewer sessions than prescribed. Costs are by tier, most important first.
    """

    machines: int
    patients: int
    seed: int
    start: float
    load: float
    build: float
    slots: float
    plan: float
    check: float
    save: float
    slots_proven: bool
    seats_proven: bool
    joint_gap: float | None
    memory_mib: int
    legal: bool
    short: int
    cost: list[int]
    greedy_seconds: float
    greedy_legal: bool
    greedy_short: int
    greedy_cost: list[int]

    @property
    def whole(self) -> float:
        """Load, build, slots, stations, check and save."""
        return self.load + self.plan + self.save

    def brief(self) -> str:
        """What the progress line says of it."""
        proven = "proven" if self.slots_proven and self.seats_proven else "not proven"
        return f"slots {seconds(self.slots)}, whole {seconds(self.whole)}, {proven}"


@dataclass(frozen=True, slots=True)
class Slots:
    """A timetable's search. Seconds of `build` count from the run's begin, those of `end` and
    `near` (a gap of 1 %) from the search's begin; `gap` is that at the end, `gap_soon` that
    ten seconds after the run's begin. `whole` is the run with all its
    stages, `plan_gap` that of slots and stations together, the latter for the timetable found;
    with `slots_only` it was stopped after the first."""

    machines: int
    patients: int
    seed: int
    limit: float
    slots_only: bool
    build: float
    end: float
    proven: bool
    near: float | None
    gap_soon: float | None
    gap: float
    whole: float
    memory_mib: int
    legal: bool
    short: int
    greedy_short: int
    plan_gap: float | None = None

    def brief(self) -> str:
        """What the progress line says of it."""
        state = "proven" if self.proven else f"gap {percent(self.gap)}"
        return f"{seconds(self.end)}, {state}"


@dataclass(frozen=True, slots=True)
class Network:
    """Many centers planned by several processes: wall seconds of all, seconds of each."""

    centers: int
    processes: int
    wall: float
    each: list[float]
    slots_proven: int
    seats_proven: int
    legal: int
    short: int
    memory_mib: int

    def brief(self) -> str:
        """What the progress line says of it."""
        return f"{seconds(self.wall)}, {self.slots_proven} of {self.centers} proven"


@dataclass(frozen=True, slots=True)
class Peer:
    """What one way to plan makes of a timetable within the limit; its cost is the check's.

    `note` says why there is no plan of its own if there is none.
    """

    peer: str
    machines: int
    patients: int
    seed: int
    limit: float
    seconds: float
    proven: bool
    legal: bool
    short: int
    cost: list[int]
    note: str = ""

    def brief(self) -> str:
        """What the progress line says of it."""
        state = "proven" if self.proven else "not proven"
        return self.note or f"{seconds(self.seconds)}, {state}, cost {self.cost}"

    @property
    def ran(self) -> bool:
        """True if there is a legal plan to compare."""
        return bool(self.cost)


@dataclass(frozen=True, slots=True)
class Repeat:
    """Reruns in one process: the fingerprint of each plan, and the seconds of all."""

    machines: int
    patients: int
    process: int
    prints: list[str]
    seconds: float

    def brief(self) -> str:
        """What the progress line says of it."""
        return f"{len(self.prints)} plans, {len(set(self.prints))} different"


@dataclass(frozen=True, slots=True)
class Sessions:
    """Simulated treatments, each at a machine of its own: lists have one value a treatment.

    `alarms` are those of the machine from the first to the last minute of treatment without
    the notice that the fluid goal is reached; `removed` is the fluid truly gone, as a part of
    the one prescribed; `heat_c` the hottest of each disinfection and `heat_alarms` those
    raised in it. `beat` are CPU seconds for 32 machines, one second of theirs at a time, over
    `beats` seconds."""

    batch: int
    sp_ktv: list[float]
    e_ktv: list[float]
    alarms: list[int]
    codes: dict[str, int]
    hypotensions: list[int]
    removed: list[float]
    stopped_min: list[float]
    extended: int
    heat_c: list[float]
    heat_alarms: int
    simulated: float
    cpu: float
    beat: float
    beats: int

    def brief(self) -> str:
        """What the progress line says of it."""
        low = sum(one > 0 for one in self.hypotensions)
        count = len(self.alarms)
        return f"{count} treatments, {low} with hypotension, {sum(self.alarms) / count:.2f} alarms"


@dataclass(frozen=True, slots=True)
class Stream:
    """Samples of 25 values through a broker into a file. `rate` in messages a second, 0 for as
    fast as it goes. `seconds` from the first message sent (of a backlog: from the first commit,
    for all) to the last commit; `median` and `p99` from sending to commit; `cpu` seconds of the
    consumer for all; `memory_mib` before and at its peak. `note` says why nothing ran."""

    who: str
    kind: str
    rate: float
    messages: int
    machines: int
    seed: int
    stored: int = 0
    seconds: float = 0.0
    median: float = 0.0
    p99: float = 0.0
    cpu: float = 0.0
    memory_mib: float = 0.0
    peak_mib: float = 0.0
    note: str = ""

    def brief(self) -> str:
        """What the progress line says of it."""
        if self.note:
            return self.note
        each = 1e6 * self.cpu / self.messages
        return f"{self.stored / self.seconds:.0f} a second, p99 {seconds(self.p99)}, {each:.0f} µs"


@dataclass(frozen=True, slots=True)
class Polled:
    """Lines asked in one process for `seconds`: good replies, missed ones, and the processor
    and memory that the gateway needed; `stored` came into its spool meanwhile."""

    lines: int
    baud: int
    seconds: float
    good: int
    missed: int
    cpu: float
    peak_mib: float

    def brief(self) -> str:
        """What the progress line says of it."""
        return f"{self.good} good, {self.missed} missed, {percent(self.cpu / self.seconds)}"


@dataclass(frozen=True, slots=True)
class Wall:
    """The wall, watched for so many seconds by so many pages in browsers and by so many readers of
    the stream who paint nothing here. Seconds from what a machine says until its tile is
    painted, of alarms and of values; `lost` alarms were never shown by a page, `overtaken` values
    were not before there was a newer one. `cpu` is the server's."""

    page: str
    machines: int
    pages: int
    readers: int
    seconds: float
    alarm_median: float = 0.0
    alarm_p99: float = 0.0
    lost: int = 0
    value_median: float = 0.0
    value_p99: float = 0.0
    overtaken: int = 0
    cpu: float = 0.0
    memory_mib: float = 0.0
    note: str = ""

    def brief(self) -> str:
        """What the progress line says of it."""
        if self.note:
            return self.note
        share = percent(self.cpu / self.seconds)
        return f"alarms p99 {seconds(self.alarm_p99)}, {self.lost} lost, {share} of a core"


@dataclass(frozen=True, slots=True)
class WeekBoard:
    """The week board of one center in a browser that has been there before: seconds until it is
    painted, until the rules have spoken of a place, and until a session is where it was put;
    medians, and the worst."""

    machines: int
    patients: int
    sessions: int
    paint: float = 0.0
    paint_worst: float = 0.0
    verdict: float = 0.0
    move: float = 0.0
    move_worst: float = 0.0
    note: str = ""

    def brief(self) -> str:
        """What the progress line says of it."""
        return self.note or f"painted in {seconds(self.paint)}, moved in {seconds(self.move)}"


@dataclass(frozen=True, slots=True)
class PhonePage:
    """A patient's page over a slow line: bytes of the first view at most, and seconds until it
    is painted, median and worst."""

    language: str
    size: int = 0
    paint: float = 0.0
    paint_worst: float = 0.0
    note: str = ""

    def brief(self) -> str:
        """What the progress line says of it."""
        return self.note or f"{self.size} bytes, painted in {seconds(self.paint)}"
