"""Bringing Timefold here: the Java archives inside its Python wheel, and our program for them.

Everything lands in `.cache/timefold`. Nothing else in the project needs Java.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "benchmarks" / "timefold"
PLACE = ROOT / ".cache" / "timefold"
JARS = PLACE / "wheel" / "timefold" / "solver" / "jars"
CLASSES = PLACE / "classes"
SETTINGS = SOURCES / "logback.xml"
PROGRAM = SOURCES / "Timetable.java"


def set_up() -> str:
    """Installs and compiles what is missing; says `ready`, or why Timefold cannot run."""
    reason = why_not()
    if reason is None:
        return "ready"
    missing = [tool for tool in ("java", "javac") if shutil.which(tool) is None]
    if missing:
        return f"not run: {' and '.join(missing)} not found (a Java 17 development kit)"
    steps = [_compile_command()]
    if not JARS.is_dir():
        steps.insert(0, _install_command())
    for command in steps:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            return f"not run: {command[0]} failed: {last}"
    return why_not() or "ready"


def why_not() -> str | None:
    """`None` if Timefold can run, else the reason."""
    if shutil.which("java") is None:
        return "not run: java not found (a Java 17 development kit)"
    compiled = CLASSES / "Timetable.class"
    if not compiled.exists() or compiled.stat().st_mtime < PROGRAM.stat().st_mtime:
        return "not run: not set up (python -m benchmarks timefold)"
    return None


def timefold_version() -> str | None:
    """The version of the archives that are here; `None` if there are none."""
    found = next((PLACE / "wheel").glob("timefold-*.dist-info"), None)
    return found.name.removeprefix("timefold-").removesuffix(".dist-info") if found else None


def run_command(problem: Path, plan: Path, seconds: float, seed: int) -> list[str]:
    """Solves the problem file and writes the plan file."""
    return [
        "java",
        f"-Dlogback.configurationFile={SETTINGS}",
        "-cp",
        f"{CLASSES}:{JARS}/*",
        "Timetable",
        str(problem),
        str(plan),
        str(seconds),
        str(seed),
    ]


def _install_command() -> list[str]:
    """Hash-checked, without its Python dependencies, in a folder of its own."""
    return [
        sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--only-binary", ":all:", "--require-hashes",
        "--requirement", str(SOURCES / "requirements.txt"),
        "--upgrade", "--target", str(PLACE / "wheel"),
    ]  # fmt: skip


def _compile_command() -> list[str]:
    CLASSES.mkdir(parents=True, exist_ok=True)
    return ["javac", "-proc:none", "-d", str(CLASSES), "-cp", f"{JARS}/*", str(PROGRAM)]
