"""A planner as a process of its own, which a test can stop anywhere or set against another.

Run as `python -m tests.db.planner_process URL AUTHOR WATCHED`: says "ready", waits for a line,
stores a plan, and says "stored 1" or "stale 1". On the way it says "reached WATCHED" after the
first statement that holds the watched text (or before the commit, if that is the text) and waits
for another line.
"""

from __future__ import annotations

import sys

from sqlalchemy import event

from db.opening import open_database
from db.plans import StalePlan
from tests.db.world import MONDAY, plan_of, sit, store_plan


def say(word: str) -> None:
    """To the test, at once."""
    print(word, flush=True)


def main(url: str, author: str, watched: str) -> None:
    """One planner's attempt."""
    engine = open_database(url)

    def pause(reached: str) -> None:
        if watched and watched in reached:
            say(f"reached {watched}")
            sys.stdin.readline()

    event.listen(engine, "after_cursor_execute", lambda *call: pause(call[2]))
    event.listen(engine, "commit", lambda _connection: pause("COMMIT"))
    say("ready")
    sys.stdin.readline()
    try:
        version = store_plan(engine, plan_of(sit(MONDAY, "D", "P1")), author=author)
        say(f"stored {version.number}")
    except StalePlan as stale:
        say(f"stale {stale.latest}")


if __name__ == "__main__":
    main(*sys.argv[1:])
