"""Views of the results: what an address asks for, and the picture of it. No Streamlit.

An address names the view and its choices, never an answer, so that a link opens
the same picture for everybody who may see it. What it asks for in vain falls
back to what would be shown without it.
"""
