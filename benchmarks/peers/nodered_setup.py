"""Bringing Node-RED here: it and its SQLite node from npm, with our flows, in `.cache/nodered`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from domain.quantity import QUANTITIES

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "benchmarks" / "peers" / "nodered"
PLACE = ROOT / ".cache" / "nodered"
_PROGRAM = PLACE / "node_modules" / "node-red" / "red.js"
_PACKAGES = ("node-red", "node-red-node-sqlite")


def set_up() -> str:
    """Installs what is missing; says `ready`, or why Node-RED cannot run."""
    if why_not() is None:
        return "ready"
    missing = [tool for tool in ("node", "npm") if shutil.which(tool) is None]
    if missing:
        return f"not run: {' and '.join(missing)} not found (Node.js 20)"
    PLACE.mkdir(parents=True, exist_ok=True)
    shutil.copy(SOURCES / "package.json", PLACE)
    command = ["npm", "install", "--no-audit", "--no-fund", "--omit=dev"]
    done = subprocess.run(command, cwd=PLACE, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"not run: npm failed: {(done.stderr.strip().splitlines() or ['no reason'])[-1]}"
    return why_not() or "ready"


def why_not() -> str | None:
    """`None` if Node-RED can run, else the reason."""
    if shutil.which("node") is None:
        return "not run: node not found (Node.js 20)"
    wanted = json.loads((SOURCES / "package.json").read_text())["dependencies"]
    if _versions() != wanted:
        return "not run: not set up (python -m benchmarks nodered)"
    return None


def nodered_version() -> str | None:
    """The version that is here; `None` if there is none."""
    return _versions().get("node-red")


def start(
    flow: str, folder: Path, port: int, pages: int, database: Path, log: Path
) -> subprocess.Popen[bytes]:
    """One of our flows in a folder of its own, at the broker of a port of this computer."""
    shutil.copy(SOURCES / flow, folder / "flow.json")
    shutil.copy(SOURCES / "settings.js", folder)
    (folder / "node_modules").symlink_to(PLACE / "node_modules")
    (folder / "package.json").write_text((SOURCES / "package.json").read_text())
    environment = {
        **os.environ,
        "BENCH_PORT": str(port),
        "BENCH_UI_PORT": str(pages),
        "BENCH_DATABASE": str(database),
        "BENCH_QUANTITIES": json.dumps([(one.name, one.low, one.high) for one in QUANTITIES]),
    }
    command = ["node", str(_PROGRAM), "--userDir", str(folder), "--settings",
               str(folder / "settings.js"), "flow.json"]  # fmt: skip
    with log.open("ab") as said:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said)


def _versions() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        file = PLACE / "node_modules" / name / "package.json"
        if file.exists():
            found[name] = str(json.loads(file.read_text())["version"])
    return found
