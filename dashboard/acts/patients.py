"""Patients' links, and what becomes of their requests. To accept one puts it into the center's
data, where the next plan finds it."""

from __future__ import annotations

from dataclasses import replace

from dashboard.acts.acting import NotAllowed, acting
from dashboard.desk import Actor
from dashboard.rights import Right
from dashboard.site import Site
from db.access.patient_links import add_link, revoke_link
from db.load import load_register
from db.patient_words import decide as store_decision
from db.patient_words import list_requests
from db.save import save_register
from domain.calendar import Span
from domain.patient import Absence, Wish, WishKind
from domain.patient_word import Decision, PatientRequest, RequestKind
from domain.register import Register
from domain.words import words

WANTED = 2
"""The strength of a wish that the head nurse has agreed to."""


def make_link(site: Site, actor: Actor, patient: str) -> str:
    """Makes a link and returns its secret, which cannot be had again. Raises NotAllowed,
    DatabaseRefusal."""
    with acting(site, actor, Right.ANSWER_PATIENTS, "patient.link", patient) as deed:
        return add_link(deed.session, site.center, patient, actor.name, deed.now)


def close_link(site: Site, actor: Actor, key: str, patient: str) -> None:
    """Closes a link for good. Raises NotAllowed, DatabaseRefusal."""
    with acting(site, actor, Right.ANSWER_PATIENTS, "patient.link_revoked", patient) as deed:
        revoke_link(deed.session, site.center, key, deed.now)


def decide(site: Site, actor: Actor, number: int, decision: Decision, reply: str) -> None:
    """Decides on a request that is still open; accepted, it counts in the next plan.

    Raises NotAllowed if somebody else has decided meanwhile, DatabaseRefusal.
    """
    with acting(site, actor, Right.ANSWER_PATIENTS, f"request.{decision}", str(number)) as deed:
        found = {one.number: one for one in list_requests(deed.session, site.center)}
        request = found.get(number)
        if request is not None and request.decision is not Decision.OPEN:
            raise NotAllowed(words("{who} has decided on this meanwhile.", who=request.decided_by))
        store_decision(deed.session, site.center, number, decision, actor.name, reply, deed.now)
        deed.after = {"reply": reply}
        if request is not None and decision is Decision.ACCEPTED:
            register = load_register(deed.session, site.center)
            changes = save_register(deed.session, granted(register, request))
            deed.after = {"reply": reply, "rows": len(changes)}


def granted(register: Register, request: PatientRequest) -> Register:
    """The center's data with an accepted request in it: a trip is an absence; a wish takes the
    place of what the same patient wished of the same kind before."""
    if request.kind is RequestKind.TRIP:
        span = Span(request.first_day, request.last_day)
        absence = Absence(request.patient, span, "trip")
        return replace(register, absences=(*register.absences, absence)).in_order()
    wishes = {
        WishKind.WEEKDAY: [str(day) for day in sorted(request.weekdays)],
        WishKind.SHIFT: [request.shift] if request.shift else [],
    }
    asked = {kind for kind, values in wishes.items() if values}
    kept = [
        one for one in register.wishes if one.patient != request.patient or one.kind not in asked
    ]
    made = [
        Wish(request.patient, kind, value, WANTED)
        for kind, values in wishes.items()
        for value in values
    ]
    return replace(register, wishes=(*kept, *made)).in_order()
