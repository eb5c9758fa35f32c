"""How answers are spread, and who does not agree with themselves."""

import streamlit as st

from data.accounts import Account
from survey.naming import full_name
from survey.screens.frame import escaped
from survey.screens.guard import guarded
from survey.screens.results_view import Seen, ask_button, chart, choose, kept, opened
from survey.share_table import share_notes
from survey.views.distributions import (
    ALL,
    EVERY_QUESTION,
    FEW,
    NAME,
    ORDER,
    QUESTION,
    Order,
    ShareChoice,
    every_row,
    least_agreed,
    share_choice,
)
from survey.views.gap_choice import titles
from survey.views.scene import DEPARTMENT, path_text, places
from survey.wording import Wording

_ORDERS = {
    Order.AGREEMENT: "distribution.order_agreement",
    Order.FAVOURABLE: "distribution.order_favourable",
    Order.TREE: "distribution.order_tree",
}


@guarded
def show(say: Wording, account: Account) -> None:
    """Every question in one place, or one question in every place."""
    seen = opened(say, account)
    if seen is None:
        return
    st.header(say("distribution.title"))
    choice = kept(seen.scene, NAME, "share_choice", share_choice)
    _choices(seen, choice)
    if choice.question is None:
        _least_agreed(seen)
    if not chart(seen, NAME):
        st.info(say("distribution.none"))
    if len(choice.drawn) > FEW and not every_row(seen.scene):
        label = say("distribution.all", number=len(choice.drawn))
        ask_button(label, "ask_all", **{ALL: "1"})
    if choice.question and seen.scene.own:
        st.caption(say("own.bold"))
    if choice.few or choice.withheld:
        st.html(share_notes(say, choice.few, choice.withheld))


def _choices(seen: Seen, choice: ShareChoice) -> None:
    say, scene = seen.say, seen.scene
    questions = {EVERY_QUESTION: say("distribution.every_question")}
    questions |= titles(scene, choice.questions)
    chosen = choice.question.id if choice.question else EVERY_QUESTION
    left, right = st.columns(2)
    with left:
        choose(say("distribution.question"), questions, QUESTION, chosen)
    with right:
        if choice.question:
            orders = {order.value: say(key) for order, key in _ORDERS.items()}
            choose(say("distribution.order"), orders, ORDER, choice.order.value)
        else:
            found = [path_text(group.path) for group in places(scene.results.release)]
            names = {path: path or say("group.organisation") for path in found}
            choose(say("distribution.place"), names, DEPARTMENT, path_text(choice.place.path))


def _least_agreed(seen: Seen) -> None:
    """The way to the department that contradicts itself most, whatever the question."""
    say, scene = seen.say, seen.scene
    found = kept(scene, NAME, "least_agreed", least_agreed)
    if found is None:
        st.write(say("distribution.nobody_divided"))
        return
    question, group = found
    name = full_name(say, group, scene.results.release)
    title = titles(scene, (question,))[question.id]
    label = say("distribution.least_agreed", name=escaped(name), question=escaped(title))
    ask_button(label, "ask_divided", **{QUESTION: question.id, ORDER: Order.AGREEMENT.value})
