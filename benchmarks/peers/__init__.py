"""The peers: other ways to solve the same timetable, for comparison only."""
