"""A simulated machine at its line: what it says of its truth, when, and how badly. Pure: the
time is handed in, bytes go in and come out, no port is touched.

While it is off or booting it is silent; while it answers a poll it does not hear another.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

from devices.protocols.protocol import Protocol
from devices.twin.line_fault import LineFault, Trouble
from devices.twin.manners import USUAL, Manners, garbled, mangled, slowed, uttered
from devices.twin.outlet import Outlet
from devices.twin.truth import Truth
from domain.quantity import QUANTITIES

_COUNTED = tuple(quantity.name for quantity in QUANTITIES if quantity.counts)


@dataclass(frozen=True, slots=True)
class Maker:
    """How a machine was built. `baud` is none on a network; `unsaid` are quantities that its
    firmware does not send; `protocol` gives it a face."""

    machine: str
    serial: str
    protocol: Protocol
    baud: int | None = 9600
    manners: Manners = USUAL
    unsaid: frozenset[str] = field(default=frozenset())


class Post:
    """State over time of one machine and its line. `truth` is the machine's, when it is put
    there."""

    def __init__(self, made: Maker, truth: Truth, chance: Random) -> None:
        self.made = made
        self._chance = chance
        self._face = made.protocol.face(made.serial)
        self._polled = bool(made.protocol.driver().poll())
        self._outlet = Outlet(made.baud)
        self._spells: dict[Trouble, tuple[float, LineFault]] = {}
        self._clock = timedelta()
        self._zero: dict[str, float] = {}
        self._silent = False
        self._real = truth
        self._truth = self._shown(truth)
        self.lost = 0

    @property
    def powered(self) -> bool:
        """False while it is off or boots: then it says nothing at all."""
        return self._real.powered and Trouble.REBOOT not in self._spells

    @property
    def truth(self) -> Truth:
        """What is true of it, as its own firmware and clock would have it."""
        return self._truth

    def live(self, truth: Truth, now: float, silent: bool = False) -> None:
        """What is true of the machine at `now` of the line's time; what it has to say unasked
        begins to leave. `silent`: it works, and its line is dead."""
        self._real, self._silent = truth, silent
        self._end_spells(now)
        self._truth = self._shown(truth)
        message = self._face.speak(replace(self._truth, powered=self.powered))
        if self.powered:
            self._say(message, now)
        else:
            self._outlet.cut()

    def hear(self, chunk: bytes, now: float, peer_baud: int | None = None) -> None:
        """Bytes from the host, whose end is set to `peer_baud` if that is known."""
        if not self.powered or (self._polled and self._outlet.busy):
            return
        heard = mangled(chunk, self._chance) if self._unlike(peer_baud) else chunk
        self._say(self._face.hear(heard, self._truth), now)

    def due(self, now: float, peer_baud: int | None = None) -> bytes:
        """The bytes that have left by now and have not been handed over yet."""
        raw = self._outlet.due(now)
        return mangled(raw, self._chance) if self._unlike(peer_baud) else raw

    def wakes(self) -> float | None:
        """When `due` will have more; `None` while nothing waits."""
        return self._outlet.wakes()

    def hang_up(self) -> None:
        """The connection is gone: what was on its way is lost."""
        self._outlet.cut()

    def suffer(self, fault: LineFault, now: float) -> None:
        """Something happens to the line or the power. The cable is not this one's to pull."""
        match fault.trouble:
            case Trouble.GARBLE | Trouble.SILENCE | Trouble.SLOW:
                self._spells[fault.trouble] = (now + fault.seconds, fault)
            case Trouble.REBOOT:
                self._spells[fault.trouble] = (now + fault.seconds, fault)
                self._outlet.cut()
            case Trouble.DUPLICATE:
                self._face = self.made.protocol.face(fault.serial)
            case Trouble.CLOCK:
                self._clock += timedelta(seconds=fault.seconds)
                self._truth = self._shown(replace(self._real, changes=()))
            case Trouble.PULL | Trouble.PLUG | Trouble.FORWARD:
                raise ValueError(f"{fault.trouble} is not done to the machine's line")

    def _say(self, message: bytes, now: float) -> None:
        if not message:
            return
        said = None
        if Trouble.SILENCE not in self._spells and not self._silent:
            said = uttered(message, self._manners(), self._chance)
        if said is None or not self._outlet.say(said.raw, now + said.delay):
            self.lost += 1

    def _manners(self) -> Manners:
        manners = self.made.manners
        if Trouble.GARBLE in self._spells:
            manners = garbled(manners)
        if Trouble.SLOW in self._spells:
            manners = slowed(manners, self._spells[Trouble.SLOW][1].delay)
        return manners

    def _end_spells(self, now: float) -> None:
        for trouble, (until, _) in tuple(self._spells.items()):
            if now >= until:
                del self._spells[trouble]
                if trouble is Trouble.REBOOT:
                    self._boot()

    def _boot(self) -> None:
        """It starts with nothing: what it counts begins at 0 again, and it has said nothing."""
        self._zero = {name: self._real.values.get(name, 0.0) for name in _COUNTED}
        self._face = self.made.protocol.face(self.made.serial)

    def _shown(self, truth: Truth) -> Truth:
        values = {
            name: self._counted(name, value)
            for name, value in truth.values.items()
            if name not in self.made.unsaid
        }
        cuff = truth.nibp_at + self._clock if truth.nibp_at else None
        return replace(truth, values=values, clock=truth.clock + self._clock, nibp_at=cuff)

    def _counted(self, name: str, value: float) -> float:
        """A total as it is counted since the last loss of power, or since the treatment began
        if that is later."""
        zero = self._zero.get(name, 0.0)
        if value < zero:
            self._zero[name] = zero = 0.0
        return value - zero

    def _unlike(self, peer_baud: int | None) -> bool:
        return None not in (peer_baud, self.made.baud) and peer_baud != self.made.baud
