"""What phones in a workshop see: plain pages, which need no JavaScript. No Streamlit."""
