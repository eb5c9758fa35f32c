"""Posters for the canteen's wall: what they say, and how they are drawn. No Streamlit.

The fonts are DejaVu Sans, which has the letters of every European script; their
licence lies beside them.
"""
