"""Maintenance and tests of water: plans, works, points, limits, results, and what is due."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.care.alarm_rows import put
from db.care.happened import load_care_limits, load_events, next_number
from db.load import load_register, require_center
from db.tables import metadata
from domain.due import CareFacts
from domain.maintenance import MaintenancePlan, MaintenanceWork
from domain.water import Every, SamplingPoint, WaterLimit, WaterResult
from domain.words import Label

_PLANS = metadata.tables["maintenance_plans"]
_WORKS = metadata.tables["maintenance_works"]
_POINTS = metadata.tables["sampling_points"]
_LIMITS = metadata.tables["water_limits"]
_RESULTS = metadata.tables["water_results"]


def load_facts(session: Session, center: str) -> CareFacts:
    """All that `domain.due.due` goes by. Raises DatabaseRefusal for an unknown center."""
    register = load_register(session, center)
    return CareFacts(
        machines={one.code: one.model for one in register.machines},
        plans=_load_plans(session, center),
        works=tuple(_load(session, center, _WORKS, MaintenanceWork)),
        events=load_events(session, center),
        points=tuple(_load(session, center, _POINTS, SamplingPoint)),
        limits=_load_limits(session, center),
        results=tuple(_load(session, center, _RESULTS, WaterResult)),
        care_limits=load_care_limits(session, center),
    )


def keep_plan(session: Session, center: str, plan: MaintenancePlan) -> None:
    """Adds a maintenance plan, or changes the one of the same code."""
    require_center(session, center)
    values = {f.name: getattr(plan, f.name) for f in fields(plan) if f.name not in _TITLED}
    titles = {"title_en": plan.title.en, "title_zh": plan.title.zh}
    put(session, _PLANS, {"center": center, "code": plan.code}, values | titles)


def keep_work(session: Session, center: str, work: MaintenanceWork) -> None:
    """Adds that a maintenance was done."""
    _add(session, center, _WORKS, work)


def keep_point(session: Session, center: str, point: SamplingPoint) -> None:
    """Adds a sampling point, or changes the one of the same code."""
    require_center(session, center)
    values = {"title": point.title, "retired": point.retired}
    put(session, _POINTS, {"center": center, "code": point.code}, values)


def keep_limit(session: Session, center: str, limit: WaterLimit) -> None:
    """Adds a limit of the center's own, from its day on."""
    require_center(session, center)
    row = {f.name: getattr(limit, f.name) for f in fields(limit) if f.name != "every"}
    row |= {"every_months": limit.every.months, "every_days": limit.every.days}
    session.execute(sa.insert(_LIMITS).values(center=center, **row))


def keep_result(session: Session, center: str, result: WaterResult) -> None:
    """Adds a result; a later one for the same sample corrects it and leaves it there."""
    _add(session, center, _RESULTS, result)


_TITLED = ("code", "title")


def _add(session: Session, center: str, table: sa.Table, row: Any) -> None:
    require_center(session, center)
    number = next_number(session, table, center)
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    session.execute(sa.insert(table).values(center=center, number=number, **values))


def _load(session: Session, center: str, table: sa.Table, kind: type[Any]) -> list[Any]:
    names = [field.name for field in fields(kind)]
    order = table.c["number"] if "number" in table.c else table.c["code"]
    query = sa.select(*(table.c[name].label(f"column_{name}") for name in names))
    query = query.where(table.c.center == center).order_by(order)
    return [kind(*row) for row in session.execute(query)]


def _load_plans(session: Session, center: str) -> tuple[MaintenancePlan, ...]:
    query = sa.select(_PLANS).where(_PLANS.c.center == center).order_by(_PLANS.c.code)
    names = [f.name for f in fields(MaintenancePlan) if f.name != "title"]
    return tuple(
        MaintenancePlan(
            title=Label(row["title_en"], row["title_zh"]), **{name: row[name] for name in names}
        )
        for row in session.execute(query).mappings()
    )


def _load_limits(session: Session, center: str) -> tuple[WaterLimit, ...]:
    names = [f.name for f in fields(WaterLimit) if f.name != "every"]
    query = sa.select(_LIMITS).where(_LIMITS.c.center == center)
    return tuple(
        WaterLimit(
            every=Every(row["every_months"], row["every_days"]), **{n: row[n] for n in names}
        )
        for row in session.execute(query).mappings()
    )
