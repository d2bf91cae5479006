"""What each act is called where somebody reads the audit."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from domain.words import Words, words

ACT_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "account.add": words("Account made"),
        "account.disable": words("Account closed"),
        "account.enable": words("Account opened again"),
        "account.password": words("Own password changed"),
        "account.ready": words("Demo accounts made ready"),
        "account.reset": words("One-time password given"),
        "account.role": words("Role changed"),
        "account.void": words("One-time password made void"),
        "alarm.close": words("Alarm closed"),
        "alarm.hand_over": words("Alarm handed over"),
        "alarm.note": words("Remark on an alarm"),
        "alarm.take": words("Alarm taken"),
        "care.block": words("Machine blocked"),
        "care.disinfected": words("Disinfection entered"),
        "care.meter": words("Meters entered"),
        "care.plan": words("Maintenance plan kept"),
        "care.plan_end": words("Maintenance plan ended"),
        "care.point": words("Sampling point added"),
        "care.release": words("Machine's block ended"),
        "care.residue": words("Residue test entered"),
        "care.result": words("Test result entered"),
        "care.work": words("Maintenance entered"),
        "display.add": words("Display made"),
        "display.revoke": words("Display revoked"),
        "draft.move": words("Session moved in the draft"),
        "draft.undo": words("Draft step undone"),
        "draft.redo": words("Draft step done again"),
        "draft.take_over": words("Draft taken over"),
        "draft.save": words("Draft saved as a version"),
        "plan.publish": words("Version put in force"),
        "week.lock": words("Sessions locked"),
        "week.unlock": words("Sessions unlocked"),
        "patient.answer": words("Patient's answer"),
        "patient.link": words("Patient's link made"),
        "patient.link_revoked": words("Patient's link revoked"),
        "patient.request": words("Patient's request"),
        "request.accepted": words("Request accepted"),
        "request.declined": words("Request declined"),
        "plan.bad_day": words("Plan of a bad day stored"),
        "plan.make_up": words("Missed session made up"),
        "plan.repair": words("Week repaired"),
        "plan.swap": words("Sessions swapped"),
        "plan.order": words("Search ordered"),
        "plan.stop": words("Search stopped"),
        "roster.make": words("Nurse roster made"),
        "roster.repair": words("Nurse roster repaired"),
        "roster.take": words("Edited nurse roster taken"),
        "sign_in": words("Signed in"),
        "sign_in.hospital": words("Signed in by the hospital"),
        "sign_in.hospital_closed": words("Came by the hospital with a closed account"),
        "sign_in.hospital_failed": words("Hospital's sign-in failed"),
        "sign_in.hospital_unknown": words("Came by the hospital without an account"),
        "sign_in.refused": words("Wrong password"),
        "sign_out": words("Signed out"),
    }
)


def act_words(act: str) -> Words:
    """What an act is called; one that an older program wrote, by its own name."""
    return ACT_WORDS.get(act) or words("{act}", act=act)


PLACE_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "act": words("What"),
        "at": words("when"),
        "back": words("expected back"),
        "below": words("less than the value"),
        "blocks": words("blocks when overdue"),
        "called": words("called"),
        "created_at": words("made at"),
        "created_by": words("made by"),
        "day": words("sampled on"),
        "disabled_at": words("closed at"),
        "every_days": words("every so many days"),
        "every_hours": words("every so many operating hours"),
        "every_treatments": words("every so many treatments"),
        "expires_at": words("ends at"),
        "holder": words("in hand of"),
        "in force": words("version in force"),
        "kind": words("kind"),
        "method": words("method"),
        "minutes": words("minutes"),
        "model": words("model"),
        "must_change": words("password to be changed"),
        "name": words("user name"),
        "overridden": words("rules broken on purpose"),
        "reason": words("reason"),
        "remark": words("remark"),
        "reply": words("reply"),
        "revoked_at": words("revoked at"),
        "role": words("Role"),
        "rows": words("rows changed"),
        "search": words("search"),
        "seconds": words("seconds"),
        "seen_by": words("seen by"),
        "sessions": words("sessions"),
        "shown": words("person"),
        "source": words("source"),
        "step": words("step"),
        "steps": words("steps"),
        "title": words("Where it hangs"),
        "value": words("value"),
        "version": words("version"),
        "weeks": words("weeks"),
    }
)
"""What the places in an act's document are called; other places by their own names."""


def place_words(name: str) -> Words:
    """What a place in an act's document is called."""
    return PLACE_WORDS.get(name) or words("{name}", name=name)
