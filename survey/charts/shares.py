"""Distributions as diverging stacked bars, a row each. No Streamlit.

The middle answer lies across the middle, what is below it to the left, what is
above it to the right; who could not judge stands in a column of its own. The
y axis counts pixels from the top, so that a name of two lines gets its room.
"""

import html
from collections.abc import Sequence

import plotly.graph_objects as go

from data.model import SCALE
from scoring.figures import Agreement, Distribution
from survey.charts.look import LIGHT, Look, dress
from survey.charts.share_rows import BAR, HEAD, HEADING, LINE, Drawn, Row, heading_height, laid_out
from survey.wording import Wording

_AROUND = 120
"""What legend and axis take, in pixels."""
_SMALL = 12
_SHARES, _ASIDE = [0, 0.68], [0.72, 1]
"""Where the two columns lie, as parts of the picture's width."""
_EDGE = 0.005
"""Room beside the longest bars, as a share."""
_ON_A_PHONE, _DIGIT = 220, 7
"""How wide the column of shares is on a phone, and a small digit, in pixels."""
_ASIDE_BAR = 0.4
"""The longest bar of the column aside, as a part of its width: percentages and n need room."""

_POINTS = (
    "distribution.point_1",
    "distribution.point_2",
    "distribution.point_3",
    "distribution.point_4",
    "distribution.point_5",
)


def share_chart(say: Wording, rows: Sequence[Row], look: Look = LIGHT) -> go.Figure:
    """The rows that have a distribution, at least one, in the order given, from the top down."""
    drawn = laid_out(rows)
    height = drawn[-1].bar_at + BAR
    left = min(one.start for one in drawn) - _EDGE
    right = max(one.end for one in drawn) + _EDGE
    aside = max([0.1, *(one.shares.cant_judge for one in drawn)]) / _ASIDE_BAR
    figure = go.Figure(
        [
            *(_point(say, drawn, value, right - left, look) for value in SCALE),
            _cant_judge(say, drawn, look),
            _cant_judge_shares(say, drawn, aside, look),
            _names(drawn, left, right, look),
            _facts(say, drawn, aside, look),
            *_titles(say, left, right, aside, look),
        ]
    )
    dress(figure, look, say, height=round(height) + _AROUND)
    axis = {"showgrid": False, "showticklabels": False, "zeroline": False, "fixedrange": True}
    middle = {"zeroline": True, "zerolinecolor": look.line, "zerolinewidth": 1}
    title = {"text": say("distribution.axis"), "font": {"size": _SMALL}}
    return figure.update_layout(
        barmode="overlay",
        margin={"b": 32},
        legend={"itemclick": False, "itemdoubleclick": False, "traceorder": "normal"},
        xaxis={**axis, **middle, "domain": _SHARES, "range": [left, right], "title": title},
        xaxis2={**axis, "domain": _ASIDE, "range": [0, aside], "anchor": "y"},
        yaxis={**axis, "range": [height, 0]},
    )


def _point(say: Wording, drawn: Sequence[Drawn], value: int, span: float, look: Look) -> go.Bar:
    """One answer of every row: a segment each; `span`: what the column is wide, as a share."""
    colour, text = look.shares[value - 1]
    name = say(_POINTS[value - 1])
    shares = [one.shares.shares[value - 1] for one in drawn]
    return go.Bar(
        name=name,
        x=shares,
        base=[one.start + sum(one.shares.shares[: value - 1]) for one in drawn],
        y=[one.bar_at for one in drawn],
        width=BAR,
        orientation="h",
        marker={"color": colour, "line": {"color": look.paper, "width": 1}},
        text=[_label(say, share, span) for share in shares],
        textposition="inside",
        constraintext="none",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": text, "size": _SMALL},
        hovertext=[
            f"{_plain(one.row.full)}<br>{name}: {say.percent(share)}"
            for one, share in zip(drawn, shares, strict=True)
        ],
        hoverinfo="text",
    )


def _label(say: Wording, share: float, span: float) -> str:
    """A segment's share in per cent; "" where that does not fit into it on a phone."""
    label = say.number(100 * share, 0)
    return label if share / span * _ON_A_PHONE >= _DIGIT * (len(label) + 0.5) else ""


def _cant_judge(say: Wording, drawn: Sequence[Drawn], look: Look) -> go.Bar:
    return go.Bar(
        name=say("distribution.cant_judge"),
        showlegend=False,
        xaxis="x2",
        x=[one.shares.cant_judge for one in drawn],
        y=[one.bar_at for one in drawn],
        width=BAR / 2,
        orientation="h",
        marker={"color": look.soft},
        hoverinfo="skip",
    )


def _cant_judge_shares(
    say: Wording, drawn: Sequence[Drawn], aside: float, look: Look
) -> go.Scatter:
    """How many cannot judge, beside their bars."""
    written = [
        (one.shares.cant_judge + aside * 0.02, one.bar_at, say.percent(one.shares.cant_judge))
        for one in drawn
    ]
    return _texts(written, "middle right", look, size=_SMALL, axis="x2")


def _names(drawn: Sequence[Drawn], left: float, right: float, look: Look) -> go.Scatter:
    """Above each bar its name, line by line."""
    written: list[tuple[float, float, str]] = []
    for one in drawn:
        x = left + one.row.depth * 0.03 * (right - left)
        if one.row.heading:
            written.append((left, one.top + HEADING / 2, f"<b>{_plain(one.row.heading)}</b>"))
        for number, line in enumerate(one.lines):
            y = one.top + heading_height(one.row) + LINE * (number + 0.5)
            name = _plain(line)
            written.append((x, y, f"<b>{name}</b>" if one.row.own else name))
    return _texts(written, "middle right", look)


def _facts(say: Wording, drawn: Sequence[Drawn], aside: float, look: Look) -> go.Scatter:
    """On the right: whether the row agrees with itself, and below, how many answered."""
    agreements = ((one, one.row.figures.agreement) for one in drawn)
    written = [
        (aside, one.facts_at, agreement_text(say, one.shares, agreement))
        for one, agreement in agreements
        if agreement
    ]
    written += [(aside, one.bar_at, say.number(_valid(one.row), 0)) for one in drawn]
    return _texts(written, "middle left", look, size=_SMALL, axis="x2")


def agreement_text(say: Wording, shares: Distribution, agreement: Agreement) -> str:
    """r*wg, and in bold where a group falls into two camps or contradicts itself otherwise."""
    value = "–" if agreement.r_wg is None else say.number(agreement.r_wg, 2)
    figure = say("distribution.r_wg", value=value)
    if shares.polarised:
        return f"<b>{say('distribution.camps')}</b> · {figure}"
    return f"<b>{say('distribution.lacking')}</b> · {figure}" if agreement.lacking else figure


def _titles(
    say: Wording, left: float, right: float, aside: float, look: Look
) -> tuple[go.Scatter, ...]:
    """What the columns are."""
    middle = HEAD / 2

    def title(x: float, text: str, anchor: str, axis: str = "x") -> go.Scatter:
        return _texts([(x, middle, text)], anchor, look, size=_SMALL, axis=axis, colour=look.soft)

    return (
        title(left, say("distribution.disagree"), "middle right"),
        title(right, say("distribution.agree"), "middle left"),
        title(0, say("distribution.cant_judge_lines"), "middle right", "x2"),
        title(aside, say("results.column_n"), "middle left", "x2"),
    )


def _texts(
    written: Sequence[tuple[float, float, str]],
    anchor: str,
    look: Look,
    *,
    size: int = 14,
    axis: str = "x",
    colour: str | None = None,
) -> go.Scatter:
    return go.Scatter(
        mode="text",
        showlegend=False,
        xaxis=axis,
        x=[x for x, _, _ in written],
        y=[y for _, y, _ in written],
        text=[text for _, _, text in written],
        textposition=anchor,
        textfont={"size": size, "color": colour or look.ink},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _valid(row: Row) -> int:
    return row.figures.score.valid or 0


def _plain(text: str) -> str:
    """A name as Plotly shows it letter by letter, without reading it as HTML."""
    return html.escape(text, quote=False)
