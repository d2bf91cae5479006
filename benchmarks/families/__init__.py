"""Every family of measurements, in the order in which they run."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from benchmarks.families.bad_day import BAD_DAY
from benchmarks.families.choreography import CHOREOGRAPHY
from benchmarks.families.lines import LINES
from benchmarks.families.network import NETWORK
from benchmarks.families.ordinary import ORDINARY
from benchmarks.families.peers import PEERS
from benchmarks.families.phone import PHONE
from benchmarks.families.remedies import REMEDIES
from benchmarks.families.repair import REPAIR
from benchmarks.families.repeat import REPEAT
from benchmarks.families.roster import ROSTER
from benchmarks.families.scratch import SCRATCH
from benchmarks.families.sessions import SESSIONS
from benchmarks.families.sizes import SIZES
from benchmarks.families.stream import STREAM
from benchmarks.families.together import TOGETHER_FAMILY
from benchmarks.families.wall import WALL
from benchmarks.families.week import WEEK
from benchmarks.families.why_not import WHY_NOT
from benchmarks.family import Family

FAMILIES: Mapping[str, Family] = MappingProxyType(
    {
        family.name: family
        for family in (
            ORDINARY,
            SCRATCH,
            NETWORK,
            REPEAT,
            SIZES,
            PEERS,
            SESSIONS,
            STREAM,
            LINES,
            WALL,
            WEEK,
            PHONE,
            REPAIR,
            BAD_DAY,
            ROSTER,
            CHOREOGRAPHY,
            REMEDIES,
            WHY_NOT,
            TOGETHER_FAMILY,
        )
    }
)
