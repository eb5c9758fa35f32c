"""Dumbbells and paired dots: a row each, from what it is compared with to today. No Streamlit."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from survey.charts.look import LIGHT, TEXT_SIZE, Look, dress
from survey.charts.pairs import (
    Pair,
    Point,
    answered,
    compared_with,
    connections,
    mean_axis,
    reach,
    scale,
)
from survey.charts.rows import differences, height, row_names
from survey.wording import Wording


def dumbbell_chart(
    say: Wording, pairs: Sequence[Pair], *, before: str, now: str, look: Look = LIGHT
) -> go.Figure:
    """Rows in the order given, from the top down; differences stand at the right end.

    `before`, `now`: what the two sides are called in the legend.
    """
    ends = [_ends(pair, row) for row, pair in enumerate(pairs)]
    figure = go.Figure(
        [
            *connections(pairs, ends, look),
            compared_with(before, pairs, [start for start, _ in ends], look, upright=False),
            *answered(
                (say("marks.sure", side=now), say("marks.unsure", side=now)),
                pairs,
                [end for _, end in ends],
                look,
                upright=False,
            ),
            go.Scatter(x=[None], y=[None], yaxis="y2", showlegend=False),
        ]
    )
    dress(figure, look, say, height=height(pairs))
    return figure.update_layout(
        xaxis=_means(say, pairs, look), yaxis=row_names(pairs), yaxis2=differences(pairs)
    )


def _means(say: Wording, pairs: Sequence[Pair], look: Look) -> Mapping[str, object]:
    title = {"text": say("marks.axis"), "font": {"size": TEXT_SIZE}}
    return mean_axis(*scale(pairs), look) | {"title": title}


def _ends(pair: Pair, row: int) -> tuple[Point, Point]:
    return (
        Point(pair.before, row, *reach(pair.before, pair.before_interval)),
        Point(pair.now, row, *reach(pair.now, pair.now_interval)),
    )
