"""What the blood tests say on a day: which zone may take the patient."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from domain.center import Infection
from domain.patient import Marker, Serology

_SHOWS = {
    Marker.HBSAG: Infection.HBV,
    Marker.HBV_DNA: Infection.HBV,
    Marker.ANTI_HCV: Infection.HCV,
    Marker.HCV_RNA: Infection.HCV,
    Marker.SYPHILIS: Infection.SYPHILIS,
    Marker.HIV: Infection.HIV,
}
REQUIRED_MARKERS = (Marker.HBSAG, Marker.ANTI_HCV, Marker.SYPHILIS, Marker.HIV)


def infection_status(
    reports: Iterable[Serology], day: date, valid_days: int, observed_days: int
) -> frozenset[Infection]:
    """The patient's status on `day`: every infection shown, or one of the other three.

    A positive marker stands until a later negative report of the same marker. After such a
    change the patient counts as cleared for `observed_days`. Negative needs a negative report
    of every required marker, at most `valid_days` old; anything less is unknown, never
    negative. Of two reports of one marker on one day the positive one counts.
    """
    latest: dict[Marker, Serology] = {}
    turned: dict[Marker, date] = {}
    for report in sorted(reports, key=lambda one: (one.day, one.positive)):
        if report.day > day:
            break
        before = latest.get(report.marker)
        if before is not None and before.positive and not report.positive:
            turned[report.marker] = report.day
        latest[report.marker] = report
    shown = frozenset(_SHOWS[marker] for marker, last in latest.items() if last.positive)
    if shown:
        return shown
    oldest = day - timedelta(days=valid_days)
    if any(marker not in latest or latest[marker].day < oldest for marker in REQUIRED_MARKERS):
        return frozenset({Infection.UNKNOWN})
    observed_from = day - timedelta(days=observed_days)
    recently = any(when > observed_from for when in turned.values())
    return frozenset({Infection.CLEARED if recently else Infection.NEGATIVE})
