"""The screens' place in the house: staff screens, patient pages, live stream and the gate.

May import every package but `clearshift`; `streamlit` only in the app and its screens, so
that what a screen says can be tested without one.
"""
