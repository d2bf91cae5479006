"""Stations kept free."""

from __future__ import annotations

from collections.abc import Iterator

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model
from scheduler.rules.zone_load import zone_load


class HeldBack:
    """Of the open stations of a zone, as many stay free as are held for emergencies or guests.

    Source: Chinese blood-purification SOP 2021, second hand (check the printed book): at
    least one machine kept for temporary use.
    """

    name = "held_back"
    title = words("Stations held back")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every zone and turn in which a held station is used."""
        for (turn, zone), patients in zone_load(problem, plan).items():
            held = problem.held(zone, turn)
            if not held:
                continue
            stations = [s for s in problem.zone_stations[zone] if problem.is_open(s, turn)]
            if patients + held > len(stations):
                yield Violation(
                    self.name,
                    words(
                        "Zone {zone}, {turn}: {patients} patients at {stations} open stations, "
                        "of which {held} are held back",
                        zone=zone,
                        turn=problem.say(turn),
                        patients=patients,
                        stations=len(stations),
                        held=held,
                    ),
                    turn=turn,
                )

    def encode(self, model: Model) -> None:
        """The zone takes no more than the open stations less the held ones."""
        problem = model.problem
        for turn in problem.turns:
            for zone, stations in problem.zone_stations.items():
                held = problem.held(zone, turn)
                if held:
                    places = sum(problem.is_open(station, turn) for station in stations)
                    model.limit_zone(zone, turn, max(0, places - held))
