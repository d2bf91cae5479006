"""The alarms of a center as they are at this moment, for whoever looks at them or acts on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from clearshift.cli.call import Call
from clearshift.cli.care_center import CareCenter, care_center
from clearshift.cli.configured import settings_of
from clearshift.cli.escalation import escalation_times
from clearshift.settings import Settings
from dashboard.watching import Seen, risen, seen_at
from db.care.alarms import open_alarms
from db.care.catching_up import catch_up
from db.care.present import Present, Sources, open_sources, present
from db.connection import reading
from db.opening import is_absent, open_database
from db.refusal import DatabaseRefusal
from domain.alarm_life import AlarmLife
from domain.alarm_response import worst_first
from domain.words import Words


@dataclass(frozen=True, slots=True)
class AlarmCenter:
    """A center with alarms. `sources` are missing where no telemetry of it is kept here."""

    center: CareCenter
    settings: Settings
    sources: Sources | None
    at: datetime

    @property
    def code(self) -> str:
        """The center's code."""
        return self.center.code


@dataclass(frozen=True, slots=True)
class OpenAlarms:
    """Open alarms, worst first, and what the board says beside them. `unheard` is why the
    telemetry could not be read, so that the machines' side is as it was stored last."""

    lives: tuple[AlarmLife, ...]
    seen: Seen
    unheard: tuple[Words, ...] = ()


def alarm_center(call: Call, asked: str | None) -> AlarmCenter:
    """The center that is meant. Raises Refusal, DatabaseRefusal."""
    settings, here = settings_of(call), care_center(call, asked)
    sources = open_sources(settings.telemetry.url, here.url, settings.gateway.center)
    told = sources.center == here.code and not is_absent(sources.telemetry)
    return AlarmCenter(here, settings, sources if told else None, here.now.astimezone(UTC))


def open_now(here: AlarmCenter) -> OpenAlarms:
    """Every open alarm: what was stored, and what machines have said since."""
    found, unheard = _present(here)
    times = escalation_times(here.settings.alarms)
    lives = risen(found.alarms, times, here.at)
    seen = seen_at(found, here.at, times)
    return OpenAlarms(worst_first(life for life in lives if life.open), seen, unheard)


def caught_up(here: AlarmCenter) -> tuple[Words, ...]:
    """Takes what machines have said up to now, so that nobody acts on an old state of an alarm;
    why that could not be done, if it could not."""
    if here.sources is None:
        return ()
    return catch_up(here.sources, here.at, escalation_times(here.settings.alarms))


def _present(here: AlarmCenter) -> tuple[Present, tuple[Words, ...]]:
    reasons: tuple[Words, ...] = ()
    if here.sources is not None:
        try:
            return present(here.sources, here.at), ()
        except DatabaseRefusal as refused:
            reasons = refused.reasons
    with reading(open_database(here.center.url)) as session:
        stored = open_alarms(session, here.code)
    return Present(here.center.register, (), (), stored, None, behind=False), reasons
