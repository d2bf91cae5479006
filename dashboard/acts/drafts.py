"""Editing a week: every move is judged again, stored as a step, and written into the audit.

The page may be minutes old: the plan, the rules and the clock are asked anew in the very
transaction that stores the step.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dashboard.acts.acting import NotAllowed, acting
from dashboard.board.judged import judged
from dashboard.board.opened import Opened, opened
from dashboard.board.overrides import decided, undecided
from dashboard.desk import Actor
from dashboard.rights import Right, may
from dashboard.site import Site
from db.access.accounts import find_account
from db.drafts import Override, add_step, redo_step, save_draft, undo_step
from db.fingerprint import of_problem
from db.load import load_center
from db.locks import lock_session, unlock_session
from db.plans import PlanVersion, StalePlan
from db.refusal import DatabaseRefusal
from domain.calendar import Turn
from domain.draft import Move, Outdated, Step, to_redo
from domain.past import over, rewritten
from domain.plan import Assignment, Violation
from domain.words import Words, words


@dataclass(frozen=True, slots=True)
class Sheet:
    """The version that somebody edits: a week that its plan covers, and its number."""

    monday: date
    number: int

    def __str__(self) -> str:
        return f"{self.monday.isoformat()} #{self.number}"


def move(site: Site, actor: Actor, sheet: Sheet, moves: Iterable[Move], reason: str = "") -> Step:
    """Stores what somebody did at once, with the hard rules that it breaks.

    Raises NotAllowed for the past, and for a broken hard rule without a reason or by somebody
    who may not override; DatabaseRefusal if somebody else was there before.
    """
    made = tuple(moves)
    with acting(site, actor, Right.EDIT_WEEK, "draft.move", str(sheet)) as deed:
        there = open_sheet(deed.session, site, sheet)
        _require_ahead(there, made)
        broken = _needing(there, made)
        if broken:
            _require_override(deed.session, site, actor, reason)
        step = add_step(
            deed.session, there.version, made, actor.shown or actor.name, deed.now,
            tuple(dict.fromkeys(one.rule for one in broken)), reason.strip() if broken else "",
        )  # fmt: skip
        deed.before = [_plain(one.before) for one in made]
        deed.after = {
            "sessions": [_plain(one.after) for one in made],
            "overridden": list(step.overridden),
            "reason": step.reason,
        }
    return step


def undo(site: Site, actor: Actor, sheet: Sheet) -> Step | None:
    """Undoes the last step that counts, whoever made it; `None` if there is none.

    Raises NotAllowed if that would change the past, DatabaseRefusal as `move` does.
    """
    with acting(site, actor, Right.EDIT_WEEK, "draft.undo", str(sheet)) as deed:
        there = open_sheet(deed.session, site, sheet)
        last = there.counting[-1] if there.counting else None
        if last is not None:
            _require_ahead(there, last.moves)
        undone = undo_step(deed.session, there.version, actor.shown or actor.name, deed.now)
        deed.after = {"step": undone.number if undone else None}
    return undone


def redo(site: Site, actor: Actor, sheet: Sheet) -> Step | None:
    """Brings back the step that was undone last; `None` if there is none or something else was
    done since.

    Raises NotAllowed and DatabaseRefusal as `move` does, also if the step would by now break a
    hard rule for which it has no reason.
    """
    with acting(site, actor, Right.EDIT_WEEK, "draft.redo", str(sheet)) as deed:
        there = open_sheet(deed.session, site, sheet)
        wanted = to_redo(there.steps)
        if wanted is not None:
            _require_ahead(there, wanted.moves)
            broken = {one.rule for one in _needing(there, wanted.moves)}
            if broken:
                reason = wanted.reason if broken <= set(wanted.overridden) else ""
                _require_override(deed.session, site, actor, reason)
        redone = redo_step(deed.session, there.version, actor.shown or actor.name, deed.now)
        deed.after = {"step": redone.number if redone else None}
    return redone


def take_over(site: Site, actor: Actor, sheet: Sheet) -> int:
    """Makes the steps that were left unsaved on the version before once more on this one, and
    says how many.

    Raises NotAllowed and DatabaseRefusal as `move` does; then none is made.
    """
    with acting(site, actor, Right.EDIT_WEEK, "draft.take_over", str(sheet)) as deed:
        there = open_sheet(deed.session, site, sheet)
        if there.counting:
            raise NotAllowed(
                words("Changes on this version are not saved yet: save or undo them first.")
            )
        for step in there.left:
            _require_ahead(there, step.moves)
            broken = _needing(there, step.moves)
            if broken:
                _require_override(deed.session, site, actor, step.reason)
            made = add_step(
                deed.session, there.version, step.moves, actor.shown or actor.name, deed.now,
                tuple(dict.fromkeys(one.rule for one in broken)), step.reason if broken else "",
            )  # fmt: skip
            there = there.after(made)
        deed.after = {"steps": len(there.left)}
    return len(there.left)


def save(site: Site, actor: Actor, sheet: Sheet, note: str, reason: str = "") -> PlanVersion:
    """Stores a version with its steps as the next one. `reason` is for hard rules that are
    still broken because somebody's week was not finished.

    Raises NotAllowed if that would change what is over by now or break a hard rule without a
    reason, DatabaseRefusal if nothing was changed or somebody else has stored a version.
    """
    with acting(site, actor, Right.EDIT_WEEK, "draft.save", str(sheet)) as deed:
        there = open_sheet(deed.session, site, sheet)
        turns = rewritten(there.problem, there.stored.plan, there.plan, there.now)
        if turns:
            raise NotAllowed(
                words(
                    "These turns are over by now and cannot be changed: {turns}. Undo the moves"
                    " in them, then save again.",
                    turns=turns_said(there, turns),
                )
            )
        left = undecided(there)
        if left:
            _require_override(deed.session, site, actor, reason)
        who = actor.shown or actor.name
        late = {(one.rule, one.patient or "") for one in left}
        overrides = (
            *decided(there),
            *(Override(rule, patient, who, reason.strip(), deed.now)
              for rule, patient in sorted(late)),
        )  # fmt: skip
        version = save_draft(
            deed.session, there.version, who, note.strip(), deed.now,
            of_problem(there.problem), overrides,
        )  # fmt: skip
        deed.before = {"version": sheet.number}
        deed.after = {"version": version.number, "steps": len(there.counting)}
    return version


def set_lock(site: Site, actor: Actor, sheet: Sheet, row: Assignment, *, locked: bool) -> bool:
    """Promises a session, or takes the promise back; false if it was so already.

    Raises NotAllowed for the past or a session that is not in the plan any more.
    """
    act = "week.lock" if locked else "week.unlock"
    with acting(site, actor, Right.EDIT_WEEK, act, str(sheet)) as deed:
        there = open_sheet(deed.session, site, sheet)
        _require_ahead(there, (Move(row, None),))
        if row not in there.plan.assignments:
            raise NotAllowed(words("This session is not there any more; look again."))
        keep = lock_session if locked else unlock_session
        changed = keep(deed.session, site.center, row)
        deed.after = _plain(row)
    return changed


def open_sheet(session: Session, site: Site, sheet: Sheet) -> Opened:
    """The version as it is at this moment. Raises StalePlan if it is not the latest."""
    zone = ZoneInfo(load_center(session, site.center).timezone)
    there = opened(session, site, sheet.monday, sheet.number, site.clock().astimezone(zone))
    if there is None:
        raise DatabaseRefusal(
            words("There is no stored plan of the week of {week}.", week=sheet.monday)
        )
    if not there.latest:
        raise StalePlan(there.version.first_day, there.versions[-1])
    return there


def _needing(there: Opened, moves: tuple[Move, ...]) -> tuple[Violation, ...]:
    try:
        return judged(there, moves).needing
    except Outdated as outdated:
        raise DatabaseRefusal(
            words(
                "Somebody else has moved one of these sessions meanwhile; the board now shows"
                " where they are."
            )
        ) from outdated


def _require_ahead(there: Opened, moves: tuple[Move, ...]) -> None:
    turns = over(there.problem, moves, there.now)
    if turns:
        raise NotAllowed(
            words(
                "What is over cannot be changed: {turns}.",
                turns=turns_said(there, turns),
            )
        )


def turns_said(there: Opened, turns: Iterable[Turn]) -> tuple[Words, ...]:
    """Turns in words, also of a shift that the center no longer has."""
    shift = there.problem.shift
    return tuple(
        there.problem.say(turn)
        if turn.shift in shift
        else words("{day} {shift}", day=turn.day, shift=turn.shift)
        for turn in turns
    )


def _require_override(session: Session, site: Site, actor: Actor, reason: str) -> None:
    account = find_account(session, site.center, actor.name)
    if account is None or not may(account.role, Right.OVERRIDE):
        raise NotAllowed(words("Only who may override a hard rule can do this."))
    if not reason.strip():
        raise NotAllowed(words("A hard rule can only be broken with a reason, which is kept."))


def _plain(row: Assignment | None) -> list[str] | None:
    return None if row is None else [row.day.isoformat(), row.shift, row.station, row.patient]
