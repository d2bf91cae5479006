"""One machine, what is due, and the books: what their screens show, without Streamlit."""
