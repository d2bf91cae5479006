"""The weekly plan: rules, model, search, seating, check, explanation.

Nothing here reads files, clocks or databases: a `Problem` goes in, a plan comes out.
"""
