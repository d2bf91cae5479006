"""A plan in force, mended after something has happened: the fewest sessions lost, then the fewest
patients at other times, each with its proof."""
