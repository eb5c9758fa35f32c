"""A chart as a value: the picture, and everything that makes it speak for itself. No Streamlit."""

from dataclasses import dataclass

import plotly.graph_objects as go

from survey.results import Results
from survey.wording import Wording


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its words.

    `name`: of its view, as in addresses. `title`: what it finds, a sentence.
    `unit`: what is drawn, in which unit and of how many people. `source`: the
    wave, its date and its k. `alt`: what a screen reader says instead of the
    picture. `table`: the same figures as HTML. `topics`: entries of the method
    that explain its figures (`survey.method.ENTRIES`). `note`: what stands below it,
    for whoever would read too much into it.
    """

    name: str
    title: str
    unit: str
    source: str
    alt: str
    figure: go.Figure
    table: str
    topics: tuple[str, ...] = ()
    note: str = ""


def source_line(say: Wording, results: Results) -> str:
    """Where the figures of a picture are from: organisation, wave, date and k."""
    wave = results.wave
    return say(
        "results.source",
        organisation=wave.organisation.name,
        wave=wave.title,
        day=wave.released_on,
        smallest=wave.settings.smallest_group,
    )
