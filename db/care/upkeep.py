"""Maintenance and tests of water: plans, works, points, limits, results, and what is due."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.care.alarm_rows import put
from db.care.happened import load_care_limits, load_events, next_number
from db.load import load_register, require_center
from db.tables import metadata
from domain.due import CareFacts
from domain.maintenance import MaintenancePlan, MaintenanceWork
from domain.opening import OpenDays
from domain.outage import usable
from domain.readiness import Readiness, ReadyState
from domain.register import Register
from domain.water import Every, SamplingPoint, WaterLimit, WaterResult
from domain.words import Label

_PLANS = metadata.tables["maintenance_plans"]
_WORKS = metadata.tables["maintenance_works"]
_POINTS = metadata.tables["sampling_points"]
_LIMITS = metadata.tables["water_limits"]
_RESULTS = metadata.tables["water_results"]


def load_facts(session: Session, center: str) -> CareFacts:
    """All that `domain.due.due` goes by. Raises DatabaseRefusal for an unknown center."""
    return facts_of(session, load_register(session, center))


def facts_of(
    session: Session,
    register: Register,
    since: datetime | None = None,
    machines: Collection[str] | None = None,
) -> CareFacts:
    """The same for a register that is there already, and perhaps only for some of its machines.
    `since` leaves out what came by wire before, unless some maintenance that blocks counts hours
    or treatments."""
    center = register.center.code
    plans = _load_plans(session, center)
    counted = any(one.blocks and (one.every_hours or one.every_treatments) for one in plans)
    return CareFacts(
        machines={
            one.code: one.model
            for one in register.machines
            if machines is None or one.code in machines
        },
        plans=plans,
        works=tuple(_load(session, center, _WORKS, MaintenanceWork)),
        events=load_events(session, center, machines, None if counted else since),
        points=tuple(_load(session, center, _POINTS, SamplingPoint)),
        limits=_load_limits(session, center),
        results=tuple(_load(session, center, _RESULTS, WaterResult)),
        care_limits=load_care_limits(session, center),
        open_days=OpenDays.of(register),
    )


def load_readiness(
    session: Session, center: str, machines: Collection[str], at: datetime
) -> tuple[Readiness, ...]:
    """Which machines may have their next patient. Raises DatabaseRefusal for an unknown center."""
    facts = facts_of(session, load_register(session, center), machines=machines)
    found = {one.machine: one for one in usable(facts, at)}
    unknown = (Readiness(code, ReadyState.UNKNOWN) for code in machines if code not in found)
    return (*found.values(), *unknown)


def keep_plan(session: Session, center: str, plan: MaintenancePlan) -> None:
    """Adds a maintenance plan, or changes the one of the same code."""
    require_center(session, center)
    values = {f.name: getattr(plan, f.name) for f in fields(plan) if f.name not in _TITLED}
    titles = {"title_en": plan.title.en, "title_zh": plan.title.zh}
    put(session, _PLANS, {"center": center, "code": plan.code}, values | titles)


def drop_plan(session: Session, center: str, code: str) -> None:
    """Takes a maintenance plan out: nothing is due by it any more. The works that were done by
    it stay."""
    require_center(session, center)
    own = sa.and_(_PLANS.c.center == center, _PLANS.c.code == code)
    session.execute(sa.delete(_PLANS).where(own))


def keep_work(session: Session, center: str, work: MaintenanceWork) -> None:
    """Adds that a maintenance was done."""
    _add(session, center, _WORKS, work)


def keep_point(session: Session, center: str, point: SamplingPoint) -> None:
    """Adds a sampling point, or changes the one of the same code."""
    require_center(session, center)
    values = {"title": point.title, "retired": point.retired}
    put(session, _POINTS, {"center": center, "code": point.code}, values)


def keep_limit(session: Session, center: str, limit: WaterLimit, entered: datetime) -> None:
    """Adds a limit of the center's own, from its day on; one of the same day takes its place and
    leaves it there."""
    require_center(session, center)
    row = {f.name: getattr(limit, f.name) for f in fields(limit) if f.name != "every"}
    row |= {"every_months": limit.every.months, "every_days": limit.every.days}
    row |= {"number": next_number(session, _LIMITS, center), "entered": entered.astimezone(UTC)}
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
    query = sa.select(_LIMITS).where(_LIMITS.c.center == center).order_by(_LIMITS.c.number)
    return tuple(
        WaterLimit(
            every=Every(row["every_months"], row["every_days"]), **{n: row[n] for n in names}
        )
        for row in session.execute(query).mappings()
    )
