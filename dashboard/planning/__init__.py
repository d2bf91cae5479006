"""Plans ordered on a screen: the order, the process that searches, what it tells meanwhile."""
