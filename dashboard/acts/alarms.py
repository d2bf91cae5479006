"""What people do about an alarm: notes for colleagues. Nothing of it reaches a machine, and no
alarm goes away that the machine says is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dashboard.acts.acting import NotAllowed, acting
from dashboard.desk import Actor
from dashboard.rights import Right
from dashboard.site import Site
from db.care.alarms import change_alarm, load_alarm
from db.care.catching_up import catch_up
from domain.alarm_life import AlarmLife
from domain.alarm_response import CareRefused, closed, handed_over, noted, taken_over

Change = Callable[[AlarmLife, datetime], AlarmLife]


def take(site: Site, actor: Actor, machine: str, number: int) -> None:
    """Whoever does it has seen the alarm and sees to it. Raises NotAllowed, DatabaseRefusal, as
    do the others."""
    _change(site, actor, "alarm.take", machine, number,
            lambda life, at: taken_over(life, _name(actor), at))  # fmt: skip


def note(site: Site, actor: Actor, machine: str, number: int, text: str) -> None:
    """A remark, also on an alarm that is over."""
    _change(site, actor, "alarm.note", machine, number,
            lambda life, at: noted(life, _name(actor), at, text), text)  # fmt: skip


def hand_over(site: Site, actor: Actor, machine: str, number: int, whom: str) -> None:
    """Into somebody else's hand."""
    _change(site, actor, "alarm.hand_over", machine, number,
            lambda life, at: handed_over(life, _name(actor), at, whom))  # fmt: skip


def close(site: Site, actor: Actor, machine: str, number: int, why: str) -> None:
    """Closed with a reason; refused while the machine says that it is there."""
    _change(site, actor, "alarm.close", machine, number,
            lambda life, at: closed(life, _name(actor), at, why), why)  # fmt: skip


def _name(actor: Actor) -> str:
    return actor.shown or actor.name


def _change(
    site: Site, actor: Actor, act: str, machine: str, number: int, change: Change, text: str = ""
) -> None:
    """What machines have said up to now is taken first, so that nobody acts on an old picture;
    if it cannot be read, the act is judged by what was taken last."""
    catch_up(site.here, site.clock(), site.escalation)
    try:
        with acting(site, actor, Right.TAKE_ALARMS, act, f"{machine} {number}") as deed:
            before = load_alarm(deed.session, site.center, machine, number)
            after = change_alarm(
                deed.session, site.center, machine, number, lambda life: change(life, deed.now)
            )
            deed.before = {"holder": before.holder, "seen_by": before.seen_by}
            deed.after = {"holder": after.holder, "seen_by": after.seen_by, "remark": text.strip()}
    except CareRefused as refused:
        raise NotAllowed(refused.reasons[0]) from refused
