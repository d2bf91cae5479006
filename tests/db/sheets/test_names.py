"""A name is never left out, and never stands alone where it could mean two people."""

from db.sheets.names import ShownName, flat, name_key, paper_names, shared_names, sheet_names
from domain.patient import Patient


def book(*patients: tuple[str, str]) -> dict[str, Patient]:
    return {code: Patient(code, name) for code, name in patients}


def test_a_name_of_its_own_stands_alone() -> None:
    assert sheet_names(book(("P1", "王芳"), ("P2", "李强"))) == {
        "P1": ShownName("王芳"),
        "P2": ShownName("李强"),
    }


def test_namesakes_are_shown_with_their_codes() -> None:
    shown = sheet_names(book(("P1", "王芳"), ("P2", "王 芳"), ("P3", "李强")))
    assert {code: str(name) for code, name in shown.items()} == {
        "P1": "王芳 P1",
        "P2": "王 芳 P2",
        "P3": "李强",
    }


def test_a_name_that_is_another_ones_code_counts_as_shared() -> None:
    assert shared_names([Patient("P1", "P2"), Patient("P2", "李强")]) == {"P1", "P2"}


def test_on_paper_a_rare_character_is_replaced_and_the_code_added() -> None:
    people = book(("P1", "王𪚥明"))
    assert paper_names(people) == {"P1": ShownName("王〓明", "P1")}
    assert sheet_names(people) == {"P1": ShownName("王𪚥明", "P1")}


def test_a_patient_without_a_name_is_shown_by_code() -> None:
    assert sheet_names(book(("P1", " "))) == {"P1": ShownName("P1")}


def test_line_breaks_and_control_characters_do_not_reach_the_sheet() -> None:
    assert flat("王\n芳\x07\t(A)") == "王 芳 (A)"


def test_spellings_of_one_name_agree() -> None:
    assert name_key("买买提·吐尔逊") == name_key("买买提 ・ 吐尔逊") == name_key("买买提吐尔逊")
    assert name_key("ＡＮＮＡ") == name_key("anna")
