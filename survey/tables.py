"""The results as HTML tables that a screen reader reads and colour only supports. No Streamlit."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from data.model import DepartmentPath, Dimension, Wave
from data.participation import Band
from data.results import PROFILE, Group, Prediction, PublishedComment, Release, Targets
from scoring.priorities import Priority
from scoring.scores import OVERALL, Question, QuestionKind, dimension_question
from scoring.spread import item_spread
from survey.addresses import measure_address
from survey.naming import full_name, question_title
from survey.own import belongs
from survey.results import Results
from survey.searching import pieces
from survey.sentences import agreed, priority_reason
from survey.templating import template
from survey.wording import Wording
from survey.workshop.document import Document

_HERE = Path(__file__).parent / "templates"
TABLE_STYLE = (_HERE / "results.css").read_text(encoding="utf-8")
"""How tables look. Every page that shows some has it once; the screens have it from their frame."""

SPAN = "\N{EN DASH}\N{WORD JOINER}"
"""Between the limits of an interval, which stay on one line."""

_BANDS = {
    Band.UNDER_25: "band.under_25",
    Band.FROM_25: "band.from_25",
    Band.FROM_50: "band.from_50",
    Band.FROM_75: "band.from_75",
}


def shown_questions(dimensions: Iterable[Dimension]) -> tuple[Question, ...]:
    """The columns of the results: the overall score, then the dimensions."""
    asked = tuple(dimension_question(dimension) for dimension in dimensions)
    items = tuple(item for question in asked for item in question.items)
    return (Question(OVERALL, QuestionKind.OVERALL, items), *asked)


def priority_table(
    say: Wording,
    results: Results,
    shown: Sequence[Priority],
    own: DepartmentPath = (),
    *,
    title: str = "",
    acts: bool = False,
) -> str:
    """Where to begin, with the reason in words and the rank that the impact chart shows.

    `own`: the department of whoever looks; its rows are marked. `title`: what a
    screen reader calls it, where it is not the list itself. `acts`: with the way
    from each row to a measure.
    """
    ranks = {_of(priority): rank for rank, priority in enumerate(results.priorities, start=1)}
    lines = [
        {
            "rank": ranks[_of(priority)],
            "name": full_name(say, priority.gap.to.group, results.release),
            "own": belongs(priority.gap.to.group, own),
            "question": question_title(say, results.dimensions, priority.gap.question),
            "reason": priority_reason(say, priority),
            "weight": say.number(priority.weight, 0),
            "act": measure_address(say, results.wave, *_of(priority)),
        }
        for priority in shown
    ]
    return render("priorities.html", say=say, lines=lines, title=title, acts=acts)


def _of(priority: Priority) -> tuple[Group, str]:
    return priority.gap.to.group, priority.gap.question.id


def reliability_table(say: Wording, release: Release, dimensions: Sequence[Dimension]) -> str:
    """How far each scale measures one thing."""
    titles = {d.id: d.title.get(say.language, d.id) for d in dimensions}
    titles[PROFILE] = say("reliability.profile")
    columns = (
        say("reliability.column_scale"),
        say("reliability.column_parts"),
        say("results.column_n"),
        say("reliability.alpha"),
        say("results.column_interval"),
        say("reliability.omega"),
    )
    lines = [
        (
            titles[one.scale],
            (
                say.number(one.parts, 0),
                say("reliability.at_least", number=one.people),
                say.number(one.alpha, 2),
                SPAN.join((say.number(one.low, 2), say.number(one.high, 2))),
                None if one.omega is None else say.number(one.omega, 2),
            ),
        )
        for one in release.reliability
    ]
    title, caption = say("reliability.title"), say("reliability.caption")
    return render("figures.html", title=title, caption=caption, columns=columns, lines=lines)


def spread_table(say: Wording, results: Results) -> str:
    """How much of the differences lies between departments, item by item; "" if nothing does."""
    lines = [
        (
            dimension.title.get(say.language, "") if len(dimension.items) == 1 else item.id,
            (
                say.number(found.groups, 0),
                say.number(found.people, 0),
                None if found.icc1 is None else say.number(found.icc1, 2),
                None if found.icc2 is None else say.number(found.icc2, 2),
            ),
        )
        for dimension in results.dimensions
        for item in dimension.items
        if (found := item_spread(results.release, item.id))
    ]
    columns = (
        say("results.column_question"),
        say("spread.column_groups"),
        say("results.column_n"),
        say("spread.icc1"),
        say("spread.icc2"),
    )
    title, caption = say("spread.title"), say("spread.caption")
    html = render("figures.html", title=title, caption=caption, columns=columns, lines=lines)
    return html if lines else ""


def expectation_table(
    say: Wording,
    dimensions: Sequence[Dimension],
    targets: Targets,
    predictions: Mapping[str, Prediction],
) -> str:
    """Rows for the wave's targets, each department's own ones, and the prediction."""
    rows = [(say("expectations.row_targets"), targets.get((), {}))]
    rows += [(" / ".join(path), own) for path, own in sorted(targets.items()) if path]
    predicted = {dimension: one.value for dimension, one in predictions.items()}
    rows.append((say("expectations.row_prediction"), predicted))
    return render(
        "figures.html",
        title=say("expectations.agreed"),
        caption=say("expectations.caption"),
        columns=("", *(d.title.get(say.language, d.id) for d in dimensions)),
        lines=[
            (name, [agreed(say, own[d.id]) if d.id in own else None for d in dimensions])
            for name, own in rows
        ],
    )


def comment_list(
    say: Wording, comments: Sequence[PublishedComment], words: Sequence[str] = ()
) -> str:
    """Comments on one dimension, as they were written, by the place they may be shown at.

    `words`: what was searched for (`survey.searching`), which is marked.
    """
    places = [
        (
            " / ".join(path) or say("group.organisation"),
            [pieces(comment.text, words) for comment in group],
        )
        for path, group in itertools.groupby(comments, key=lambda comment: comment.path)
    ]
    return render("comments.html", places=places)


def link_table(say: Wording, links: Mapping[str, str]) -> str:
    """A link for each department, to copy or to open."""
    return render("links.html", say=say, links=links)


def handout_form(say: Wording, wave: Wave, ticket: str) -> str:
    """Buttons that hand out a file once, in the format of one's choice."""
    files = {"personal.xlsx": say("invite.take_xlsx"), "personal.csv": say("invite.take_csv")}
    return render("handout.html", say=say, wave=wave, ticket=ticket, files=files)


def band_table(say: Wording, bands: Mapping[DepartmentPath, Band]) -> str:
    """How many of each department have answered, in bands."""
    lines = {" / ".join(path): say(_BANDS[band]) for path, band in bands.items()}
    return render("bands.html", say=say, lines=lines)


def document_html(document: Document) -> str:
    """What stands under a document's title."""
    blocks = [{"kind": type(block).__name__, "it": block} for block in document.blocks]
    return render("document.html", blocks=blocks)


def render(name: str, **values: object) -> str:
    """One of this floor's templates; `TABLE_STYLE` is how it looks."""
    return template(_HERE, name).render(**values)
