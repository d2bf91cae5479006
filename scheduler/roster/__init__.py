"""Rosters: who works which duty on which day, found, proven and judged.

`shape` is the question, `solve` the answer, `judge` knows no solver. Nothing here knows of
nurses, wards or dialysis: whoever asks translates.
"""
