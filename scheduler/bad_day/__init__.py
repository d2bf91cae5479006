"""Bad-day mode: far too few machines, and who comes first."""
