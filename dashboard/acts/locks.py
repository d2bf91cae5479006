"""Promising sessions and taking promises back, some at once, for a week that is still to be
planned. The board promises one session of a version at a time, in `dashboard.acts.drafts`."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from dashboard.acts.acting import Deed, NotAllowed, acting
from dashboard.desk import Actor
from dashboard.rights import Right
from dashboard.site import Site
from db.load import load_register
from db.locks import lock_session, unlock_session
from db.refusal import DatabaseRefusal
from domain.calendar import monday_of
from domain.past import is_over
from domain.plan import Lock
from domain.problem import Problem
from domain.words import words


def lock_all(site: Site, actor: Actor, locks: Iterable[Lock]) -> int:
    """Promises sessions; how many were not promised before.

    Raises NotAllowed for turns that are over, DatabaseRefusal for a patient, shift or station
    that the center does not have.
    """
    return _each(site, actor, "week.lock", tuple(locks), locked=True)


def unlock_all(site: Site, actor: Actor, locks: Iterable[Lock]) -> int:
    """Takes promises back; how many there were. Raises NotAllowed for turns that are over."""
    return _each(site, actor, "week.unlock", tuple(locks), locked=False)


def _each(site: Site, actor: Actor, act: str, locks: tuple[Lock, ...], *, locked: bool) -> int:
    subject = min(locks).day.isoformat() if locks else "-"
    with acting(site, actor, Right.EDIT_WEEK, act, subject) as deed:
        _require_known(deed, site, locks, locked=locked)
        keep = lock_session if locked else unlock_session
        changed = [one for one in locks if keep(deed.session, site.center, one)]
        deed.after = [[one.day.isoformat(), one.shift, one.station, one.patient] for one in changed]
    return len(changed)


def _require_known(deed: Deed, site: Site, locks: tuple[Lock, ...], *, locked: bool) -> None:
    register = load_register(deed.session, site.center)
    now = site.clock().astimezone(ZoneInfo(register.center.timezone))
    known = Problem(register, monday_of(now.date()))
    late = sorted({one.turn for one in locks if is_over(known, one.turn, now)})
    if late:
        raise NotAllowed(
            words(
                "What is over cannot be changed: {turns}.",
                turns=tuple(words("{day} {shift}", day=t.day, shift=t.shift) for t in late),
            )
        )
    patients = {one.code for one in register.patients}
    strange = [
        one
        for one in locks
        if one.patient not in patients
        or one.shift not in known.shift
        or (one.station is not None and one.station not in known.station)
    ]
    if locked and strange:
        raise DatabaseRefusal(
            words(
                "The center has no such patient, shift or station any more: {what}.",
                what=tuple(f"{o.patient} {o.shift} {o.station or ''}".strip() for o in strange),
            )
        )
