"""Maintenance plans: made, changed and ended. What was done by a plan stays when it ends, and the
audit keeps the plan itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from dashboard.acts.acting import NotAllowed, acting
from dashboard.desk import Actor
from dashboard.rights import Right
from dashboard.site import Site
from db.care.upkeep import drop_plan, keep_plan, load_facts
from domain.due import CareFacts
from domain.maintenance import MaintenancePlan
from domain.words import Label, Words, words

LONGEST_CODE = 20
MOST = {"days": 3660, "hours": 200_000, "treatments": 100_000}
"""Ten years, and more than a machine lives to see: beyond is a typing mistake."""


@dataclass(frozen=True, slots=True)
class TypedPlan:
    """A maintenance plan as it stands in the form; nothing in a number means: not by that.
    `added`: it is to be one that is not there yet."""

    code: str = ""
    english: str = ""
    chinese: str = ""
    model: str = ""
    days: int | None = None
    hours: int | None = None
    treatments: int | None = None
    source: str = ""
    blocks: bool = False
    added: bool = True


def plan_faults(typed: TypedPlan, facts: CareFacts) -> Mapping[str, Words]:
    """What is wrong with the form, by the name of the field; nothing if it can be kept."""
    return dict(_faults(_plain(typed), facts))


def plan_of(typed: TypedPlan) -> MaintenancePlan:
    """The plan that a form stands for; either title stands in for the other."""
    row = _plain(typed)
    title = Label(row.english or row.chinese, row.chinese or row.english)
    return MaintenancePlan(
        row.code, title, row.model, row.days, row.hours, row.treatments, row.source, row.blocks
    )


def typed_of(plan: MaintenancePlan) -> TypedPlan:
    """A kept plan as the form shows it."""
    return TypedPlan(
        plan.code, plan.title.en, plan.title.zh, plan.model, plan.every_days, plan.every_hours,
        plan.every_treatments, plan.source, plan.blocks, added=False,
    )  # fmt: skip


def plan_kept(site: Site, actor: Actor, typed: TypedPlan) -> None:
    """Adds the plan, or changes the one of its code.

    Raises NotAllowed with the first fault, DatabaseRefusal.
    """
    with acting(site, actor, Right.ENTER_CARE, "care.plan", typed.code.strip()) as deed:
        facts = load_facts(deed.session, site.center)
        for fault in plan_faults(typed, facts).values():
            raise NotAllowed(fault)
        row = plan_of(typed)
        before = next((one for one in facts.plans if one.code == row.code), None)
        keep_plan(deed.session, site.center, row)
        deed.before = None if before is None else _told(before)
        deed.after = _told(row)


def plan_ended(site: Site, actor: Actor, code: str) -> None:
    """From now on nothing is due by the plan. Raises NotAllowed if there is none."""
    with acting(site, actor, Right.ENTER_CARE, "care.plan_end", code) as deed:
        plans = {one.code: one for one in load_facts(deed.session, site.center).plans}
        if code not in plans:
            raise NotAllowed(words("There is no maintenance plan {code}.", code=code))
        drop_plan(deed.session, site.center, code)
        deed.before = _told(plans[code])


def _plain(typed: TypedPlan) -> TypedPlan:
    return replace(
        typed,
        code=typed.code.strip(),
        english=typed.english.strip(),
        chinese=typed.chinese.strip(),
        source=typed.source.strip(),
    )


def _faults(row: TypedPlan, facts: CareFacts) -> Iterator[tuple[str, Words]]:
    there = row.code in {one.code for one in facts.plans}
    if not row.code or len(row.code) > LONGEST_CODE or not _one_word(row.code):
        yield "code", words("Expected a code without spaces, up to {count} characters, such as"
                            " PM6.", count=LONGEST_CODE)  # fmt: skip
    elif row.added and there:
        yield "code", words("There is a plan {code} already; choose it above to change it.",
                            code=row.code)  # fmt: skip
    elif not row.added and not there:
        yield "code", words("There is no maintenance plan {code}.", code=row.code)
    if not row.english and not row.chinese:
        yield "title", words("What is it called? One language is enough.")
    if row.model and row.model not in facts.machines.values():
        yield "model", words("There is no machine of model {model}.", model=row.model)
    yield from _interval_faults(row)
    if not row.source:
        yield "source", words("Who says that this interval is enough? Such as the maker's manual.")


def _interval_faults(row: TypedPlan) -> Iterator[tuple[str, Words]]:
    given = {name: getattr(row, name) for name in MOST if getattr(row, name) is not None}
    if not given:
        yield "every", words("After how long? One of days, hours and treatments is needed.")
    for name, value in given.items():
        if not 1 <= value <= MOST[name]:
            yield name, words("Expected a number from 1 to {most}.", most=MOST[name])


def _one_word(code: str) -> bool:
    return code.isprintable() and not any(map(str.isspace, code))


def _told(plan: MaintenancePlan) -> Mapping[str, object]:
    """For the audit: what says nothing is left out."""
    rows = asdict(plan) | {"called": str(plan.title)}
    told = {name: value for name, value in rows.items() if name not in ("code", "title")}
    return {name: value for name, value in told.items() if value}
