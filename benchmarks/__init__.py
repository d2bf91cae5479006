"""Reproducible measurements: our planner, its parts, and its peers on the same instances.

`python -m benchmarks` runs everything. Each measurement is a process of its own; what it found
is one line in `results/`, and every table of `docs/benchmarks.md` is made from those lines.
"""
