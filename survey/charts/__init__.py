"""Charts: figures from values, in one visual language (`look`). Plotly's graph objects only.

No Streamlit. What a chart shows is chosen in `survey/views`; where it stands, in the screens.
"""
