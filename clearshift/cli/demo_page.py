"""What `clearshift demo` says of its programs and machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from clearshift.cli.demo_scene import Scene
from clearshift.cli.pages import attention, bad, good
from clearshift.i18n import Say
from clearshift.processes import Fallen
from dashboard.watching import Seen
from domain.words import Words, words

ENDING = words("Ending ...")
LOSS: dict[str, Words] = {
    "broker": words("Nothing reaches the database any more; the gateway keeps what it reads."),
    "simulate": words("The machines are silent; what is shown of them grows stale."),
    "gateway": words("Nobody reads the machines; what is shown of them grows stale."),
    "ingest": words("Nothing is stored any more; the gateway keeps what it reads."),
    "web": words("The screens are gone; everything else goes on."),
    "follow": words("Alarms are still shown, and no longer kept in the center's database."),
}


@dataclass(frozen=True, slots=True)
class Books:
    """The accounts of all machines together."""

    accepted: int
    stored: int
    in_spool: int
    aside: int
    adds_up: bool


def running(name: str, scene: Scene, say: Say) -> RenderableType:
    """A program that is ready."""
    return good(say, words("{program}: {does}", program=name, does=_does(name, scene)))


def _does(name: str, scene: Scene) -> Words:
    match name:
        case "broker" if scene.mosquitto:
            return words("mosquitto on port {port}, MQTT 5", port=scene.port)
        case "broker":
            return words("the embedded one on port {port}, MQTT 3.1.1 only", port=scene.port)
        case "simulate":
            return words(
                "{machines} machines, {treating} with a patient, as planned for {moment}",
                machines=len(scene.machines),
                treating=len(scene.treating),
                moment=scene.moment,
            )
        case "gateway":
            return words("reads their lines, and sends no settings")
        case "ingest":
            return words("stores what they say")
        case "follow":
            return words("keeps their alarms")
        case "web":
            return words("shows it all: {address}", address=scene.address)
        case _:
            return words("runs")


def fallen(one: Fallen, say: Say) -> RenderableType:
    """A program that has ended by itself, its last words, and what that means."""
    said = (
        words("{program} was killed by signal {number}.", program=one.name, number=-one.code)
        if one.code < 0
        else words("{program} has ended with code {code}.", program=one.name, code=one.code)
    )
    loss = LOSS.get(one.name)
    return Group(
        bad(say, said if loss is None else words("{what} {loss}", what=said, loss=loss)),
        *_quoted(one.said),
    )


def late(name: str, said: tuple[str, ...], say: Say) -> RenderableType:
    """A program that does not get ready."""
    return Group(bad(say, words("{program} does not get ready.", program=name)), *_quoted(said))


def _quoted(lines: tuple[str, ...]) -> Iterator[RenderableType]:
    return (Padding(Text(line, style="dim"), (0, 0, 0, 4)) for line in lines)


def arriving(scene: Scene, heard: frozenset[str], say: Say) -> RenderableType:
    """How many have been heard so far."""
    said = words(
        "Waiting for their words: {heard} of {treating} machines with a patient.",
        heard=len(heard & scene.treating),
        treating=len(scene.treating),
    )
    return Text(say(said), style="dim")


def arrived(scene: Scene, heard: frozenset[str], say: Say) -> RenderableType:
    """Who has been heard, and who of those that should have been has not."""
    missing = tuple(sorted(scene.treating - heard))
    others = scene.machines - scene.treating
    if missing:
        return attention(say, words("Not heard yet: {machines}.", machines=missing))
    if not others:
        said = words("All {count} machines have been heard.", count=len(scene.machines))
    else:
        said = words(
            "All {treating} machines with a patient have been heard; of the {others} without: "
            "{heard}.",
            treating=len(scene.treating),
            heard=len(heard & others),
            others=len(others),
        )
    return good(say, said)


def line(seen: Seen) -> Words:
    """The board in one line, where there is no terminal."""
    return words(
        "{at}  {live} of {machines} machines live, open alarms: {alarms}",
        at=f"{seen.at.astimezone(seen.zone):%H:%M:%S}",
        live=0 if seen.blind else sum(row.fresh for row in seen.rows),
        machines=len(seen.rows),
        alarms=sum(len(row.alarms) for row in seen.rows),
    )


def hint(scene: Scene, say: Say) -> RenderableType:
    """How it ends."""
    said = words("Ctrl-C ends it; everything stays in {folder}.", folder=str(scene.folder))
    return Text(say(said), style="dim")


def ended(books: Books, killed: tuple[str, ...], say: Say) -> Iterator[RenderableType]:
    """How it ended, and what became of everything that machines said."""
    for name in killed:
        yield bad(say, words("{program} did not end and was killed.", program=name))
    said = words(
        "{accepted} entries accepted: {stored} stored, {spooled} in the spool, {aside} put aside "
        "or in conflict.",
        accepted=books.accepted,
        stored=books.stored,
        spooled=books.in_spool,
        aside=books.aside,
    )
    yield good(say, said) if books.adds_up else bad(say, said)
    yield good(say, words("Nothing runs any more; the same command goes on with what is there."))
