"""Who is connected when within a turn: staggered so that nurses' hands are enough.

`choreograph` gives the times, `judge` says of any times, and knows no solver, what is wrong with
them. A day is a matter of its own: what happens in it is over before the next day's first shift.
"""
