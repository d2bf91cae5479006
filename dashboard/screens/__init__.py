"""The screens: one file each, with one function that draws. What it shows is made elsewhere,
by functions that know no Streamlit."""
