"""The method page: what each figure means, for the screen and for `docs/method.md`. No Streamlit.

Each entry is one text in the catalogues, a line each: its title; two sentences
for a manager; the formula for a statistician, one line or several; its source.
"""

import sys
from dataclasses import dataclass

from survey.tables import render
from survey.wording import Wording, wording

ENTRIES = (
    "method.mean",
    "method.shares",
    "method.overall",
    "method.interval",
    "method.margin",
    "method.drawn",
    "method.agreement",
    "method.polarised",
    "method.gap",
    "method.target",
    "method.department",
    "method.pairs",
    "method.blind_spot",
    "method.trend",
    "method.test",
    "method.correction",
    "method.effect",
    "method.priority",
    "method.findings",
    "method.reliability",
    "method.spread",
    "method.withheld",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure: what it is called, says, how it is computed, and who published that."""

    id: str
    title: str
    plain: str
    formula: str
    source: str


def entries(say: Wording) -> tuple[Entry, ...]:
    """Every figure, in the order in which one meets them."""
    return tuple(_entry(key, say(key)) for key in ENTRIES)


def as_html(say: Wording) -> str:
    """The page for the screen."""
    return render("method.html", say=say, entries=entries(say))


def as_markdown(say: Wording) -> str:
    """The page as a document."""
    parts = [f"# {say('method.title')}", say("method.intro")]
    for entry in entries(say):
        formula = entry.formula.replace("*", r"\*").replace("\n", "  \n")
        source = f"*{say('method.source')}: {entry.source}*"
        parts += [f"## {entry.title}", entry.plain, formula, source]
    return "\n\n".join(parts) + "\n"


def _entry(key: str, text: str) -> Entry:
    title, plain, *formula, source = text.splitlines()
    return Entry(key.partition(".")[2], title, plain, "\n".join(formula), source)


if __name__ == "__main__":
    sys.stdout.write(as_markdown(wording("en")))
