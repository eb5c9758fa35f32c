"""A chart as a value: the picture, and everything that makes it speak for itself. No Streamlit."""

from dataclasses import dataclass

import plotly.graph_objects as go

from data.model import Wave
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


def source_line(say: Wording, results: Results, *, compared: bool = False) -> str:
    """Where the figures of a picture are from: organisation, wave, date and k.

    `compared`: whether it shows the earlier wave, too.
    """
    source = say("results.source", organisation=results.wave.organisation.name, **_of(results.wave))
    if compared and results.earlier:
        return f"{source} {say('results.source_earlier', **_of(results.earlier))}"
    return source


def _of(wave: Wave) -> dict[str, object]:
    return {
        "wave": wave.title,
        "day": wave.released_on,
        "smallest": wave.settings.smallest_group,
    }
