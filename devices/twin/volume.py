"""The patient's circulation: blood volume, blood pressure, and what staff do when it gives way.

Volumes in mL, pressures in mmHg, one step is one minute. The volume model and its figures are
those of the reference; pressure and hazard are proposals, tuned to published frequencies.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from random import Random

from devices.twin.script import Person

BLOOD_ML_KG = 77.0
REFILL_MINUTES = 25.0
BACKFLOW = 0.0042

HAZARD = 0.0007
"""Of hypotension, per minute, at the patient's critical loss of blood volume: over many drawn
patients staff have to act in 8 of 100 treatments."""

FAST_UF_ML_H_KG = 13.0
_QUIET_MINUTES = 25.0
"""After an episode there is no other for so long."""


class BloodVolume:
    """Blood that fluid leaves and tissue refills."""

    __slots__ = ("_refilling", "_share", "now_ml", "start_ml")

    def __init__(self, start_ml: float, share: float) -> None:
        """`share` of the fluid removed comes back in time."""
        self.start_ml = self.now_ml = start_ml
        self._share = share
        self._refilling = 0.0

    def step(self, uf_ml_min: float, given_ml: float = 0.0) -> None:
        """One minute."""
        back = BACKFLOW * (self.start_ml - self.now_ml)
        change = -uf_ml_min + self._refilling + back + given_ml
        self._refilling += (self._share * uf_ml_min - self._refilling) / REFILL_MINUTES
        self.now_ml += change

    @property
    def relative_pct(self) -> float:
        """Against the start; negative for a loss."""
        return (self.now_ml / self.start_ml - 1) * 100

    def hct_pct(self, start: float) -> float:
        """The hematocrit, if it was `start`: the cells stay."""
        return start * self.start_ml / self.now_ml


@dataclass(frozen=True, slots=True)
class Cuff:
    """One measurement, in mmHg and beats a minute, whole as the display shows them."""

    at: float
    systolic: float
    diastolic: float
    mean: float
    pulse: float


@dataclass(frozen=True, slots=True)
class Episode:
    """Blood pressure gives way. Minutes of the session: it begins, reaches its depth, staff
    act, it is over; and what staff do."""

    begin: float
    bottom: float
    act: float
    over: float
    depth: float
    uf_off: bool
    legs_up: bool
    saline_ml: float


def draw_episode(chance: Random, begin: float, depth: float) -> Episode:
    """How it goes: a fall within 5 to 10 minutes, relief within 10 to 20 after staff act."""
    bottom = begin + chance.uniform(5, 10)
    act = begin + chance.uniform(3, 8)
    uf_off, legs_up = chance.random() < 0.75, chance.random() < 0.63
    saline = chance.uniform(100, 250) if chance.random() < 0.37 else 0.0
    uf_off = uf_off or not (legs_up or saline)
    over = max(bottom, act) + chance.uniform(10, 20)
    return Episode(begin, bottom, act, over, depth, uf_off, legs_up, saline)


class Circulation:
    """Volume, pressure, pulse and episodes from minute to minute of one session."""

    __slots__ = ("_chance", "_person", "_quiet_until", "episode", "episodes", "minute", "volume")

    def __init__(self, person: Person, chance: Random) -> None:
        self._person, self._chance = person, chance
        self._quiet_until = 0.0
        self.minute = 0
        self.volume = BloodVolume(BLOOD_ML_KG * person.dry_kg, person.refill)
        self.episode: Episode | None = None
        self.episodes: list[Episode] = []

    def step(self, uf_ml_min: float) -> None:
        """One minute in which so much fluid has gone."""
        self.minute += 1
        if self._chance.random() < self.hazard(uf_ml_min):
            self.give_way(self._chance.uniform(30, 50))
        given = 0.0
        if self.episode is not None:
            if self.minute - 1 < self.episode.act <= self.minute:
                given = self.episode.saline_ml
            if self.minute >= self.episode.over:
                self._quiet_until = self.minute + _QUIET_MINUTES
                self.episode = None
        self.volume.step(uf_ml_min, given)

    def give_way(self, depth: float) -> None:
        """An episode begins now, unless there is one."""
        if self.episode is None:
            self.episode = draw_episode(self._chance, self.minute, depth)
            self.episodes.append(self.episode)

    def hazard(self, uf_ml_min: float) -> float:
        """Per minute: grows with the volume lost and with fast removal."""
        if self.episode is not None or self.minute < self._quiet_until or uf_ml_min <= 0:
            return 0.0
        beyond = -self.volume.relative_pct - self._person.critical_pct
        fast = uf_ml_min * 60 / self._person.dry_kg > FAST_UF_ML_H_KG
        return HAZARD * exp(0.35 * beyond) * (2 if fast else 1)

    @property
    def uf_off(self) -> bool:
        """Staff have stopped ultrafiltration for the patient's sake."""
        one = self.episode
        return one is not None and one.uf_off and self.minute >= one.act

    @property
    def fall_mmhg(self) -> float:
        """By which the episode lowers the systolic pressure now."""
        one = self.episode
        if one is None:
            return 0.0
        if self.minute < one.bottom:
            return one.depth * (self.minute - one.begin) / (one.bottom - one.begin)
        relief = max(one.bottom, one.act)
        if self.minute < relief:
            return one.depth
        left = max(0.0, (one.over - self.minute) / (one.over - relief))
        return one.depth * left - (5 if one.legs_up else 0) * (1 - left)

    def cuff(self, at: float) -> Cuff:
        """A measurement: the mean pressure follows the volume lost, the baroreflex makes up
        for a part; the pulse answers."""
        who, chance = self._person, self._chance
        lost = max(0.0, -self.volume.relative_pct)
        mean = (who.systolic_mmhg + 2 * who.diastolic_mmhg) / 3
        mean += -0.9 * lost + 0.2 * lost - 0.8 * self.fall_mmhg + chance.gauss(0, 5)
        breadth = who.systolic_mmhg - who.diastolic_mmhg - 0.5 * lost - 0.3 * self.fall_mmhg
        systolic = mean + breadth * 2 / 3 + chance.gauss(0, 2)
        diastolic = mean - breadth / 3
        pulse = who.pulse_bpm + 1.5 * lost + 0.45 * self.fall_mmhg + chance.gauss(0, 2)
        shown = [float(round(max(45.0, value))) for value in (systolic, mean, pulse)]
        return Cuff(at, shown[0], float(round(max(25.0, diastolic))), shown[1], shown[2])
