"""The list of protocols, and the page made from it."""

from __future__ import annotations

import pytest

from clearshift.protocols_page import PAGE, current
from devices.protocols.listed import MISSING, PROTOCOLS, NoProtocol, protocol
from devices.protocols.protocol import Standing
from domain.quantity import QUANTITIES
from tests.house.tree import ROOT

FOLDER = ROOT / "devices" / "protocols"


def rows(page: str, heading: str) -> list[str]:
    """The rows of the table under a heading."""
    _, _, behind = page.partition(f"## {heading}\n")
    section, _, _ = behind.partition("\n## ")
    return [line for line in section.splitlines() if line.startswith("|")][2:]


def test_the_page_of_the_protocols_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == current(), "run python -m clearshift.protocols_page"


def test_every_folder_with_a_row_is_listed() -> None:
    assert {file.parent.name for file in FOLDER.glob("*/row.py")} == {row.name for row in PROTOCOLS}


@pytest.mark.parametrize("row", PROTOCOLS, ids=lambda row: row.name)
def test_a_protocol_is_a_folder_of_codec_driver_twin_and_examples(row: object) -> None:
    folder = FOLDER / getattr(row, "name", "")
    for part in ("codec.py", "driver.py", "twin.py", "row.py"):
        assert (folder / part).is_file()
    assert (folder / "examples.py").is_file() or list((folder / "examples").iterdir())


def test_what_is_second_hand_is_marked_so_and_nothing_else_is() -> None:
    for row in PROTOCOLS:
        (line,) = (one for one in rows(current(), "What is implemented") if f"`{row.name}`" in one)
        assert ("**second hand**" in line) is (row.standing is Standing.SECOND_HAND)


def test_no_protocol_claims_a_capture_that_it_does_not_have() -> None:
    for row in PROTOCOLS:
        assert row.captured_from == ""
        (line,) = (one for one in rows(current(), "What is implemented") if f"`{row.name}`" in one)
        assert line.endswith("| nothing yet |")


def test_the_matrix_says_what_each_can_carry() -> None:
    lines = rows(current(), "What each can carry")
    assert len(lines) == len(QUANTITIES)
    for quantity, line in zip(QUANTITIES, lines, strict=True):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert cells[0] == str(quantity.title)
        carried = ["yes" if quantity.name in row.quantities else "-" for row in PROTOCOLS]
        assert cells[3:] == carried


def test_a_protocol_without_its_manual_refuses_to_start_and_says_so() -> None:
    assert [row.name for row in MISSING] == ["fresenius2008"]
    with pytest.raises(NoProtocol) as refused:
        protocol("fresenius2008")
    assert str(refused.value.said) == "Fresenius 2008 Remote Protocol needs manual"
    (line,) = (one for one in rows(current(), "What is implemented") if "fresenius2008" in one)
    assert "no, refuses to start" in line


def test_a_name_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(NoProtocol) as refused:
        protocol("modbus")
    assert str(refused.value) == "no protocol is called modbus; there are jsdt3, jsdt4, hl7"
    assert protocol("jsdt3").name == "jsdt3"
