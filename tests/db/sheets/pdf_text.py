"""What a person reads on the pages of a PDF."""

from __future__ import annotations

from pypdfium2 import PdfDocument, PdfTextObj


def pages(pdf: bytes) -> list[str]:
    """The text of each page, on one line."""
    with PdfDocument(pdf) as document:
        return [" ".join(str(page.get_textpage().get_text_range()).split()) for page in document]


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in millimeters."""
    with PdfDocument(pdf) as document:
        return [
            (round(page.get_width() / 72 * 25.4), round(page.get_height() / 72 * 25.4))
            for page in document
        ]


def fonts(pdf: bytes) -> set[str]:
    """The fonts that any text is set in, without the prefix of an embedded part."""
    with PdfDocument(pdf) as document:
        names = {
            str(part.get_font().get_base_name())
            for page in document
            for part in page.get_objects(max_depth=4)
            if isinstance(part, PdfTextObj)
        }
    return {name.split("+")[-1] for name in names}
