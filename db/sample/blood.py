"""Virus reports: for almost everybody fresh enough for a month, and right for the zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from db.sample.people import Person
from db.sample.spec import LAST_MONDAY, CenterSpec
from domain.center import Infection
from domain.infection import REQUIRED_MARKERS
from domain.patient import Marker, Serology

_LABORATORIES = {
    "en": ("Hospital laboratory", "County laboratory"),
    "zh": ("本院检验科", "县检验中心"),
}


def reports(
    spec: CenterSpec, people: list[Person], rng: Random, newcomers: frozenset[str]
) -> Iterator[Serology]:
    """Each person's reports."""
    laboratories = _LABORATORIES[spec.language]
    for report in _reports(spec, people, rng, newcomers):
        yield replace(report, laboratory=laboratories[report.day.day % 2])


def _reports(
    spec: CenterSpec, people: list[Person], rng: Random, newcomers: frozenset[str]
) -> Iterator[Serology]:
    admits = {zone.code: zone.admits for zone in spec.zones}
    for person in people:
        days = (7, 25) if person.code in newcomers else (10, 130)
        day = LAST_MONDAY - timedelta(days=rng.randint(*days))
        status = admits[person.chain.zone]
        if Infection.UNKNOWN in status:
            yield from _unknown(person.code, day, rng)
        elif person.cleared:
            yield from _four(person.code, day - timedelta(days=280), Marker.HBSAG)
            yield from _four(person.code, LAST_MONDAY - timedelta(days=rng.randint(20, 120)))
        elif Infection.HBV in status:
            yield from _four(person.code, day, Marker.HBSAG)
            yield _report(person.code, Marker.HBV_DNA, rng.random() < 0.6, day)
        elif Infection.HCV in status:
            yield from _four(person.code, day, Marker.ANTI_HCV)
            yield _report(person.code, Marker.HCV_RNA, rng.random() < 0.7, day)
        else:
            yield from _four(person.code, day)


def _four(patient: str, day: date, positive: Marker | None = None) -> Iterator[Serology]:
    for marker in REQUIRED_MARKERS:
        yield _report(patient, marker, marker is positive, day)


def _unknown(patient: str, day: date, rng: Random) -> Iterator[Serology]:
    """Expired altogether, or one marker never tested."""
    if rng.random() < 0.5:
        yield from _four(patient, day - timedelta(days=200))
    else:
        missing = rng.choice(REQUIRED_MARKERS)
        yield from (report for report in _four(patient, day) if report.marker is not missing)


def _report(patient: str, marker: Marker, positive: bool, day: date) -> Serology:
    return Serology(patient, marker, positive, day)
