"""The week board: what it shows, what it says of a move, and the component that draws it.

Everything but the component itself is pure: frozen plan and problem in, plain data out.
"""
