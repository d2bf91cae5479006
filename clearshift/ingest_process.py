"""The process that `clearshift ingest` becomes: small, since it runs for months.

The command reads settings and prepares the database, which loads much that is not needed any
more afterwards; then it turns into this one, handing over a job. Nothing here may load the
command line, the settings, migrations, a solver or a screen.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Any, NoReturn

from clearshift.i18n import Say, speaker
from db.opening import open_database
from db.telemetry.connection import open_telemetry
from db.telemetry.registered import remembering
from db.telemetry.store import TelemetryStore
from devices.ingest.health import Health, State
from devices.ingest.ingest import Ingest
from devices.ingest.reader import filters
from devices.mqtt.client import Broker, Client
from domain.words import Words, words

LOOK = 0.2
COLLECT = (100_000, 10, 10)
"""Python looks for circles among objects by default after 700 new ones, which is thirty messages:
they leave none."""
_STATES = {
    State.STORING: words("storing"),
    State.HOLDING: words("holding everything"),
    State.NO_BROKER: words("without a broker"),
}


@dataclass(frozen=True, slots=True)
class Job:
    """All that the process must know. `center` is on topics, `register` the code of the center
    in its database. `seconds` is how long to run, 0 for ever; `every` how often to say how it
    is. The older MQTT is spoken as it costs half, and ingest needs nothing of the newer."""

    database: str
    telemetry: str
    keep_days: int
    center: str
    register: str
    name: str
    broker: Broker
    every: float = 10.0
    seconds: float = 0.0
    json: bool = False
    language: str = "en"
    log_level: str = "WARNING"
    log_file: str = ""


def become(job: Job) -> NoReturn:
    """Turns this process into the small one. What is secret goes through a pipe: arguments and
    environment can be read by others."""
    reads, writes = os.pipe()
    os.set_inheritable(reads, True)
    with os.fdopen(writes, "w", encoding="utf-8") as handed:
        json.dump(asdict(job), handed)
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # else each thread keeps freed memory
    arguments = [sys.executable, "-m", "clearshift.ingest_process", str(reads)]
    os.execv(sys.executable, arguments)


def main(arguments: Sequence[str]) -> int:
    """The process: takes its job from the pipe, runs until told to end."""
    with os.fdopen(int(arguments[0]), encoding="utf-8") as handed:
        told: dict[str, Any] = json.load(handed)
    job = Job(**{**told, "broker": Broker(**told["broker"])})
    _start_log(job)
    gc.freeze()  # what is loaded stays: no need to look at it again and again
    gc.set_threshold(*COLLECT)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return serve(job, stop, lambda line: print(line, flush=True))


def serve(job: Job, stop: threading.Event, tell: Callable[[str], None]) -> int:
    """Runs an ingest until `stop` is set or its time is over; says how it is. The result is 1 if
    it ended by itself, which it never should."""
    store = _store(job)
    ingest = Ingest(store, job.center, job.name)
    client = Client(
        replace(job.broker, mqtt5=False),
        f"{job.center}-ingest-{job.name}",
        hear=ingest.hear,
        filters=filters(job.center),
        durable=True,
        up=ingest.up,
        down=ingest.down,
    )
    writer = threading.Thread(target=ingest.run, args=(client,), name="writer", daemon=True)
    writer.start()
    client.start()
    _watch(job, stop, writer, lambda: tell(_line(job, ingest.health)), ingest)
    died = not writer.is_alive()
    ingest.stop()
    writer.join()
    client.stop()
    tell(_line(job, ingest.health))
    return 1 if died else 0


def health_line(health: Health) -> Words:
    """One line for a person."""
    counts = health.counts
    line = words(
        "{state}: {stored} stored, {repeated} came again, {conflicts} in conflict,"
        " {quarantined} put aside, {waiting} waiting",
        state=_STATES[health.state],
        stored=counts.stored,
        repeated=counts.repeated,
        conflicts=counts.conflicts,
        quarantined=counts.quarantined,
        waiting=counts.waiting,
    )
    return words("{line} ({reason})", line=line, reason=health.reason) if health.reason else line


def _watch(
    job: Job,
    stop: threading.Event,
    writer: threading.Thread,
    tell: Callable[[], None],
    ingest: Ingest,
) -> None:
    began, told, state = monotonic(), float("-inf"), None
    while not stop.wait(LOOK) and writer.is_alive():
        now, found = monotonic(), ingest.health.state
        if now - told >= job.every or found is not state:
            told, state = now, found
            tell()
        if job.seconds and now - began >= job.seconds:
            return


def _store(job: Job) -> TelemetryStore:
    return TelemetryStore(
        open_telemetry(job.telemetry),
        remembering(open_database(job.database), job.register, monotonic),
        job.keep_days,
    )


def _line(job: Job, health: Health) -> str:
    say: Say = speaker(job.language)
    if job.json:
        return json.dumps(asdict(health), default=_plain, ensure_ascii=False)
    return f"{datetime.now().astimezone():%H:%M:%S} {say(health_line(health))}"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _start_log(job: Job) -> None:
    logging.basicConfig(
        level=job.log_level,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        filename=job.log_file or None,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
