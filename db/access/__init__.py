"""Who may sign in, what opens without it, and who did what.

Of passwords, sign-ins, links and displays only digests are stored. Nothing in here knows what
a role may do: that is said in one table of the web.
"""
