"""Patients' slips: true, large, in their own language, silent about health."""

from dataclasses import replace
from datetime import time

from db.sheets.edition import Edition, Voice
from db.sheets.slips import short_id, slips
from domain.words import Label, Words
from tests.db.sheets.pdf_text import pages, sizes
from tests.db.sheets.world import ENGLISH, REGISTER, SHIFTS, edition, renamed, seat


def chinese(words: Words) -> str:
    return f"中{words}"


VOICES = {"en": ENGLISH, "zh": Voice("zh", chinese)}


def printed(source: Edition) -> list[str]:
    return pages(slips(source, VOICES, VOICES["zh"]).pdf)


def test_there_is_an_a6_page_for_each_patient_with_sessions() -> None:
    made = slips(edition(), VOICES, ENGLISH)
    assert sizes(made.pdf) == [(105, 148)] * 6
    names = ["王芳 P1", "李强 P2", "王芳 P3", "Anna O'Brien P4", "赵敏 P5", "=SUM(A1) P6"]
    assert [name in page for name, page in zip(names, pages(made.pdf), strict=True)] == [True] * 6


def test_a_session_says_day_place_arrival_and_end() -> None:
    page = printed(edition(seats=(seat(0, "night", "A1", "P4"),)))[0]
    assert "2026-11-23 2F, place A1 21:30 done about 02:20 next day" in page
    page = printed(edition(seats=(seat(0, "am", "A2", "P4"),)))[0]
    assert "2026-11-23 Place A2 06:30 done about 11:20" in page


def test_coming_before_midnight_is_told_with_the_day_before() -> None:
    late = replace(SHIFTS[2], start=time(0, 10), end=time(5))
    register = replace(REGISTER, shifts=(*SHIFTS[:2], late))
    page = printed(edition(register, (seat(2, "night", "A1", "P4"),)))[0]
    assert "2026-11-24" in page
    assert "23:40" in page


def test_each_patient_reads_the_own_language_and_others_the_houses() -> None:
    found = printed(
        edition(
            replace(
                REGISTER,
                patients=(
                    *REGISTER.patients[:3],
                    replace(REGISTER.patients[3], language="en"),
                    replace(REGISTER.patients[4], language="fr"),
                    *REGISTER.patients[5:],
                ),
            )
        )
    )
    assert "中Come at" in found[0]
    assert "样例中心" in found[0]
    assert "中Come at" not in found[3]
    assert "Sample center" in found[3]
    assert "中Come at" in found[4]


def test_no_slip_tells_of_infection_modality_or_zone() -> None:
    register = replace(
        REGISTER,
        zones=tuple(replace(one, name=Label("Hepatitis B", "乙肝区")) for one in REGISTER.zones),
    )
    text = " ".join(printed(edition(register)))
    for word in ("Hepatitis", "乙肝", "HDF", "HBV", "AVF", "Zone", "240"):
        assert word not in text


def test_the_square_code_holds_center_and_patient_code_only() -> None:
    assert short_id(edition(), "P1") == "HC/P1"


def test_without_a_phone_number_nobody_is_told_to_call_one() -> None:
    register = replace(REGISTER, center=replace(REGISTER.center, phone=""))
    page = printed(edition(register, (seat(0, "am", "A1", "P4"),)))[0]
    assert "Please tell us as soon as you can." in page
    assert "call" not in page


def test_a_rare_name_keeps_its_code_and_every_slip_has_one() -> None:
    page = printed(edition(renamed(P1="王𪚥")))[0]
    assert "王〓 P1" in page


def test_a_patient_who_comes_daily_for_two_weeks_loses_no_session() -> None:
    rows = tuple(seat(day, "am", "A1", "P1") for day in range(14) if day % 7 != 6)
    text = " ".join(printed(edition(seats=rows, weeks=2)))
    assert text.count("06:30") == 12
