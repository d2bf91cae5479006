"""Keeps the catalog in step with the code: `make catalog`.

Collects the first argument of every `words(...)`, writes the list to `messages.pot` and gives
`zh_CN.po` exactly these keys: new ones with an empty translation to fill in, gone ones
removed. Run by developers from the repository; never at run time.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CHINESE = HERE / "zh_CN.po"
TEMPLATE = HERE / "messages.pot"
PACKAGES = ("clearshift", "domain", "scheduler", "devices", "db", "dashboard")
_WIDTH = 100


def sources() -> Iterator[Path]:
    """Every Python file of ours whose words a user may see."""
    return (file for name in PACKAGES for file in sorted((ROOT / name).rglob("*.py")))


def collected() -> Catalog:
    """The texts of all `words(...)` with the files they stand in."""
    found = Catalog(project="clearshift", charset="utf-8")
    for file in sources():
        for _, text, comments, _ in extract_from_file("python", file, keywords={"words": None}):
            place = (file.relative_to(ROOT).as_posix(), 0)
            found.add(text, locations=[place], auto_comments=comments)
    return found


def updated(old: Catalog, template: Catalog) -> Catalog:
    """A catalog with the template's keys in their order and the old translations."""
    fresh = Catalog(
        locale=old.locale,
        project="clearshift",
        version="0",
        header_comment="# Every visible text in Chinese. `make catalog` keeps the keys in step.",
        msgid_bugs_address="-",
        creation_date=old.creation_date,
        revision_date=old.revision_date,
        last_translator="-",
        language_team="-",
        charset="utf-8",
        fuzzy=False,
    )
    for message in template:
        if message.id:
            known = old.get(message.id)
            text = known.string if known else ""
            fresh.add(message.id, text, locations=message.locations)
    return fresh


def write(catalog: Catalog, file: Path) -> None:
    """Writes without line numbers and, for the template, without a header, so that a file
    changes only when a text does."""
    with file.open("wb") as out:
        is_template = file.suffix == ".pot"
        write_po(
            out,
            catalog,
            width=_WIDTH,
            omit_header=is_template,
            include_lineno=False,
            sort_output=True,
        )


def main() -> None:
    """Rewrites template and catalog and says how many translations are missing."""
    template = collected()
    with CHINESE.open("rb") as file:
        old = read_po(file, locale="zh_CN")
    fresh = updated(old, template)
    write(template, TEMPLATE)
    write(fresh, CHINESE)
    missing = [message.id for message in fresh if message.id and not message.string]
    print(f"{len(fresh)} texts, {len(missing)} without Chinese")
    for text in missing:
        print(f"  {text}")


if __name__ == "__main__":
    main()
