"""A chart as one picture for a talk: its words stand in the figure, and nothing is cut.

No Streamlit. Everything is in pixels of a figure that is `WIDTH` wide; saved
`SCALE` times as large, its type is as large as slides need it.
"""

import html
import math
import re
from dataclasses import dataclass

import plotly.graph_objects as go

from survey.charts.chart import Chart
from survey.charts.lettering import lines, width
from survey.charts.look import LIGHT, TEXT_SIZE

WIDTH, LEAST_HEIGHT = 1024, 576
SCALE = 1.5625
"""Makes 1600 × 900 of the smallest."""

_EDGE = 32
_TITLE_SIZE, _UNIT_SIZE, _SOURCE_SIZE = 22, 15, 12
_LINE = 1.3
"""A line's height in its size of type, as Plotly sets it."""

_TAG = re.compile("<[^>]*>")
_CAPITAL = 0.7
"""A capital's height in its size: Plotly counts from the first line's foot."""

_SWATCH = 60
"""What an entry of a legend takes beside its name."""

_AXIS = 28
"""What an axis's title takes; below more room by it than a chart asks for, for long labels."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one size, as Plotly takes them."""

    text: str
    size: float
    lines: int


def to_take(chart: Chart) -> go.Figure:
    """The chart's figure with title, unit and source in it; the chart's own stays as it is.

    It must have been drawn in `LIGHT`: pictures are pasted on white.
    """
    title, unit = _block(chart.title, _TITLE_SIZE), _block(chart.unit, _UNIT_SIZE)
    source = _block(chart.source, _SOURCE_SIZE)
    figure = go.Figure(chart.figure)
    own = figure.layout.margin
    above, below = own.t or 0, (own.b or 0) + _AXIS
    # Plotly sets all lines of a text as far apart as the largest need it.
    head = _EDGE + (title.lines + unit.lines) * title.size * _LINE + _legend_height(figure)
    foot = source.lines * source.size * _LINE + _EDGE
    height = max(LEAST_HEIGHT, (figure.layout.height or 0) + head + _AXIS + foot)
    return figure.update_layout(
        width=WIDTH,
        height=math.ceil(height),
        margin={
            "l": max(own.l or 0, _EDGE + math.ceil(_left(figure))),
            "r": max(_EDGE, own.r or 0),
            "t": math.ceil(above + head),
            "b": math.ceil(below + foot),
        },
        title=_heading(title, unit, height),
        paper_bgcolor=LIGHT.paper,
        plot_bgcolor=LIGHT.paper,
    ).add_annotation(**_source(source, below))


def _block(text: str, size: float) -> _Block:
    fitting = lines(text, size, WIDTH - 2 * _EDGE)
    # Plotly reads HTML in its texts.
    plain = "<br>".join(html.escape(line, quote=False) for line in fitting)
    return _Block(plain, size, len(fitting))


def _heading(title: _Block, unit: _Block, height: float) -> dict[str, object]:
    """At the left above; not where the plot's left side is, as Plotly would have it."""
    style = f"font-size:{unit.size}px;color:{LIGHT.soft}"
    return {
        "text": f'<b>{title.text}</b><br><span style="{style}">{unit.text}</span>',
        "font": {"size": title.size, "color": LIGHT.ink},
        "x": _EDGE / WIDTH,
        "xanchor": "left",
        "y": 1 - (_EDGE + title.size * _CAPITAL) / height,
        "yanchor": "top",
    }


def _source(source: _Block, below: float) -> dict[str, object]:
    """At the right, `below` the plot: where its left side is, is not known before it is drawn."""
    return {
        "text": source.text,
        "font": {"size": source.size, "color": LIGHT.soft},
        "align": "right",
        "showarrow": False,
        "xref": "paper",
        "x": 1,
        "xanchor": "right",
        "yref": "paper",
        "y": 0,
        "yanchor": "top",
        "yshift": -below,
    }


def _left(figure: go.Figure) -> float:
    """What stands left of the plot; Plotly would let it begin at the very edge."""
    axis = figure.layout.yaxis
    texts = [
        label
        for values in (axis.ticktext, *(getattr(trace, "y", None) for trace in figure.data))
        if values is not None
        for label in values
        if isinstance(label, str)
    ]
    labels = [html.unescape(_TAG.sub("\n", text)) for text in texts or ["100 %"]]
    widest = max(width(line, TEXT_SIZE) for label in labels for line in label.split("\n"))
    return widest + (_AXIS if axis.title.text else 0)


def _legend_height(figure: go.Figure) -> float:
    """What a legend above the plot takes."""
    shown = [trace for trace in figure.data if trace.name and trace.showlegend is not False]
    if figure.layout.showlegend is False or not shown:
        return 0
    if len(shown) == 1 and not figure.layout.showlegend:
        return 0
    room = sum(width(trace.name, TEXT_SIZE) + _SWATCH for trace in shown)
    return math.ceil(room / (WIDTH - 2 * _EDGE)) * TEXT_SIZE * 2
