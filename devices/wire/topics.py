"""The topic tree. Machines are named by our asset code: never a bed, never a patient."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

ROOT = "hd/v1"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
"""What a center, gateway or machine may be called on a topic."""


class Kind(StrEnum):
    """The last word of a machine's topics; those of `STATES` are retained."""

    BIRTH = "birth"
    LINK = "link"
    SNAPSHOT = "snapshot"
    ALARMS = "alarms"
    TELEMETRY = "telemetry"
    EVENT = "event"


STATES = frozenset({Kind.BIRTH, Kind.LINK, Kind.SNAPSHOT, Kind.ALARMS})
STREAMS = frozenset({Kind.TELEMETRY, Kind.EVENT})


@dataclass(frozen=True, slots=True)
class MachineTopic:
    """Where one machine's messages go."""

    center: str
    machine: str
    kind: Kind

    def __str__(self) -> str:
        return f"{ROOT}/{self.center}/m/{self.machine}/{self.kind}"


def gateway_status(center: str, gateway: str) -> str:
    """Retained: whether a gateway lives, with its boot; also its will."""
    return f"{ROOT}/{center}/gw/{gateway}/status"


def stored(center: str, gateway: str) -> str:
    """Not retained: watermarks from ingest to a gateway."""
    return f"{ROOT}/{center}/gw/{gateway}/stored"


def streams(center: str) -> tuple[str, ...]:
    """Filters of what ingest stores."""
    return tuple(f"{ROOT}/{center}/m/+/{kind}" for kind in sorted(STREAMS))


def states(center: str) -> tuple[str, ...]:
    """Filters of what ingest and screens keep the last of."""
    machines = tuple(f"{ROOT}/{center}/m/+/{kind}" for kind in sorted(STATES))
    return (*machines, f"{ROOT}/{center}/gw/+/status")


def read_machine_topic(topic: str) -> MachineTopic | None:
    """A machine's topic taken apart; `None` if it is none of ours."""
    parts = topic.split("/")
    if len(parts) != 6 or "/".join(parts[:2]) != ROOT or parts[3] != "m":
        return None
    names = (parts[2], parts[4])
    if not all(NAME.fullmatch(name) for name in names) or parts[5] not in set(Kind):
        return None
    return MachineTopic(parts[2], parts[4], Kind(parts[5]))
