"""Prints the characters that the committed fonts hold, for `pyftsubset --text-file`.

Run from this folder; README.md has the commands. Nothing of the program imports it.
"""

from collections.abc import Iterator
from pathlib import Path

RANGES = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x024F),  # Latin with accents, pinyin with tones
    (0x2010, 0x2027),  # dashes, quotes, bullets
    (0x2030, 0x203B),
    (0x2190, 0x2193),  # arrows
    (0x2260, 0x2265),
    (0x2460, 0x2473),  # circled numbers
    (0x25A0, 0x25CF),  # squares, triangles, circles
    (0x3000, 0x303F),  # Chinese punctuation
    (0xFF01, 0xFF5E),  # full width
)


def gb2312() -> Iterator[str]:
    """Every character of GB 2312, by its rows and cells."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue


def rare() -> Iterator[str]:
    """The rare name list."""
    text = Path(__file__).with_name("rare_names.txt").read_text(encoding="utf-8")
    return (c for line in text.splitlines() if not line.startswith("#") for c in line)


if __name__ == "__main__":
    ranges = (chr(code) for first, last in RANGES for code in range(first, last + 1))
    print("".join(sorted({*ranges, *gb2312(), *rare()})))
