"""How a plan came about, as a JSON document and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from domain.plan import RuleCost, Run, Stage, Status


def run_document(run: Run) -> dict[str, Any]:
    """The run as a JSON object with the names of its fields."""
    return asdict(run)


def run_of(document: dict[str, Any]) -> Run:
    """The run that a document tells of; raises TypeError if a field is missing or unknown."""
    return Run(
        **document
        | {
            "status": Status(document["status"]),
            "stages": tuple(Stage(**stage) for stage in document["stages"]),
            "costs": tuple(RuleCost(**cost) for cost in document["costs"]),
        }
    )
