"""The heat map: departments × dimensions, as an HTML table that folds. No Streamlit.

What a cell shows and which colour it has: `heat_cells`. Which rows there are
and how they fold: `heat_rows`. Folding is a checkbox and a rule of the style
sheet for each department that has sub-departments; a browser that does not know
`:has()` shows all rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from data.model import DepartmentPath
from data.results import Group, GroupKind
from scoring.scores import Question, QuestionKind, score
from survey.addresses import view_address
from survey.charts.look import DARK, LIGHT
from survey.heat_cells import Cell, Distances, Numbers, Reference, cell, distances
from survey.heat_rows import Level, Row, in_branch, level_for, tree
from survey.naming import group_name, question_title
from survey.own import belongs
from survey.results import Results
from survey.tables import shown_questions
from survey.templating import template
from survey.wording import Wording

_HERE = Path(__file__).parent / "templates"
_STEPS = ("l3", "l2", "l1", "m", "h1", "h2", "h3")
"""The classes of the seven steps, from far below to far above."""


@dataclass(frozen=True, slots=True)
class HeatChoice:
    """How the heat map is looked at.

    `questions`: its columns, () for the overall score and the dimensions.
    `order`: the column that departments of the same parent are sorted by, lowest
    first. `level`: how far it is unfolded at first; None: as many rows allow.
    `branch`: the department that alone is shown, with what is below it.
    """

    questions: tuple[Question, ...] = ()
    reference: Reference = Reference.REST
    numbers: Numbers = Numbers.MEAN
    order: Question | None = None
    level: Level | None = None
    branch: DepartmentPath = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its name, the address of its department's screen, n and cells."""

    row: Row
    name: str
    address: str
    people: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together, under a heading of their own."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; an item has a code that is short, and says more below it."""

    title: str
    code: str = ""


def heat_map(
    say: Wording,
    results: Results,
    own: DepartmentPath = (),
    choice: HeatChoice | None = None,
    *,
    alone: bool = False,
) -> str:
    """Departments × dimensions, the pairs and remainders below, withheld cells hatched.

    `own`: whoever looks sees the rows of this department first, marked as theirs;
    `alone`: and no others.
    """
    choice = choice or HeatChoice()
    asked = choice.questions or shown_questions(results.dimensions)
    sections = _sections(say, results, own, choice, asked, alone=alone)
    lines = [line for section in sections for line in section.lines]
    return template(_HERE, "heatmap.html").render(
        say=say,
        wave=results.wave,
        choice=choice,
        ink=LIGHT.ink,
        steps=tuple(zip(_STEPS, LIGHT.steps, DARK.steps, strict=True)),
        columns=[_column(say, results, question) for question in asked],
        sections=sections,
        folds=[line.row.fold for line in lines if line.row.fold is not None],
        withheld=any(c.text is None for line in lines for c in line.cells),
        words=_words(say),
    )


def _sections(
    say: Wording,
    results: Results,
    own: DepartmentPath,
    choice: HeatChoice,
    asked: Sequence[Question],
    *,
    alone: bool,
) -> list[Section]:
    release = results.release
    groups = [group for group in release.groups if in_branch(group, choice.branch)]
    mine = [group for group in groups if belongs(group, own)]
    trees = [group for group in groups if group.kind in _TREE and not belongs(group, own)]
    level = level_for(choice.level, len(mine) + (0 if alone else len(trees)))
    order = choice.order
    value = partial(_mean, results, order) if order else None
    rows = [
        (say("own.title"), tree(mine, own, level, value, 0)),
        (say("results.departments"), tree(trees, choice.branch[:-1], level, value, len(mine))),
        (say("results.position"), _pairs(results, groups, GroupKind.POSITION)),
        (say("results.contact"), _pairs(results, groups, GroupKind.CONTACT)),
    ]
    far = distances(results.gaps, choice.reference)
    return [
        Section(title, tuple(_line(say, results, row, asked, far, choice) for row in found))
        for title, found in (rows[:1] if alone else rows)
        if found
    ]


_TREE = (GroupKind.ORGANISATION, GroupKind.DEPARTMENT, GroupKind.REMAINDER)


def _mean(results: Results, question: Question, group: Group) -> float | None:
    return score(results.release, group, question).mean


def _pairs(results: Results, groups: Sequence[Group], kind: GroupKind) -> tuple[Row, ...]:
    """A pair's rows; of a division's own pair only what something is shown of."""
    shown = results.release.histograms
    return tuple(
        Row(group, bool(group.path))
        for group in groups
        if group.kind is kind and (not group.path or group in shown)
    )


def _line(
    say: Wording,
    results: Results,
    row: Row,
    asked: Sequence[Question],
    far: Distances,
    choice: HeatChoice,
) -> Line:
    scores = [score(results.release, row.group, question) for question in asked]
    people = next((s.respondents for s in scores if s.respondents is not None), None)
    return Line(
        row=row,
        name=group_name(say, row.group, results.release),
        address=_address(say, results, row.group),
        people="–" if people is None else say.number(people, 0),
        cells=tuple(cell(say, found, far, choice.numbers) for found in scores),
    )


def _address(say: Wording, results: Results, group: Group) -> str:
    """Of a department's own screen; "" of what has none."""
    if group.kind is not GroupKind.DEPARTMENT:
        return ""
    path = " / ".join(group.path)
    return view_address(say, results.wave, "department", department=path)


def _column(say: Wording, results: Results, question: Question) -> Column:
    code = question.id if question.kind is QuestionKind.ITEM else ""
    return Column(question_title(say, results.dimensions, question), code)


def _words(say: Wording) -> dict[str, str]:
    """What each step means, for the legend and for who does not see it."""
    meanings = (
        say("heat.far_below"),
        say("heat.below"),
        say("heat.little_below"),
        say("heat.neither"),
        say("heat.little_above"),
        say("heat.above"),
        say("heat.far_above"),
    )
    return dict(zip(_STEPS, meanings, strict=True))
