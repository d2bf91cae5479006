"""What the screens about accounts, displays and the audit show, made without Streamlit."""
