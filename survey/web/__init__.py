"""The server's own routes and middleware, beside Streamlit's. No Streamlit in here."""
