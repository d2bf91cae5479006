"""Offers, swaps and their moves in words. Pure."""

from __future__ import annotations

from dashboard.planning.costs import rule_title
from domain.bad_day import Wait
from domain.draft import Move
from domain.offer import Judged, Offer
from domain.plan import Assignment
from domain.problem import Problem
from domain.words import Words, words

NO_PLACE = words("Proven: no legal plan of this week makes it up, whoever else moves.")
NO_OFFER = words(
    "No place in time was found that breaks no rule, not even with others at other times."
)


def wait_words(offer: Offer) -> Words | None:
    """The patient's longest wait then, against the own line."""
    wait = offer.wait
    if wait is None:
        return None
    if wait.over > 0:
        return words("{days} days, at most {line}", days=wait.days, line=wait.line)
    return words("{days} days", days=wait.days)


def cost_words(judged: Judged) -> Words | None:
    """What soft rules it costs or saves, dearest tier first."""
    told = tuple(
        words("{rule} {cost}", rule=rule_title(one.rule), cost=f"{one.cost:+d}")
        for one in judged.costs
    )
    return words("{parts}", parts=told) if told else None


def missed_words(problem: Problem, missed: Assignment) -> Words:
    """Which session is to be made up."""
    return words(
        "Instead of {session} of {name} {patient}",
        session=seat_words(problem, missed),
        name=problem.patient[missed.patient].name,
        patient=missed.patient,
    )


def seat_words(problem: Problem, row: Assignment) -> Words:
    """A turn and a station."""
    return words("{turn}, {station}", turn=problem.say(row.turn), station=row.station)


def move_words(problem: Problem, move: Move) -> Words:
    """Who goes from where to where."""
    name = problem.patient[move.patient].name
    who = words("{name} {patient}", name=name, patient=move.patient)
    match move.before, move.after:
        case Assignment() as before, Assignment() as after:
            return words(
                "{who}: not {before} but {after}",
                who=who, before=seat_words(problem, before), after=seat_words(problem, after),
            )  # fmt: skip
        case None, Assignment() as after:
            return words("{who}: also {after}", who=who, after=seat_words(problem, after))
        case Assignment() as before, None:
            return words("{who}: no longer {before}", who=who, before=seat_words(problem, before))
    raise ValueError("a move from nowhere to nowhere")


def exceptions(judged: Judged) -> tuple[tuple[str, str], ...]:
    """The hard rules that a decision breaks knowingly, each with its patient."""
    return tuple(sorted({(one.rule, one.patient or "") for one in (*judged.left, *judged.waived)}))


def unmade_words(wait: Wait) -> Words:
    """How long the patient waits if nothing is offered."""
    if wait.over > 0:
        return words(
            "Not made up, the longest wait is {days} days to {until}, at most {line}.",
            days=wait.days,
            until=wait.until,
            line=wait.line,
        )
    return words("Not made up, the longest wait is {days} days to {until}, which is allowed.",
                 days=wait.days, until=wait.until)  # fmt: skip


def in_a_row_words(count: int) -> Words:
    """What the doctor's word would open."""
    return words(
        "With the doctor's word for sessions on days in a row there are {count} offers.",
        count=count,
    )
