"""Synthetic centers by seed: no real person, any size and tightness, a legal last week."""
