"""Workshops: what a facilitator and a room do together. No Streamlit.

`agenda` plans the steps, `acts` is what facilitators do, `phones` who a phone is,
`joining` how phones find a workshop, `findings` what a closed round says, `words` what
things are called.
"""
