"""Who is meant by what somebody typed into a seat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from db.sheets.names import flat, name_key
from domain.patient import Patient
from domain.problem import Problem
from domain.words import Words, words


@dataclass(frozen=True, slots=True)
class Meant:
    """The patient meant, and what stood behind the name."""

    patient: str
    rest: str


@dataclass(frozen=True)
class People:
    """Everybody on the books, by what their names and codes look like when typed."""

    problem: Problem

    def meant(self, text: str) -> Meant | Words:
        """Who a text names, by its longest beginning that is a name, a code or both together;
        or the reason why nobody can be told."""
        parts = text.split()
        for length in range(len(parts), 0, -1):
            said = " ".join(parts[:length])
            codes = self.called(said)
            if codes:
                return self._one(said, codes, " ".join(parts[length:]))
        return self._unknown(text)

    def called(self, text: str) -> frozenset[str]:
        """Codes of all whose name, code or both together the text is, and nothing else."""
        key = name_key(text)
        if text in self._patient:
            return frozenset({text}) | self._by_name.get(key, frozenset())
        return self._by_code.get(key, frozenset()) | self._by_name.get(key, frozenset())

    def shown(self, code: str) -> str:
        """Name and code of a patient, for messages."""
        patient = self._patient.get(code)
        return f"{flat(patient.name)} ({code})" if patient else code

    @cached_property
    def _patient(self) -> Mapping[str, Patient]:
        return {patient.code: patient for patient in self.problem.register.patients}

    @cached_property
    def _by_code(self) -> Mapping[str, frozenset[str]]:
        """By code alone and by code and name in either order."""
        return _grouped(
            (name_key(text), code)
            for code, one in self._patient.items()
            for text in (code, one.name + code, code + one.name)
        )

    @cached_property
    def _by_name(self) -> Mapping[str, frozenset[str]]:
        return _grouped((name_key(one.name), one.code) for one in self._patient.values())

    def _one(self, said: str, codes: frozenset[str], rest: str) -> Meant | Words:
        if len(codes) > 1:
            return self._ambiguous(said, codes)
        (code,) = codes
        if code not in self.problem.patient:
            return words("{patient} is not with the center in this week", patient=self.shown(code))
        return Meant(code, rest)

    def _ambiguous(self, said: str, codes: frozenset[str]) -> Words:
        return words(
            "“{text}” may be any of {patients}: add the code",
            text=said,
            patients=tuple(self.shown(code) for code in sorted(codes)),
        )

    def _unknown(self, text: str) -> Words:
        names = {flat(one.name): one.code for one in self.problem.patient.values()}
        near = get_close_matches(flat(text), names, n=3)
        if not near:
            return words("nobody is called “{text}”", text=flat(text))
        return words(
            "nobody is called “{text}”; did you mean {patients}?",
            text=flat(text),
            patients=tuple(self.shown(names[name]) for name in near),
        )


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for key, code in pairs:
        found.setdefault(key, set()).add(code)
    return {key: frozenset(codes) for key, codes in found.items()}
