"""The words that the wall's pages show by themselves. What counts on, such as an age, has its
gap left open: the page fills it."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.machine_words import SAFETY
from dashboard.site import Site
from domain.words import Say, Words, words

AGE, HOURS, MINUTES, DAYS, COUNT, GOAL = (
    "{age}", "{hours}", "{minutes}", "{days}", "{count}", "{goal}"
)  # fmt: skip


def notice(site: Site) -> list[str]:
    """What must stand on every picture, in both languages whatever is chosen."""
    return [site.speak(language, None)(SAFETY) for language in ("en", "zh")]


def wall_labels(site: Site, say: Say) -> dict[str, object]:
    """For the wall with every machine."""
    said = {
        "title": words("Machines"),
        "machine": words("machine"),
        "art": words("art"),
        "ven": words("ven"),
        "tmp": words("TMP"),
        "cond": words("cond"),
        "temp": words("temp"),
        "uf": words("UF"),
        "left": words("left"),
        "ml": words("mL"),
        "all": words("All machines"),
        "alarms": words("With alarms"),
        "worst": words("Worst first"),
        "plan": words("By floor plan"),
        "nowhere": words("At no station"),
        "menu": words("Menu"),
        "fill": words("Fill the screen"),
        "show": words("Show"),
        "order": words("Order"),
        "treating": words("in treatment"),
        "high": words("high priority"),
        "medium": words("medium priority"),
        "low": words("low priority"),
        "lost": words("without live data"),
        "old": words("{age} old", age=AGE),
        "never": words("never heard"),
        "bypass": words("bypass"),
        "claims": words("several gateways claim this machine: {names}", names="{names}"),
        "more": words("{count} more alarms", count=COUNT),
        "none": words("No machine has spoken yet, and none is registered."),
        "no_match": words("No machine has an alarm."),
        "no_zone": words("No machine stands in this zone."),
        "legend": words("!!! high   !! medium   ! low   !? priority not known   i information"),
        "reckoned": words("≈ reckoned from the fluid still to remove"),
        "marks": words("128 struck through: stale   128? doubtful   -- not said"),
    }
    return {**_said(said, say), **_frame(site, say)}


def corridor_labels(site: Site, say: Say) -> dict[str, object]:
    """For the display in the corridor."""
    said = {
        "minutes": words("{minutes} min", minutes=MINUTES),
        "about": words("about {minutes} min", minutes=MINUTES),
        "silent": words("no news"),
        "none": words("No station has a machine today."),
    }
    return {**_said(said, say), **_frame(site, say)}


def _frame(site: Site, say: Say) -> dict[str, object]:
    """What every page of the wall says of its own connection."""
    said = {
        "wait": words("Waiting for the first picture ..."),
        "lost_link": words(
            "Connection lost: nothing here is live. Last heard {age} ago.", age=AGE
        ),
        "slow": words("No live stream: this page asks every few seconds. Last answer {age} ago.",
                      age=AGE),
        "signed_out": words("You are signed out, so nothing here is live any more."),
        "sign_in": words("Sign in"),
        "closed": words("This display has been closed."),
        "hours": words("{hours}:{minutes} h", hours=HOURS, minutes=MINUTES),
        "days": words("{days} d", days=DAYS),
    }  # fmt: skip
    return {**_said(said, say), "notice": notice(site)}


def _said(said: Mapping[str, Words], say: Say) -> dict[str, object]:
    return {key: say(text) for key, text in said.items()}
