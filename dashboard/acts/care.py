"""What people enter of machines between patients, of maintenance and of tests; each entry stands
for good, a later one corrects it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from math import isfinite
from zoneinfo import ZoneInfo

from dashboard.acts.acting import Deed, NotAllowed, acting
from dashboard.desk import Actor
from dashboard.rights import Right
from dashboard.site import Site
from db.care.happened import keep_events, load_events
from db.care.upkeep import keep_point, keep_result, keep_work, load_facts
from db.load import load_center
from domain.care import CareEvent, CareKind, Method, meter_before
from domain.due import CareFacts
from domain.maintenance import MaintenanceWork
from domain.water import WATER_TEST, Medium, SamplingPoint, WaterResult, limit_of
from domain.words import words


@dataclass(frozen=True, slots=True)
class Typed:
    """A result of a test as it stands in the form."""

    point: str
    test: str
    day: date
    value: float
    below: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Meters:
    """A machine's own counters."""

    hours: float
    treatments: int


def disinfected(
    site: Site, actor: Actor, machine: str, at: datetime, method: Method, minutes: float, text: str
) -> None:
    """A disinfection, as of its end. Raises NotAllowed, DatabaseRefusal, as do all here."""
    event = CareEvent(machine, at, CareKind.DISINFECTED, method=method, minutes=minutes, text=text)
    _happened(site, actor, "care.disinfected", event)


def residue_clear(site: Site, actor: Actor, machine: str, at: datetime, text: str) -> None:
    """The test shows no residue of disinfectant."""
    _happened(site, actor, "care.residue", CareEvent(machine, at, CareKind.RESIDUE_CLEAR,
                                                     text=text))  # fmt: skip


def block(site: Site, actor: Actor, machine: str, why: str, back: date | None) -> None:
    """Nobody may be put on the machine; the planner counts on it again from `back` on."""
    if not why.strip():
        raise NotAllowed(words("Why? A block needs a reason."))
    event = CareEvent(machine, site.clock(), CareKind.BLOCKED, text=why.strip(), back=back)
    _happened(site, actor, "care.block", event)


def release(site: Site, actor: Actor, machine: str, text: str) -> None:
    """Ends a block; whoever does it answers for it."""
    event = CareEvent(machine, site.clock(), CareKind.RELEASED, text=text)
    _happened(site, actor, "care.release", event)


def read_meters(
    site: Site, actor: Actor, machine: str, meters: Meters, *, replaced: bool = False
) -> None:
    """The machine's meters; unless the meter was `replaced`, they never go back."""
    event = CareEvent(
        machine, site.clock(), CareKind.METER,
        hours=meters.hours, treatments=meters.treatments,
    )  # fmt: skip
    _happened(site, actor, "care.meter", event, replaced=replaced)


def work_done(
    site: Site, actor: Actor, machine: str, plan: str, at: datetime, text: str,
    meters: Meters | None = None,
) -> None:  # fmt: skip
    """A maintenance that was done."""
    with acting(site, actor, Right.ENTER_CARE, "care.work", f"{machine} {plan}") as deed:
        facts = load_facts(deed.session, site.center)
        _require_machine(facts, machine)
        _require_past(deed, at)
        if plan not in {one.code for one in facts.plans}:
            raise NotAllowed(words("There is no maintenance plan {code}.", code=plan))
        row = MaintenanceWork(
            machine, plan, at, _name(actor), text.strip(),
            meters.hours if meters else None, meters.treatments if meters else None,
        )  # fmt: skip
        keep_work(deed.session, site.center, row)
        deed.after = {"at": at, "remark": row.text}


def result_kept(site: Site, actor: Actor, typed: Typed) -> None:
    """A result of a test, of water if `point` is a sampling point and of dialysate if it is a
    machine."""
    with acting(
        site, actor, Right.ENTER_CARE, "care.result", f"{typed.point} {typed.test}"
    ) as deed:
        facts = load_facts(deed.session, site.center)
        row = result_of(facts, typed, _name(actor), deed.now)
        if row.day > _local(deed, site, deed.now).date():
            raise NotAllowed(words("{day} has not come yet.", day=row.day))
        keep_result(deed.session, site.center, row)
        deed.after = {"day": row.day, "value": row.value, "below": row.below}


def point_added(site: Site, actor: Actor, code: str, title: str) -> None:
    """A sampling point of water."""
    with acting(site, actor, Right.ENTER_CARE, "care.point", code.strip()) as deed:
        facts = load_facts(deed.session, site.center)
        taken = {*facts.machines, *(one.code for one in facts.points)}
        if not code.strip() or code.strip() in taken:
            raise NotAllowed(words("{code} is taken or empty; choose another code.", code=code))
        keep_point(deed.session, site.center, SamplingPoint(code.strip(), title.strip()))
        deed.after = {"title": title.strip()}


def result_of(facts: CareFacts, typed: Typed, who: str, entered: datetime) -> WaterResult:
    """The row that a form stands for. Raises NotAllowed for what the center does not test."""
    points = {one.code for one in facts.points}
    if typed.point not in points and typed.point not in facts.machines:
        raise NotAllowed(words("There is no {name} yet.", name=typed.point))
    if typed.test not in WATER_TEST or not isfinite(typed.value) or typed.value < 0:
        raise NotAllowed(words("{value} is not a number", value=str(typed.value)))
    medium = Medium.WATER if typed.point in points else Medium.DIALYSATE
    if limit_of(facts.limits, typed.test, medium, typed.day) is None:
        raise NotAllowed(
            words("{test} is not tested here: there is no limit for it.",
                  test=WATER_TEST[typed.test].title)
        )  # fmt: skip
    return WaterResult(
        typed.point, medium, typed.test, typed.day, typed.value, who, entered, typed.below,
        typed.text.strip(),
    )  # fmt: skip


def _name(actor: Actor) -> str:
    return actor.shown or actor.name


def _happened(
    site: Site, actor: Actor, act: str, event: CareEvent, *, replaced: bool = False
) -> None:
    with acting(site, actor, Right.ENTER_CARE, act, event.machine) as deed:
        _require_machine(load_facts(deed.session, site.center), event.machine)
        _require_past(deed, event.at)
        if event.kind is CareKind.METER and not replaced:
            _require_growth(deed, site, event)
        signed = replace(event, who=_name(actor), text=event.text.strip())
        keep_events(deed.session, site.center, [signed])
        deed.after = {
            "at": signed.at, "remark": signed.text, "back": signed.back,
            "method": signed.method, "minutes": signed.minutes,
        }  # fmt: skip


def _local(deed: Deed, site: Site, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(load_center(deed.session, site.center).timezone))


def _require_machine(facts: CareFacts, machine: str) -> None:
    if machine not in facts.machines:
        raise NotAllowed(words("There is no {name} yet.", name=machine))


def _require_past(deed: Deed, at: datetime) -> None:
    if at > deed.now:
        raise NotAllowed(words("{time} has not come yet.", time=at))


def _require_growth(deed: Deed, site: Site, event: CareEvent) -> None:
    last = meter_before(load_events(deed.session, site.center, [event.machine]), event)
    if last is not None:
        raise NotAllowed(
            words(
                "The meter stood at {hours} h and {treatments} treatments on {day}; if it was"
                " replaced, say so.",
                hours=last.hours or 0.0,
                treatments=last.treatments or 0,
                day=_local(deed, site, last.at).date(),
            )
        )
