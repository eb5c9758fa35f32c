"""How every figure is computed, for everybody who wants to know."""

import streamlit as st

from survey.method import as_html, as_markdown
from survey.screens.frame import spoken


def show() -> None:
    """The figures one by one, and the page as a file."""
    say = spoken()
    st.title(say("method.title"))
    st.write(say("method.intro"))
    st.html(as_html(say))
    st.download_button(
        say("method.download"),
        as_markdown(say),
        file_name=say("method.file"),
        mime="text/markdown",
    )
