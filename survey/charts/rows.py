"""Rows of a chart: their names with n on the left, their differences on the right. No Streamlit."""

from collections.abc import Sequence

from survey.charts.pairs import Pair, bold, plain, wrapped

_NAME, _LINES = 24, 2
"""Letters on a line of a name, and lines; the whole name is in the table."""
_LINE = 18
_GAP = 12
_AROUND = 110
"""Pixels above and below the rows, for legend and axis."""


def height(pairs: Sequence[Pair]) -> int:
    """Pixels of a chart with these rows."""
    most = max((_name(pair).count("<br>") + 1 for pair in pairs), default=1)
    return _AROUND + (_LINE * most + _GAP) * len(pairs)


def row_names(pairs: Sequence[Pair]) -> dict[str, object]:
    """The axis on the left: names from the top down, bold where they are one's own."""
    return _rows(pairs, [_name(pair) for pair in pairs])


def differences(pairs: Sequence[Pair]) -> dict[str, object]:
    """The axis on the right: differences in points, bold where they may be claimed."""
    texts = [bold(pair.size, when=pair.sure) for pair in pairs]
    return {**_rows(pairs, texts), "overlaying": "y", "side": "right"}


def _rows(pairs: Sequence[Pair], texts: Sequence[str]) -> dict[str, object]:
    return {
        "tickvals": list(range(len(pairs))),
        "ticktext": list(texts),
        "range": [len(pairs) - 0.4, -0.6],
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }


def _name(pair: Pair) -> str:
    name = bold(wrapped(pair.name, _NAME, _LINES), when=pair.own)
    return f'{name}<br><span style="font-size:12px">{plain(pair.n)}</span>' if pair.n else name
