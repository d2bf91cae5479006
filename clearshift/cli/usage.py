"""Wrong usage in our words: what Typer found out, without what it says about it.

Typer keeps some of these classes to itself and says their texts in English only; the lock
file pins its version, and the tests hold every message of ours against it.
"""

from __future__ import annotations

import re

from pydantic import ValidationError
from typer import BadParameter
from typer._click import Parameter
from typer._click.exceptions import BadOptionUsage, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperArgument, TyperOption

from domain.words import Words, words


def shown_name(parameter: Parameter) -> str:
    """How help and errors call a parameter: `--week`, or a positional one in capitals."""
    if isinstance(parameter, TyperOption):
        return max(parameter.opts, key=len)
    return (parameter.name or "").upper()


def choices(parameter: Parameter) -> tuple[str, ...]:
    """The values a parameter can have, if they are few."""
    if not isinstance(parameter, TyperOption | TyperArgument):
        return ()
    return tuple(str(choice) for choice in parameter.type_descriptor.choices or ())


def problem(error: UsageError) -> Words | str:
    """One sentence on what is wrong with the arguments of a command."""
    match error:
        case NoSuchOption(possibilities=[_, *_]):
            return words(
                "There is no option {option}; did you mean {near}?",
                option=error.option_name,
                near=tuple(sorted(error.possibilities or ())),
            )
        case NoSuchOption():
            return words("There is no option {option}.", option=error.option_name)
        case BadOptionUsage() if "does not take" in error.message:
            return words("Option {option} takes no value.", option=error.option_name)
        case BadOptionUsage():
            return words("Option {option} needs a value.", option=error.option_name)
        case MissingParameter(param=Parameter() as parameter):
            return words("{name} is missing.", name=shown_name(parameter))
        case BadParameter(param=Parameter() as parameter):
            reason = _bad_value(error, choices(parameter))
            return words("{name}: {reason}.", name=shown_name(parameter), reason=reason)
    extra = re.search(r"unexpected extra argument.*\((.+)\)", error.message)
    return words("{arguments} is too much.", arguments=extra[1]) if extra else error.message


def _bad_value(error: BadParameter, allowed: tuple[str, ...]) -> Words | str:
    if not isinstance(error.__cause__, ValidationError):
        return error.message
    detail = error.__cause__.errors()[0]
    value, limits = str(detail["input"]), detail.get("ctx", {})
    match detail["type"]:
        case "int_parsing" | "int_from_float":
            return words("{value} is not a whole number", value=value)
        case "float_parsing":
            return words("{value} is not a number", value=value)
        case "greater_than_equal":
            return words("{value} is less than {limit}", value=value, limit=str(limits["ge"]))
        case "less_than_equal":
            return words("{value} is more than {limit}", value=value, limit=str(limits["le"]))
        case _ if allowed:
            return words("{value} is not one of {choices}", value=value, choices=allowed)
        case _:
            return error.message
