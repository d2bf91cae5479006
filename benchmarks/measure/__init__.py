"""What runs inside a measurement's own process; `measure` of each module gives one row."""
