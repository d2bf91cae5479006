"""Our own plain pages: drawn from templates that escape everything, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from anyio import to_thread
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from dashboard.languages import NAMES, OTHER
from dashboard.site import LANGUAGES, Site
from db.connection import reading
from db.load import load_centers
from db.refusal import DatabaseRefusal
from domain.words import Label, Say, Words, words


async def page(
    site: Site,
    language: str,
    template: str,
    texts: Mapping[str, Words],
    values: Mapping[str, object] | None = None,
    status: int = 200,
) -> Response:
    """A page of ours: `texts` are said in the language, `values` are written as they are."""
    say = site.speak(language, None)
    name = await to_thread.run_sync(_center_name, site)
    return _drawn(say, language, name, template, texts, values or {}, status)


async def not_found(site: Site, language: str) -> Response:
    """For an address that is none."""
    texts = {
        "title": words("There is nothing here"),
        "text": words("The address is wrong, or what it led to has expired or was withdrawn."),
        "back": words("To the start page"),
    }
    return await page(site, language, "told.html", texts, status=404)


async def not_yours(site: Site, language: str) -> Response:
    """For a page that the role may not see."""
    texts = {
        "title": words("This page is not for your role"),
        "text": words("Ask an administrator if you need it for your work."),
        "back": words("To the start page"),
    }
    return await page(site, language, "told.html", texts, status=403)


async def out_of_order(site: Site, language: str, refused: DatabaseRefusal) -> Response:
    """While the database does not serve; says why without asking it for anything."""
    texts = {
        "title": words("Clearshift cannot reach its data"),
        "text": words("Try again in a minute. Until then go by the printed plan."),
        "back": words("Try again"),
    }
    say = site.speak(language, None)
    values = {"reasons": [say(reason) for reason in refused.reasons] if site.demo else []}
    return _drawn(say, language, Label(site.name, site.name), "told.html", texts, values, 503)


def _drawn(
    say: Say,
    language: str,
    center: Label,
    template: str,
    texts: Mapping[str, Words],
    values: Mapping[str, object],
    status: int,
) -> Response:
    other = OTHER[language]
    frame = {
        "language": language,
        "center": say(words("{name}", name=center)),
        "other": other,
        "other_name": NAMES[other],
        "warning": say(words("Only for the staff of this center.")),
    }
    said = {name: say(text) for name, text in texts.items()}
    html = _templates().get_template(template).render({**frame, **said, **values})
    return HTMLResponse(html, status, headers={"Content-Language": _tag(language)})


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("dashboard.gate", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _center_name(site: Site) -> Label:
    try:
        with reading(site.here.database) as session:
            named = {one.code: one.name for one in load_centers(session)}
    except DatabaseRefusal:
        named = {}
    return named.get(site.center, Label(site.name, site.name))


def _tag(language: str) -> str:
    return {LANGUAGES[0]: "en", LANGUAGES[1]: "zh-CN"}[language]
