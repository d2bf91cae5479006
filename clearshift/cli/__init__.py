"""The command line: one file a command, wiring only.

A command reads what the settings name, calls the layers and says the result. Anything that
would have to be decided again by a screen belongs in a layer, not here.
"""
