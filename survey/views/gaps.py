"""One of the six kinds of gap, as a picture."""

from collections.abc import Sequence

import plotly.graph_objects as go

from scoring.gaps import GapKind
from survey.charts.bars import gap_chart
from survey.charts.chart import Chart, source_line
from survey.charts.dumbbells import dumbbell_chart
from survey.charts.pairs import Pair, has_interval
from survey.charts.slopes import MOST_INTERVALS, slope_chart
from survey.gap_table import gap_table
from survey.views.gap_choice import IN_TREE, GapChoice, gap_choice
from survey.views.gap_words import finding, unit
from survey.views.pairs import pairs_of, side_names
from survey.views.scene import Scene

NAME = "gaps"

_OF_KIND = {
    GapKind.TARGET: "method.target",
    GapKind.DEPARTMENT: "method.department",
    GapKind.LEADERSHIP: "method.pairs",
    GapKind.CONTACT: "method.pairs",
    GapKind.BLIND_SPOT: "method.blind_spot",
    GapKind.TREND: "method.trend",
}
_TOPICS = ("method.gap", "method.interval", "method.test", "method.correction", "method.effect")


def gap_picture(scene: Scene) -> Chart | None:
    """The chosen gaps in the form of their kind; None where there are none."""
    say, choice = scene.say, gap_choice(scene)
    if not choice.gaps:
        return None
    title = finding(scene, choice)
    pairs = pairs_of(
        scene, choice.shown, by_question=choice.by_question, in_tree=choice.order == IN_TREE
    )
    return Chart(
        name=NAME,
        title=title,
        unit=unit(scene, choice),
        source=source_line(say, scene.results, compared=choice.kind is GapKind.TREND),
        alt=say.count("gaps.alt", len(choice.shown), title=title),
        figure=_figure(scene, choice, pairs),
        table=gap_table(
            say,
            scene.results,
            choice.gaps,
            title,
            by_question=choice.by_question,
            own=scene.own,
        ),
        note=_note(scene, choice, pairs),
        topics=(_OF_KIND[choice.kind], *_TOPICS),
    )


def _figure(scene: Scene, choice: GapChoice, pairs: Sequence[Pair]) -> go.Figure:
    """Bars around zero for departments and rest, slopes for the trend, else dumbbells."""
    say, look = scene.say, scene.look
    if choice.kind is GapKind.DEPARTMENT:
        return gap_chart(say, pairs, look=look)
    before, now = side_names(scene, choice.shown[0])
    draw = slope_chart if choice.kind is GapKind.TREND else dumbbell_chart
    return draw(say, pairs, before=before, now=now, look=look)


def _note(scene: Scene, choice: GapChoice, pairs: Sequence[Pair]) -> str:
    """What the thin lines say and what not; or where the intervals are that are not drawn."""
    if not any(map(has_interval, pairs)):
        return ""
    if choice.kind is GapKind.TREND and len(pairs) > MOST_INTERVALS:
        return scene.say("gaps.whiskers_in_table")
    return scene.say("gaps.whiskers")
