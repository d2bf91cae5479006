"""What comes out on paper and file: plans as Excel, PDF, calendar, CSV and JSON, and back.

Everything here is a pure function of an `Edition` and a `Voice` that returns bytes; only
`write_all` touches a folder. No clock: the time of printing comes in with the `Imprint`.
"""
