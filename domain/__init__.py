"""The nouns of a dialysis center.

Pure: standard library only, and of it no clock, no randomness, no files, no logging.
Times are the center's local wall-clock times, naive on purpose: the centers Clearshift
plans for keep one offset all year, and an edge that needs an instant adds the zone.
"""
