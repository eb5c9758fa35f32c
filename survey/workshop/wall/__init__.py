"""What a room sees on its wall, as HTML that is made of one look at the workshop. No Streamlit.

`scene` reads it, `paint` draws it, each kind of step in a room of its own. Nothing of an
open round is in it but how many have voted.
"""
