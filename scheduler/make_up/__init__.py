"""A missed session made up, and two patients who swap."""
