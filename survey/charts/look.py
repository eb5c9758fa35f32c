"""The visual language of every chart: what a colour and a mark mean. No Streamlit.

- Worse than what it is compared with is ochre, better is petrol: in bars, cells, lines and shares.
- What people answered now is a round dot in ink: filled where the difference may be claimed,
  hollow where it may not. What it is compared with (a target, a prediction, the rest, an
  earlier wave, the other side of a pair) is a diamond in grey. A target beside one of these is
  a grey tick across the row.
- Between the two, a solid line is sure and a dotted one is not. A bar that is not sure is hatched.
  Both have a colour only where the difference is more than chance, as cells of a heat map do.
- A cell of a heat map has one of seven steps from ochre to petrol, with an arrowhead for each step
  away from the middle; what may be claimed is bold and underlined.
- Shares of answers run from much worse to much better, each clearly lighter or darker than its
  neighbours, so that they stay apart for colour-blind people and in black and white.
- Withheld is hatched in pale grey over the whole scale, can't judge is plain grey. No colour says
  anything alone.
"""

from dataclasses import dataclass, fields

import plotly.graph_objects as go

from survey.wording import Wording

FONT = "Source Sans, Segoe UI, Helvetica, Arial, sans-serif"
"""As style sheets write it: an unquoted name with a digit of its own would void the whole list."""
TEXT_SIZE = 14


@dataclass(frozen=True, slots=True)
class Look:
    """The colours on one background, as Plotly takes them.

    `worse` and `better` go with `much_worse` and `much_better`, the same further
    from the middle; `middle` is between them. `on_much` and `on_some` are text
    upon the outer and the inner two, `ink` upon the middle. `ink` is text and what
    was answered, `soft` what that is compared with, `line` the grid. `steps`: from
    far worse to far better, grounds on which `ink` can be read.
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
    steps: tuple[str, str, str, str, str, str, str]
    on_much: str
    on_some: str

    @property
    def shares(self) -> tuple[tuple[str, str], ...]:
        """The colour of each point of the scale, lowest first, and of text upon it."""
        return (
            (self.much_worse, self.on_much),
            (self.worse, self.on_some),
            (self.middle, self.ink),
            (self.better, self.on_some),
            (self.much_better, self.on_much),
        )


LIGHT = Look(
    name="light",
    paper="#ffffff",
    ink="#1b2a2e",
    soft="#5c6b70",
    line="#c3cdcf",
    much_worse="#7d4000",
    worse="#cf7d15",
    middle="#c9d1d3",
    better="#309cb1",
    much_better="#0a4d5c",
    on_much="#ffffff",
    on_some="#1b2a2e",
    steps=("#d48c3a", "#ecb073", "#f6d6b7", "#eef1f2", "#b7e6f0", "#79cdde", "#4baec1"),
)
DARK = Look(
    name="dark",
    paper="#101719",
    ink="#e8eeef",
    soft="#a9b6ba",
    line="#46555a",
    much_worse="#f0b76b",
    worse="#bd6f12",
    middle="#46555a",
    better="#258ca3",
    much_better="#86d6e4",
    # Not quite the paper's colour: in print each colour is replaced by its own (`on_paper`).
    on_much="#0f1618",
    on_some="#0e1517",
    steps=("#90561a", "#6d4113", "#482f19", "#222d30", "#0e3c44", "#0a5763", "#107382"),
)
LOOKS = {look.name: look for look in (LIGHT, DARK)}


def on_paper() -> str:
    """A style that prints what was drawn in `DARK` in the colours of `LIGHT`."""
    drawn = (
        (getattr(DARK, part.name), getattr(LIGHT, part.name))
        for part in fields(Look)
        if part.type is str and part.name != "name"
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
