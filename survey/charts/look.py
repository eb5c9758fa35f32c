"""The visual language of every chart: what a colour and a mark mean. No Streamlit.

- Worse than what it is compared with is ochre, better is petrol: in bars, cells, lines and shares.
- What people answered now is a round dot in ink: filled where the difference may be claimed,
  hollow where it may not. What it is compared with (a target, a prediction, the rest, an
  earlier wave, the other side of a pair) is a diamond in grey.
- Between the two, a solid line is sure and a dotted one is not. A bar that is not sure is hatched.
- Withheld is hatched in grey, can't judge is plain grey. No colour says anything alone.
"""

from dataclasses import dataclass, fields

import plotly.graph_objects as go

from survey.wording import Wording

FONT = "Source Sans, Segoe UI, Helvetica, Arial, sans-serif"
TEXT_SIZE = 14


@dataclass(frozen=True, slots=True)
class Look:
    """The colours on one background, as Plotly takes them.

    `worse` and `better` go with `much_worse` and `much_better`, the same further
    from the middle; `middle` is between them. `ink` is text and what was
    answered, `soft` what that is compared with, `line` the grid.
    """

    name: str
    paper: str
    ink: str
    soft: str
    line: str
    much_worse: str
    worse: str
    middle: str
    better: str
    much_better: str


LIGHT = Look(
    name="light",
    paper="#ffffff",
    ink="#1b2a2e",
    soft="#5c6b70",
    line="#c3cdcf",
    much_worse="#a85f0c",
    worse="#c4771a",
    middle="#c9d1d3",
    better="#1f8a9e",
    much_better="#0b6477",
)
DARK = Look(
    name="dark",
    paper="#101719",
    ink="#e8eeef",
    soft="#a9b6ba",
    line="#46555a",
    much_worse="#e8a04c",
    worse="#c4771a",
    middle="#46555a",
    better="#1f8a9e",
    much_better="#5fbccf",
)
LOOKS = {look.name: look for look in (LIGHT, DARK)}


def on_paper() -> str:
    """A style that prints what was drawn in `DARK` in the colours of `LIGHT`."""
    drawn = (
        (getattr(DARK, part.name), getattr(LIGHT, part.name))
        for part in fields(Look)
        if part.name != "name"
    )
    rules = (
        f'.main-svg [style*="{what}: {_as_browsers_write(dark)}"]{{{what}:{light}!important}}'
        for dark, light in drawn
        if dark != light
        for what in ("fill", "stroke")
    )
    return f"@media print{{{''.join(rules)}}}"


def _as_browsers_write(colour: str) -> str:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"rgb({red}, {green}, {blue})"


def _template(look: Look) -> go.layout.Template:
    """What axes have unless a chart says otherwise."""
    axis = {
        "automargin": True,
        "gridcolor": look.line,
        "zerolinecolor": look.line,
        "title": {"font": {"size": TEXT_SIZE}, "standoff": 12},
    }
    return go.layout.Template(layout={"xaxis": axis, "yaxis": axis})


_TEMPLATES = {look.name: _template(look) for look in LOOKS.values()}


def dress(figure: go.Figure, look: Look, say: Wording, *, height: int) -> go.Figure:
    """Give a figure the house's type, background, margins and decimal sign; the same figure."""
    # Plotly's own template would be most of what a chart sends.
    figure.layout.template = _TEMPLATES[look.name]
    return figure.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": 8, "b": 56},
        font={"color": look.ink, "size": TEXT_SIZE, "family": FONT},
        hoverlabel={"font": {"family": FONT, "size": TEXT_SIZE}},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        separators=say("chart.separators"),
        dragmode=False,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1, "x": 0, "xanchor": "left"},
    )
