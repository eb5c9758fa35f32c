"""What people wrote, where it may be shown."""

import streamlit as st

from data.accounts import Account
from data.model import Dimension
from data.results import PublishedComment
from survey.screens.guard import guarded
from survey.screens.results_view import Seen, ask_button, choose, opened
from survey.searching import search_words
from survey.tables import comment_list, render
from survey.views.comments import (
    DIMENSION,
    EVERY_DIMENSION,
    CommentChoice,
    comment_choice,
    searched,
)
from survey.views.scene import DEPARTMENT, path_text
from survey.wording import Wording

_AT_A_TIME = 50
_WORDS, _SHOWN = "comments_words", "comments_shown"
"""What session_state holds: what is searched for, and how many of a dimension are shown.

Words are kept there alone: in an address they would land in logs and histories,
and they may repeat what somebody wrote.
"""


@guarded
def show(say: Wording, account: Account) -> None:
    """Dimension by dimension; which dimension and department is in the address."""
    seen = opened(say, account)
    if seen is None:
        return
    st.header(say("results.comments"))
    if not seen.results.release.comments:
        st.write(say("results.comments_none"))
        return
    st.caption(say("results.comments_hint"))
    choice = comment_choice(seen.scene)
    words = _choices(seen, choice)
    if not choice.sections:
        st.info(say("comments.none_here"))
        ask_button(say("comments.everywhere"), "ask_everywhere", **{DEPARTMENT: "", DIMENSION: ""})
        return
    found = searched(choice, words) if words else choice
    if words:
        _found(say, found.number, choice.number)
    for dimension, comments in found.sections:
        _section(say, dimension, comments, words, opened=bool(words or choice.dimension))


def _choices(seen: Seen, choice: CommentChoice) -> tuple[str, ...]:
    """Where to look, and for which words."""
    say = seen.say
    dimensions = {EVERY_DIMENSION: say("comments.every_dimension")}
    dimensions |= {d.id: d.title.get(say.language, d.id) for d in seen.results.dimensions}
    places = [path_text(group.path) for group in choice.places]
    names = {path: path or say("group.organisation") for path in places}
    left, middle, right = st.columns(3)
    with left:
        choose(say("comments.dimension"), dimensions, DIMENSION, choice.dimension)
    with middle:
        choose(say("comments.place"), names, DEPARTMENT, path_text(choice.place.path))
    with right:
        typed = st.text_input(say("comments.search"), key=_WORDS, autocomplete="off")
    return search_words(typed)


def _found(say: Wording, number: int, of: int) -> None:
    """How many comments hold the words, and the way back to all."""
    told = say.count("comments.found", number, of=of) if number else say("comments.not_found")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(render("status.html", text=told), width="content")
        st.button(say("comments.clear"), on_click=_clear, key="comments_clear")


def _section(
    say: Wording,
    dimension: Dimension,
    comments: tuple[PublishedComment, ...],
    words: tuple[str, ...],
    *,
    opened: bool,
) -> None:
    """The first comments on a dimension, and a button for some more."""
    title = dimension.title.get(say.language, dimension.id)
    count = say.count("results.comments_count", len(comments))
    key = f"{_SHOWN}_{dimension.id}"
    shown = st.session_state.get(key, _AT_A_TIME)
    with st.expander(f"{title} · {count}", expanded=opened):
        st.html(comment_list(say, comments[:shown], words))
        left = len(comments) - shown
        if left > 0:
            label = say.count("comments.more", min(_AT_A_TIME, left))
            st.button(label, on_click=_more, args=(key, shown), key=f"more_{dimension.id}")


def _more(key: str, shown: int) -> None:
    st.session_state[key] = shown + _AT_A_TIME


def _clear() -> None:
    st.session_state[_WORDS] = ""
