"""Bad weather on a connection: a TCP proxy on this computer that delays, stalls, cuts, resets
or goes silent, as told from a test's own thread. Needs no root."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from random import Random
from types import TracebackType

HERE = "127.0.0.1"
RETRANSMISSION, LONGEST = 0.2, 0.8
"""Seconds that a lost packet costs at first, doubled for each one lost in a row, and at most."""


class Proxy:
    """Forwards to a port of this computer; the weather may change at any time.

    `latency` in seconds each way. `loss` is the chance that a piece is lost and has to be sent
    again, as TCP shows it to a program: late. `limit` ends a connection after so many bytes.
    `pieces` cuts what passes into so many bytes. `lingering` seconds before an end is passed
    on."""

    def __init__(self, target: int, seed: int = 0) -> None:
        self.port = 0
        self.latency = self.loss = self.lingering = 0.0
        self.limit = self.pieces = 0
        self.connections = 0
        self._target, self._chance = target, Random(seed)
        self._refusing = False
        self._loop = asyncio.new_event_loop()
        self._thawed = asyncio.Event()
        self._thawed.set()
        self._open: set[asyncio.StreamWriter] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def cut(self) -> None:
        """Every connection ends now; new ones may come."""
        self._do(lambda: self._each(asyncio.StreamWriter.close))

    def reset(self) -> None:
        """The same without a goodbye."""
        self._do(lambda: self._each(_reset))

    def refuse(self, refusing: bool) -> None:
        """Whether new connections end at once; those that are open go on."""
        self._refusing = refusing

    def silence(self, silent: bool) -> None:
        """Half open: whoever is connected stays so, and nothing arrives either way."""
        self._do(self._thawed.clear if silent else self._thawed.set)

    def __enter__(self) -> Proxy:
        self._thread.start()
        server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.port = server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _do(self, what: Callable[[], None]) -> None:
        async def done() -> None:
            what()

        asyncio.run_coroutine_threadsafe(done(), self._loop).result(10)

    def _each(self, what: Callable[[asyncio.StreamWriter], None]) -> None:
        for one in self._open:
            what(one)

    async def _listen(self) -> asyncio.Server:
        return await asyncio.start_server(self._serve, HERE, 0)

    async def _end(self) -> None:
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _serve(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        try:
            if self._refusing:
                raise OSError("refused")
            far, forth = await asyncio.open_connection(HERE, self._target)
        except OSError:
            back.close()
            return
        self.connections += 1
        self._open |= {back, forth}
        with suppress(asyncio.CancelledError):
            await asyncio.gather(self._pass(near, forth), self._pass(far, back))
        self._open -= {back, forth}

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        passed = 0
        try:
            while data := await source.read(self.pieces or 65536):
                await self._weather()
                sink.write(data)
                await sink.drain()
                passed += len(data)
                if self.limit and passed >= self.limit:
                    break
        except OSError:
            pass
        finally:
            await asyncio.sleep(self.lingering)
            sink.close()

    async def _weather(self) -> None:
        wait, again = self.latency, RETRANSMISSION
        while self._chance.random() < self.loss:
            wait, again = wait + again, min(2 * again, LONGEST)
        if wait:
            await asyncio.sleep(wait)
        await self._thawed.wait()


def _reset(writer: asyncio.StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    writer.transport.abort()
