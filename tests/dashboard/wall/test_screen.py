"""The staff's screen without a browser: what it starts from, and what it does without a stream."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens.wall import KEY, SCREEN, page, picture
from dashboard.site import Site, install
from dashboard.wall.labels import corridor_labels, wall_labels
from dashboard.wall.wall_component import script
from domain.account import Role
from tests.dashboard.world import desk_at

WALL = Path(__file__).parents[3] / "dashboard" / "wall"


def _script(language: str) -> None:
    from dashboard.screens.wall import SCREEN
    from dashboard.site import site
    from domain.account import Role
    from tests.dashboard.world import desk_at

    SCREEN.show(desk_at(site(), Role.TECHNICIAN, language))


def shown(site: Site, *, slow: bool = False) -> Any:
    """The component as it was mounted."""
    install(site)
    at = AppTest.from_function(_script, args=("en",), default_timeout=30)
    if slow:
        at.session_state[KEY] = {"slow": True}
    at.run()
    assert not at.exception
    return at


@pytest.mark.parametrize("slow", [False, True])
def test_the_screen_is_one_component_with_a_stream_or_without(site: Site, slow: bool) -> None:
    at = shown(site, slow=slow)
    mounted = [one for one in at.main if one.type == "bidi_component"]
    assert len(mounted) == 1


def test_the_page_starts_from_its_stream_its_words_and_both_notices(site: Site) -> None:
    data: Any = page(desk_at(site, Role.TECHNICIAN, "zh"))
    assert data["url"] == "/stream/wall?lang=zh"
    assert data["machine"] == "/machine?m="
    assert data["words"]["left"] == "剩余"
    assert data["words"]["old"].count("{age}") == 1
    english, chinese = data["words"]["notice"]
    assert english.startswith("Information only. Not an alarm system.")
    assert chinese.startswith("仅供参考")


def test_a_picture_for_want_of_a_stream_has_the_present_in_it(site: Site) -> None:
    data: Any = picture(desk_at(site, Role.TECHNICIAN))
    assert data["turn"]["blind"]
    assert data["turn"]["banners"][0]["t"] == "Nothing is being stored: ingest has never run."
    assert {tile["age"] for tile in data["turn"]["tiles"]} == {None}
    assert set(data["course"]) == {"end", "lines"}
    json.dumps(data)


def test_both_scripts_are_one_without_loading_anything() -> None:
    text = script()
    assert "import" not in {line.split(" ")[0] for line in text.splitlines()}
    assert text.count("export ") == 1
    assert "export default function wall" in text


def test_nothing_that_comes_with_the_data_is_ever_taken_for_markup() -> None:
    for file in WALL.glob("*.js"):
        text = file.read_text(encoding="utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in text, file.name


def test_every_word_that_the_scripts_show_is_among_the_labels(site: Site) -> None:
    say = site.speak("en", None)
    for files, labels in (
        (("wall.js", "live.js"), wall_labels(site, say)),
        (("corridor.js", "live.js"), corridor_labels(site, say)),
    ):
        text = "".join((WALL / name).read_text(encoding="utf-8") for name in files)
        used = set(re.findall(r"words\.(\w+)", text))
        assert used <= set(labels)


def test_everybody_who_may_see_machines_may_see_the_wall() -> None:
    assert (SCREEN.path, SCREEN.right.name) == ("wall", "SEE_MACHINES")
