"""After how long alarms come back to the top: the settings as the domain takes them."""

from __future__ import annotations

from datetime import timedelta

from clearshift.settings import AlarmSettings
from domain.alarm import Priority


def escalation_times(alarms: AlarmSettings) -> dict[Priority, timedelta]:
    """By priority; what is not named never comes back."""
    return {
        Priority.HIGH: timedelta(seconds=alarms.high_seconds),
        Priority.MEDIUM: timedelta(seconds=alarms.medium_seconds),
    }
