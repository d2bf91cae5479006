"""The way in: who is let through to what, and the pages on which one signs in.

Streamlit serves its media, metrics and uploads to anybody who knows their address; therefore
one gate stands before everything that the server has.
"""
