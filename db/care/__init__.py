"""Alarms and care in the center's database: what the wire told, what people did, what is due.

Every function works in the session that it is handed; storing ones let one writer at a time
work on a center. Screens and commands call these and never a table.
"""
