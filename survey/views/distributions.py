"""How answers are spread: one place, question by question, or one question, place by place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from data.results import Group, GroupKind, Release
from scoring.figures import agreement, figures
from scoring.scores import Question, QuestionKind, dimension_question
from survey.charts.chart import Chart, source_line
from survey.charts.share_rows import Row
from survey.charts.shares import share_chart
from survey.naming import full_name, group_name, question_title
from survey.own import belongs, own_first
from survey.share_table import share_table
from survey.share_words import finding_of_place, finding_of_question
from survey.views.scene import DEPARTMENT, Scene, asked_place, path_text

NAME, QUESTION, ORDER, ALL = "distributions", "question", "order", "all"
EVERY_QUESTION = ""
"""What addresses call it when no single question is asked for."""
FEW = 20
"""Rows that are drawn at first; the table has all of them."""


class Order(StrEnum):
    """What comes first: least agreement, most consent, or the top of the tree."""

    AGREEMENT = "agreement"
    FAVOURABLE = "favourable"
    TREE = "tree"


@dataclass(frozen=True, slots=True)
class ShareChoice:
    """What is looked at: `question` in every place, or every question in `place` if it is None.

    `rows`: in order, with those that have no distribution.
    """

    place: Group
    question: Question | None
    questions: tuple[Question, ...]
    order: Order
    rows: tuple[Row, ...]

    @property
    def drawn(self) -> tuple[Row, ...]:
        """The rows that have a distribution."""
        return tuple(row for row in self.rows if row.figures.distribution)

    @property
    def few(self) -> tuple[Row, ...]:
        """The rows that are shown, but have too few answers for a distribution."""
        shown = (row for row in self.rows if row.figures.score.shown)
        return tuple(row for row in shown if not row.figures.distribution)

    @property
    def withheld(self) -> tuple[Row, ...]:
        """The rows of which nothing is shown."""
        return tuple(row for row in self.rows if not row.figures.score.shown)


def share_choice(scene: Scene) -> ShareChoice:
    """What the address asks for; at first every question, answered by the whole organisation."""
    asked = tuple(question for _, question in _asked(scene))
    by_id = {question.id: question for question in asked}
    wanted = scene.chosen(QUESTION, by_id, EVERY_QUESTION)
    question = by_id.get(wanted)
    order = scene.chosen(ORDER, Order, Order.AGREEMENT)
    place = asked_place(scene)
    rows = _of_question(scene, question, order) if question else _of_place(scene, place)
    return ShareChoice(place, question, asked, order, rows)


def every_row(scene: Scene) -> bool:
    """Whether the address asks for more rows than are drawn at first."""
    return scene.asked.get(ALL) == "1"


def share_picture(scene: Scene) -> Chart | None:
    """The chosen rows; None where none of them has a distribution."""
    say, choice = scene.say, share_choice(scene)
    if not choice.drawn:
        return None
    shown = choice.drawn if every_row(scene) else choice.drawn[:FEW]
    title = _title(scene, choice)
    return Chart(
        name=NAME,
        title=title,
        unit=say("distribution.unit"),
        source=source_line(say, scene.results),
        alt=title,
        figure=share_chart(say, shown, scene.look),
        table=share_table(say, choice.rows, title, by_question=choice.question is None),
        topics=("method.shares", "method.agreement", "method.polarised", "method.drawn"),
        note=say("distribution.chance"),
    )


def least_agreed(scene: Scene) -> tuple[Question, Group] | None:
    """Of all departments and questions, where one contradicts itself most; None where none does."""
    release = scene.results.release
    _, *teams = _in_tree_order(release)
    found = (
        (told.r_wg, question, group)
        for _, question in _asked(scene)
        for group in teams
        if (told := agreement(release, group, question)) and told.lacking and told.r_wg is not None
    )
    least = min(found, key=lambda one: one[0], default=None)
    return least and least[1:]


def _title(scene: Scene, choice: ShareChoice) -> str:
    say, results = scene.say, scene.results
    if choice.question is None:
        return finding_of_place(say, full_name(say, choice.place, results.release), choice.drawn)
    title = question_title(say, results.dimensions, choice.question)
    whole = choice.rows[0]
    teams = [row for row in choice.drawn if row is not whole]
    return finding_of_question(say, title, teams)


def _asked(scene: Scene) -> Iterator[tuple[str, Question]]:
    """What has a histogram: each item, or its dimension where that is the same; with its heading.

    Only the first of several items has one: the name of their dimension.
    """
    for dimension in scene.results.dimensions:
        if len(dimension.items) == 1:
            yield "", dimension_question(dimension)
            continue
        heading = dimension.title.get(scene.say.language, dimension.id)
        for item in dimension.items:
            yield heading, Question(item.id, QuestionKind.ITEM, (item.id,))
            heading = ""


def _of_place(scene: Scene, place: Group) -> tuple[Row, ...]:
    """A row for each question."""
    say, results = scene.say, scene.results
    rows = []
    for heading, question in _asked(scene):
        name = question_title(say, results.dimensions, question)
        found = figures(results.release, place, question)
        address = _address(scene, **{QUESTION: question.id})
        rows.append(Row(name, name, found, heading=heading, address=address))
    return tuple(rows)


def _of_question(scene: Scene, question: Question, order: Order) -> tuple[Row, ...]:
    """The whole organisation, then a row for each department and what is left beside some."""
    release = scene.results.release
    whole, *others = _in_tree_order(release)
    rows = [_row(scene, group, question, order) for group in others]
    if order is Order.AGREEMENT:
        rows.sort(key=_agreement)
    if order is Order.FAVOURABLE:
        rows.sort(key=lambda row: -(row.figures.favourable or 0.0))
    rest = own_first(rows, scene.own, lambda row: row.figures.score.group)
    return (_row(scene, whole, question, order), *rest)


def _row(scene: Scene, group: Group, question: Question, order: Order) -> Row:
    say, release = scene.say, scene.results.release
    full = full_name(say, group, release)
    remainder = group.kind is GroupKind.REMAINDER
    row = Row(
        name=full,
        full=full,
        figures=figures(release, group, question),
        own=belongs(group, scene.own),
        address="" if remainder else _address(scene, **{DEPARTMENT: path_text(group.path)}),
    )
    if order is not Order.TREE:
        return row
    return replace(row, name=group_name(say, group, release), depth=len(group.path) + remainder)


def _address(scene: Scene, **asked: str) -> str:
    query = urlencode({"wave": scene.results.wave.code, **asked, "lang": scene.say.language})
    return f"/{NAME}?{query}"


def _agreement(row: Row) -> float:
    """Least agreement first; where there is none to tell, last."""
    found = row.figures.agreement
    return 2.0 if found is None or found.r_wg is None else found.r_wg


def _in_tree_order(release: Release) -> list[Group]:
    """The organisation, and each department with what is left beside those below it."""
    nodes = (GroupKind.ORGANISATION, GroupKind.DEPARTMENT)
    ordered = [group for group in release.groups if group.kind in nodes]
    for rest in (group for group in release.groups if group.kind is GroupKind.REMAINDER):
        depth = len(rest.path)
        inside = [n for n, group in enumerate(ordered) if group.path[:depth] == rest.path]
        ordered.insert(inside[-1] + 1 if inside else len(ordered), rest)
    return ordered
