"""What people wrote, where it may be shown."""

import streamlit as st

from data.accounts import Account
from survey.screens.guard import guarded
from survey.screens.results_view import opened
from survey.tables import comment_list
from survey.wording import Wording


@guarded
def show(say: Wording, account: Account) -> None:
    """Dimension by dimension."""
    seen = opened(say, account)
    if seen is None:
        return
    results = seen.results
    st.header(say("results.comments"))
    if not results.release.comments:
        st.write(say("results.comments_none"))
        return
    st.caption(say("results.comments_hint"))
    for dimension in results.instrument.dimensions:
        found = [
            comment for comment in results.release.comments if comment.dimension == dimension.id
        ]
        if found:
            title = dimension.title.get(say.language, dimension.id)
            count = say.count("results.comments_count", len(found))
            with st.expander(f"{title} · {count}"):
                st.html(comment_list(say, found))
