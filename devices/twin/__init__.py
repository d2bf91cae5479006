"""Machine twins: one physics for all protocols, seeded and without a clock, and the lines on
which simulated machines speak their protocol's bytes."""
