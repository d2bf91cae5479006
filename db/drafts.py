"""Versions being edited: steps that are only ever added, and the version that is made of them.

A draft belongs to one stored version, its base, and is everybody's: who opens the same version
sees the same steps. Once somebody has stored a later version, the old base takes no more steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.load import require_center
from db.plans import PlanVersion, StalePlan, list_plans, load_plan, save_plan
from db.refusal import DatabaseRefusal
from db.tables import metadata
from domain.draft import Move, Outdated, Step, edited, moved, standing_undos, to_redo
from domain.plan import Assignment, Plan
from domain.words import words

_STEPS = metadata.tables["draft_steps"]
_OVERRIDES = metadata.tables["plan_overrides"]


@dataclass(frozen=True, slots=True)
class Override:
    """A hard rule that a version breaks because somebody decided so. Without a patient it is a
    rule on a zone or station."""

    rule: str
    patient: str
    who: str
    reason: str
    at: datetime


def steps_of(session: Session, center: str, first_day: date, base: int) -> tuple[Step, ...]:
    """Every step on a version in the order in which they were made, undone ones marked."""
    names = ("number", "who", "at", "moves", "overridden", "reason", "undoes")
    query = sa.select(*(_STEPS.c[name] for name in names)).where(_of(center, first_day, base))
    rows = session.execute(query.order_by(_STEPS.c["number"])).all()
    undone = standing_undos({row.number: row.undoes for row in rows})
    return tuple(
        Step(
            row.number,
            row.who,
            row.at,
            tuple(map(_move, row.moves)),
            tuple(row.overridden),
            row.reason,
            undone.get(row.number),
        )
        for row in rows
        if row.undoes is None
    )


def last_step(session: Session, center: str, first_day: date, base: int) -> int:
    """The number of the last row of a draft, undoings included; 0 if there is none. Two equal
    answers mean that nobody has done anything in between."""
    highest = sa.select(sa.func.max(_STEPS.c["number"])).where(_of(center, first_day, base))
    return session.scalar(highest) or 0


def add_step(
    session: Session,
    base: PlanVersion,
    moves: Iterable[Move],
    who: str,
    now: datetime,
    overridden: Iterable[str] = (),
    reason: str = "",
) -> Step:
    """Adds what somebody did at once.

    Raises StalePlan if the base is not the latest version any more, and DatabaseRefusal if a
    session is not where it was, because somebody else has moved it meanwhile.
    """
    _require_latest(session, base)
    steps = steps_of(session, base.center, base.first_day, base.number)
    made = tuple(moves)
    plan = load_plan(session, base.center, base.first_day, base.number).plan
    _require_there(edited(plan, steps), made)
    step = Step(_next(session, base), who, _utc(now), made, tuple(overridden), reason)
    _insert(session, base, step, None)
    return step


def undo_step(session: Session, base: PlanVersion, who: str, now: datetime) -> Step | None:
    """Undoes the last step that counts, whoever made it; `None` if none does.

    Raises StalePlan as `add_step` does.
    """
    _require_latest(session, base)
    steps = steps_of(session, base.center, base.first_day, base.number)
    last = next((step for step in reversed(steps) if not step.undone), None)
    if last is not None:
        _take_back(session, base, last.number, who, now)
    return last


def redo_step(session: Session, base: PlanVersion, who: str, now: datetime) -> Step | None:
    """Brings back the step that was undone last, by undoing the undoing; `None` if there is none
    or something else was done since.

    Raises StalePlan as `add_step` does.
    """
    _require_latest(session, base)
    step = to_redo(steps_of(session, base.center, base.first_day, base.number))
    if step is not None and step.undone_by is not None:
        _take_back(session, base, step.undone_by, who, now)
    return step


def save_draft(
    session: Session,
    base: PlanVersion,
    author: str,
    note: str,
    now: datetime,
    input_fingerprint: str,
    overrides: Iterable[Override] = (),
) -> PlanVersion:
    """Stores the base with its steps as the next version, and why it breaks what it breaks.

    Raises StalePlan as `add_step` does, DatabaseRefusal if the steps change nothing.
    """
    stored = load_plan(session, base.center, base.first_day, base.number)
    steps = steps_of(session, base.center, base.first_day, base.number)
    plan = edited(stored.plan, steps)
    if plan == stored.plan:
        raise DatabaseRefusal(words("Nothing has been changed; there is nothing to save."))
    version = save_plan(
        session, base.center, plan, None, author, note, now, base.number,
        input_fingerprint=input_fingerprint,
    )  # fmt: skip
    keep_overrides(session, version, overrides)
    return version


def overrides_of(
    session: Session, center: str, first_day: date, number: int
) -> tuple[Override, ...]:
    """The hard rules that a version breaks by decision, in the order they were kept."""
    names = ("rule", "patient", "who", "reason", "at")
    query = sa.select(*(_OVERRIDES.c[name] for name in names)).where(
        _OVERRIDES.c["center"] == center,
        _OVERRIDES.c["first_day"] == first_day,
        _OVERRIDES.c["number"] == number,
    )
    rows = session.execute(query.order_by(_OVERRIDES.c["position"]))
    return tuple(Override(*row) for row in rows)


def _require_latest(session: Session, base: PlanVersion) -> None:
    require_center(session, base.center)
    latest = list_plans(session, base.center, base.first_day)[-1]
    if latest.number != base.number:
        raise StalePlan(base.first_day, latest)


def _require_there(plan: Plan, moves: tuple[Move, ...]) -> None:
    try:
        moved(plan, moves)
    except Outdated as outdated:
        raise DatabaseRefusal(
            words(
                "Somebody else has moved one of these sessions meanwhile; the board now shows"
                " where they are."
            )
        ) from outdated


def keep_overrides(session: Session, version: PlanVersion, overrides: Iterable[Override]) -> None:
    """Keeps why a version breaks hard rules. The version has just been stored."""
    key = {"center": version.center, "first_day": version.first_day, "number": version.number}
    rows = [
        key | {"position": position, "rule": one.rule, "patient": one.patient, "who": one.who,
               "reason": one.reason, "at": _utc(one.at)}
        for position, one in enumerate(overrides, 1)
    ]  # fmt: skip
    if rows:
        session.execute(sa.insert(_OVERRIDES), rows)


def _take_back(session: Session, base: PlanVersion, earlier: int, who: str, now: datetime) -> None:
    _insert(session, base, Step(_next(session, base), who, _utc(now), ()), earlier)


def _insert(session: Session, base: PlanVersion, step: Step, undoes: int | None) -> None:
    session.execute(
        sa.insert(_STEPS).values(
            center=base.center,
            first_day=base.first_day,
            base=base.number,
            number=step.number,
            who=step.who,
            at=step.at,
            moves=[_document(move) for move in step.moves],
            overridden=list(step.overridden),
            reason=step.reason,
            undoes=undoes,
        )
    )


def _next(session: Session, base: PlanVersion) -> int:
    return last_step(session, base.center, base.first_day, base.number) + 1


def _of(center: str, first_day: date, base: int) -> sa.ColumnElement[bool]:
    return sa.and_(
        _STEPS.c["center"] == center,
        _STEPS.c["first_day"] == first_day,
        _STEPS.c["base"] == base,
    )


def _utc(now: datetime) -> datetime:
    if now.utcoffset() is None:
        raise ValueError(f"a moment without a time zone: {now}")
    return now.astimezone(UTC)


def _document(move: Move) -> dict[str, list[str] | None]:
    return {"before": _row(move.before), "after": _row(move.after)}


def _row(row: Assignment | None) -> list[str] | None:
    return None if row is None else [row.day.isoformat(), row.shift, row.station, row.patient]


def _move(document: Mapping[str, Any]) -> Move:
    return Move(_assignment(document["before"]), _assignment(document["after"]))


def _assignment(row: list[str] | None) -> Assignment | None:
    return None if row is None else Assignment(date.fromisoformat(row[0]), *row[1:])
