"""Small tables as HTML: whatever a name holds, it is only text."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from dashboard.planning.markup import Cell, figure, figures, links, listed, note, table


class Reader(HTMLParser):
    """Collects the tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """One more tag."""
        del attrs
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


PLAIN = {"div", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "b", "span", "nav", "a"}


@given(text=st.text(alphabet="<>&\"'ab/ scriptonx=", max_size=30))
def test_no_text_becomes_a_tag(text: str) -> None:
    for html in (
        table([Cell(text)], [[Cell(text)]], text),
        listed([text]),
        note(text, "bad"),
        figures([figure(text, text)]),
        links([(text, text)]),
    ):
        found = read(html)
        assert found.tags <= PLAIN
        assert text.strip() in found.text


def test_a_share_is_a_bar_that_ends_at_the_full_width() -> None:
    assert "width:50%" in table([], [[Cell("1", share=0.5)]], "")
    assert "width:100%" in table([], [[Cell("3", share=1.5)]], "")
    assert "pl-full" in table([], [[Cell("3", share=1.5)]], "")
    assert "pl-full" not in table([], [[Cell("2", share=1.0)]], "")
