"""The results as HTML tables that a screen reader reads and colour only supports. No Streamlit."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from data.model import DepartmentPath, Dimension, Wave
from data.results import Group, GroupKind, PublishedComment, Release
from scoring.gaps import Gap
from scoring.histogram import favourable, index
from scoring.release import ORGANISATION
from scoring.scores import OVERALL, Question, QuestionKind, Score, dimension_question, score
from survey.templating import template
from survey.wording import Wording

_HERE = Path(__file__).parent / "templates"
_CSS = Markup((_HERE / "results.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file
_STEP = 0.25
"""Points of difference to the organisation's mean that make one step of colour."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the heat map: its text, and −3…3 steps around the organisation's mean."""

    text: str | None
    step: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One group's row: name, depth in the tree, respondents and cells."""

    name: str
    depth: int
    people: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together, under a heading of their own."""

    title: str
    lines: tuple[Line, ...]


def shown_questions(dimensions: Iterable[Dimension]) -> tuple[Question, ...]:
    """The columns of the results: the overall score, then the dimensions."""
    asked = tuple(dimension_question(dimension) for dimension in dimensions)
    items = tuple(item for question in asked for item in question.items)
    return (Question(OVERALL, QuestionKind.OVERALL, items), *asked)


def question_title(say: Wording, dimensions: Iterable[Dimension], question: Question) -> str:
    """What people call a question."""
    titles = {d.id: d.title.get(say.language, d.id) for d in dimensions}
    return titles.get(question.id, say("results.overall"))


def overview(say: Wording, wave: Wave, release: Release, dimensions: Sequence[Dimension]) -> str:
    """The organisation's scores: mean, index, favourable and n per question."""
    lines = []
    for question in shown_questions(dimensions):
        found = score(release, ORGANISATION, question)
        share = favourable(found.histogram) if found.histogram else None
        valid = found.histogram.valid if found.histogram else found.respondents
        lines.append(
            {
                "title": question_title(say, dimensions, question),
                "question": _asked(say, dimensions, question),
                "mean": None if found.mean is None else say.number(found.mean, 2),
                "index": None if found.mean is None else say.number(index(found.mean), 0),
                "width": 0 if found.mean is None else round(index(found.mean), 1),
                "favourable": None if share is None else say.percent(share),
                "valid": None if valid is None else say.number(valid, 0),
                "overall": question.kind is QuestionKind.OVERALL,
            }
        )
    return _html("overview.html", say=say, wave=wave, lines=lines)


def heat_map(say: Wording, wave: Wave, release: Release, dimensions: Sequence[Dimension]) -> str:
    """Departments × dimensions, the pairs and remainders below, withheld cells hatched."""
    asked = shown_questions(dimensions)
    sections = [Section(say("results.departments"), _lines(say, release, asked, _TREE))]
    for kind, title in (
        (GroupKind.POSITION, say("results.position")),
        (GroupKind.CONTACT, say("results.contact")),
    ):
        lines = _lines(say, release, asked, (kind,))
        if lines:
            sections.append(Section(title, lines))
    return _html(
        "heatmap.html",
        say=say,
        wave=wave,
        columns=[question_title(say, dimensions, question) for question in asked],
        sections=sections,
        withheld=any(c.text is None for s in sections for line in s.lines for c in line.cells),
    )


def gap_table(say: Wording, wave: Wave, gaps: Sequence[Gap], title: str) -> str:
    """The gap chart's figures in words and numbers."""
    lines = [
        {
            "name": " / ".join(gap.group.path),
            "size": say.number(gap.size, 2, signed=True),
            "effect": None if gap.effect is None else say.number(gap.effect, 2, signed=True),
            "people": say.number(gap.people, 0),
            "others": say.number(gap.others, 0),
        }
        for gap in gaps
    ]
    return _html("gaps.html", say=say, wave=wave, lines=lines, title=title)


def comment_list(say: Wording, comments: Sequence[PublishedComment]) -> str:
    """Comments on one dimension, as they were written, by the place they may be shown at."""
    places = [
        (" / ".join(path) or say("group.organisation"), [comment.text for comment in group])
        for path, group in itertools.groupby(comments, key=lambda comment: comment.path)
    ]
    return _html("comments.html", places=places)


def link_table(say: Wording, links: Mapping[str, str]) -> str:
    """A link for each department, to copy or to open."""
    return _html("links.html", say=say, links=links)


_TREE = (GroupKind.ORGANISATION, GroupKind.DEPARTMENT, GroupKind.REMAINDER)


def _lines(
    say: Wording, release: Release, asked: Sequence[Question], kinds: Sequence[GroupKind]
) -> tuple[Line, ...]:
    whole = {question: score(release, ORGANISATION, question).mean for question in asked}
    groups = [group for group in release.groups if group.kind in kinds]
    departments = [g.path for g in release.groups if g.kind is GroupKind.DEPARTMENT]
    return tuple(
        _line(
            say, group, departments, [score(release, group, question) for question in asked], whole
        )
        for group in _with_remainders_in_place(groups)
    )


def _with_remainders_in_place(groups: Sequence[Group]) -> list[Group]:
    """Remainders right after the last department below their parent."""
    ordered = [group for group in groups if group.kind is not GroupKind.REMAINDER]
    for remainder in (group for group in groups if group.kind is GroupKind.REMAINDER):
        inside = [
            number
            for number, group in enumerate(ordered)
            if group.path[: len(remainder.path)] == remainder.path
        ]
        ordered.insert(inside[-1] + 1 if inside else len(ordered), remainder)
    return ordered


def _line(
    say: Wording,
    group: Group,
    departments: Sequence[DepartmentPath],
    scores: Sequence[Score],
    whole: dict[Question, float | None],
) -> Line:
    people = next((s.respondents for s in scores if s.respondents is not None), None)
    return Line(
        name=group_name(say, group, departments),
        depth=len(group.path) + (group.kind is GroupKind.REMAINDER),
        people=None if people is None else say.number(people, 0),
        cells=tuple(
            _cell(say, found, whole[found.question])
            if found.shown or group.kind is not GroupKind.REMAINDER
            else Cell("")
            for found in scores
        ),
    )


def group_name(say: Wording, group: Group, departments: Iterable[DepartmentPath] = ()) -> str:
    """What a group is called in a list under its parent; a remainder by what it holds."""
    if group.kind is GroupKind.ORGANISATION:
        return say("group.organisation")
    if group.kind is GroupKind.DEPARTMENT:
        return group.path[-1]
    if group.kind is GroupKind.REMAINDER:
        inside = [d[-1] for d in departments if d[:-1] == group.path and d not in group.without]
        return say("group.remainder", names=", ".join(inside) or say("group.directly"))
    if not group.member:
        return say("group.others")
    return say("group.leads") if group.kind is GroupKind.POSITION else say("group.customer")


def _cell(say: Wording, found: Score, whole: float | None) -> Cell:
    if found.mean is None:
        return Cell(None)
    difference = found.mean - whole if whole is not None else 0.0
    step = max(-3, min(3, round(difference / _STEP)))
    note = say.number(difference, 2, signed=True)
    return Cell(say.number(found.mean, 1), step, note)


def _asked(say: Wording, dimensions: Iterable[Dimension], question: Question) -> str:
    texts = {d.id: d.question.get(say.language, "") for d in dimensions}
    return texts.get(question.id, say("results.overall_hint"))


def _html(name: str, **values: object) -> str:
    return template(_HERE, name).render(css=_CSS, **values)
