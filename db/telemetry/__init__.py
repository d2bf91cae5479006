"""What machines said, in a database of its own: a flood of it can never hold up a plan.

Wide rows of scaled integers, the books of every boot, and what is derived from them. Nothing
here knows a topic or a payload's format; rows are written in bulk, past any object mapping.
"""
