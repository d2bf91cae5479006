"""The product's own name: command line, settings and the catalog of both languages.

Wiring only. What a center is stands in `domain`, how its week is planned in `scheduler`, how
it is stored and printed in `db`; nothing of that kind belongs here.
"""

__version__ = "0.1.0"
