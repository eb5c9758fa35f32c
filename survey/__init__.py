"""ASKING: everything a person sees or does.

The top floor: it may import `scoring` and `data`. Streamlit lives in
`screens/`, `navigation.py` and `access.py` only.
"""
