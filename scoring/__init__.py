"""UNDERSTANDING: what answers mean and what may be shown.

Pure: it takes data's values and returns values. No SQL, no Streamlit, no
clock, and no randomness that is not passed in.
"""
