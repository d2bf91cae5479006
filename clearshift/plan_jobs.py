"""Starting a search that somebody ordered on a screen, in a process of its own.

The order goes through a pipe and not through arguments, which everybody on the computer can
read: the database's address may hold a password.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict

from clearshift.settings import Settings
from dashboard.planning.order import JobOrder

MODULE = "dashboard.planning.job"


def starter(settings: Settings, center: str) -> Callable[[int], None]:
    """What starts the search with a number. It goes on if the web server is stopped."""

    def start(job: int) -> None:
        order = JobOrder(
            database=settings.database.url,
            center=center,
            job=job,
            history_weeks=settings.plan.history_weeks,
            workers=settings.plan.workers or os.cpu_count() or 1,
            seed=settings.plan.seed,
            deterministic=settings.plan.deterministic,
            apart_minutes=settings.flow.apart_minutes,
            latest_minutes=settings.flow.latest_minutes,
        )
        process = subprocess.Popen(
            [sys.executable, "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert process.stdin is not None  # asked for above
        with process.stdin as pipe:
            pipe.write(json.dumps(asdict(order)).encode())

    return start
