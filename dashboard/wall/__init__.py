"""The wall: every machine live on one screen, and on displays for which nobody signs in."""
