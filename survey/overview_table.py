"""The overview of one group: a row a question, with mean, interval, index, share and n.

No Streamlit.
"""

from collections.abc import Iterable, Sequence

from data.model import Dimension
from data.results import Group
from scoring.figures import Figures, figures
from scoring.histogram import index
from scoring.intervals import Basis, Interval
from scoring.release import ORGANISATION
from scoring.scores import Question, QuestionKind
from survey.naming import full_name, question_title
from survey.results import Results
from survey.tables import SPAN, render, shown_questions
from survey.wording import Wording

_BASES = {
    Basis.EVERYBODY: "interval.everybody",
    Basis.NO_SPREAD: "interval.no_spread",
    Basis.TOO_FEW: "interval.too_few",
}


def overview(say: Wording, results: Results) -> str:
    """The organisation's scores: mean with its interval, index, favourable and n per question."""
    return group_overview(say, results, ORGANISATION)


def group_overview(say: Wording, results: Results, group: Group) -> str:
    """The same of any group; where all of it is withheld, each line says the one reason."""
    lines = [
        _overview_line(say, results.dimensions, figures(results.release, group, question))
        for question in shown_questions(results.dimensions)
    ]
    title = say("results.overview_caption")
    if group != ORGANISATION:
        title = say("own.overview_caption", department=full_name(say, group, results.release))
    return render("overview.html", say=say, lines=lines, title=title)


def _overview_line(
    say: Wording, dimensions: Sequence[Dimension], found: Figures
) -> dict[str, object]:
    question, mean = found.score.question, found.score.mean
    return {
        "title": question_title(say, dimensions, question),
        "question": _asked(say, dimensions, question),
        "mean": None if mean is None else say.number(mean, 2),
        "interval": interval_text(say, found.interval),
        "index": None if mean is None else say.number(index(mean), 0),
        "width": 0 if mean is None else round(index(mean), 1),
        "favourable": None if found.favourable is None else say.percent(found.favourable),
        "valid": None if found.score.valid is None else say.number(found.score.valid, 0),
        "overall": question.kind is QuestionKind.OVERALL,
    }


def interval_text(say: Wording, interval: Interval | None) -> str | None:
    """An interval as people read it, or why it has no limits; None where it is not drawn."""
    if interval is None:
        return None
    if interval.low is None or interval.high is None:
        return say(_BASES.get(interval.basis, "interval.no_spread"))
    return SPAN.join((say.number(interval.low, 2), say.number(interval.high, 2)))


def _asked(say: Wording, dimensions: Iterable[Dimension], question: Question) -> str:
    texts = {d.id: d.question.get(say.language, "") for d in dimensions}
    return texts.get(question.id, say("results.overall_hint"))
