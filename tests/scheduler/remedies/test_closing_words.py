"""Shortages and what closes them, in sentences."""

from __future__ import annotations

from dataclasses import replace

from domain.remedy import RemedyKind
from scheduler.remedies.closing_words import (
    helpless_words,
    proven_words,
    shortage_words,
    strength_words,
    unknown_words,
)
from scheduler.remedies.terms import Helpless
from tests.scheduler.remedies.shortages import asked, crowded, ratio
from tests.scheduler.worlds import nurses


def test_shortages_and_remedies_are_told_in_sentences() -> None:
    problem = crowded(5)
    found = asked(problem, RemedyKind.MACHINES, RemedyKind.EXTRA_SHIFT)
    assert [str(shortage_words(problem, one)) for one in found.shortages] == [
        "Zone A: sessions missing in every plan, at least: 3; "
        "patients who go short: 1, sessions: 3; no plan leaves out fewer"
    ]
    assert [str(proven_words(problem, one)) for one in found.remedies] == [
        "One more machine in Zone A for HD"
    ]
    assert [str(strength_words(one)) for one in found.remedies] == [
        "closes it; nothing less of this kind does"
    ]
    assert [str(helpless_words(one)) for one in found.helpless] == [
        "Extra shift: proven to be not enough by itself"
    ]


def test_several_changes_are_told_one_after_the_other() -> None:
    tight = crowded(6, staffing=nurses("A", am=1, pm=1), rules=(ratio(1),))
    (one,) = asked(tight, RemedyKind.MACHINES).remedies
    assert str(proven_words(tight, one)) == (
        "One more machine in Zone A for HD; One more nurse in Zone A, morning every day"
    )


def test_what_is_not_proven_is_told_as_such() -> None:
    problem = crowded(5)
    found = asked(problem, RemedyKind.MACHINES)
    (shortage,), (remedy,) = found.shortages, found.remedies
    said = [
        shortage_words(problem, replace(shortage, least=0)),
        shortage_words(problem, replace(shortage, fewest=False)),
        strength_words(replace(remedy, least=False)),
        helpless_words(Helpless(RemedyKind.NIGHT, ("A",), proven=False)),
        *unknown_words(problem, replace(found, unsettled=(("A",),))),
    ]
    assert [str(one) for one in said] == [
        "Zone A: sessions are missing in every plan; patients who go short: 1, sessions: 3; "
        "no plan leaves out fewer",
        "Zone A: sessions missing in every plan, at least: 3; "
        "in the best plan found patients who go short: 1, sessions: 3",
        "closes it; less might do, not settled in the time given",
        "Evening or night shift: nothing found in the time given",
        "Zone A: in the time given nobody could tell whether everybody fits.",
    ]
