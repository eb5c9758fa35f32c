"""What is told of one place, on its own screen and above a leader's overview."""

import streamlit as st

from data.results import Group, GroupKind
from scoring.figures import figures
from scoring.scores import dimension_question
from survey.heatmap import HeatChoice, heat_map
from survey.results import Results
from survey.screens.frame import escaped
from survey.sentences import took_part
from survey.standing_words import standing_lists
from survey.views.places import below
from survey.wording import Wording


def summary(say: Wording, results: Results, group: Group) -> bool:
    """Who took part, strengths and gaps; whether there is anything to tell.

    Of a place withheld in full the one reason, and nothing else.
    """
    if not results.release.histograms.get(group):
        st.info(say("department.withheld", reason=say("results.withheld")))
        return False
    question = dimension_question(results.dimensions[0])
    st.write(escaped(took_part(say, figures(results.release, group, question))))
    st.header(say("standing.title"))
    lists = standing_lists(say, results, group)
    if lists:
        st.html(lists)
    else:
        st.write(say("standing.nothing"))
    return True


def sub_departments(say: Wording, results: Results, group: Group) -> None:
    """The departments in it and what is left beside them, as a small table."""
    if group.kind is GroupKind.DEPARTMENT and below(results.release, group):
        st.header(say("own.below"))
        st.html(heat_map(say, results, choice=HeatChoice(branch=group.path)))
