"""Viewers of the wall that have computers of their own: they read the stream to its last byte and
paint nothing. `python -m benchmarks.measure.wall_readers PORT PATH COOKIE COUNT` until stopped."""

from __future__ import annotations

import sys
from http.client import HTTPConnection
from threading import Thread

CHUNK = 65_536


def main(port: str, path: str, cookie: str, count: str) -> None:
    """All of them at once; each ends when the server closes its stream."""
    threads = [Thread(target=read, args=(int(port), path, cookie)) for _ in range(int(count))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def read(port: int, path: str, cookie: str) -> None:
    """One stream, as a browser asks for it. Raises ConnectionError if it is not given one."""
    connection = HTTPConnection("127.0.0.1", port)
    asked = {"Accept": "text/event-stream", "Accept-Encoding": "gzip", "Cookie": cookie}
    connection.request("GET", path, headers=asked)
    stream = connection.getresponse()
    if stream.status != 200:
        raise ConnectionError(f"{path}: {stream.status}")
    while stream.read1(CHUNK):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
