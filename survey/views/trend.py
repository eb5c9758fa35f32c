"""The trend: what has become of things since the earlier wave, of the same statements only.

Of one place on all dimensions, or of one question in all departments.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from data.results import Group, GroupKind
from scoring.gaps import Gap, GapKind
from scoring.scores import Question, QuestionKind
from survey.charts.chart import Chart, source_line
from survey.charts.slopes import slope_chart
from survey.gap_table import gap_table
from survey.naming import full_name, question_title
from survey.own import own_first
from survey.trend_words import departments_changed, dimensions_changed
from survey.views.gap_choice import (
    ALL,
    ALL_ROWS,
    BY_SIZE,
    EVERY_QUESTION,
    FIRST_ROWS,
    IN_TREE,
    ORDER,
    QUESTION,
)
from survey.views.pairs import pairs_of
from survey.views.scene import Scene, asked_place

NAME = "trend"
FEW = 12
"""Slopes that are drawn at first; the table has all of them."""

_PLACES = (GroupKind.ORGANISATION, GroupKind.DEPARTMENT)


@dataclass(frozen=True, slots=True)
class TrendChoice:
    """What is looked at: one question in all departments, or, without one, one place.

    `questions`: those that may be chosen. `gaps`: all of them in their order, and
    `shown` those that are drawn. `order`, `rows`: as the address has them.
    """

    question: Question | None
    questions: tuple[Question, ...]
    place: Group
    order: str
    rows: str
    gaps: tuple[Gap, ...]
    shown: tuple[Gap, ...]


def trend_choice(scene: Scene) -> TrendChoice:
    """What the address asks for; at first the dimensions of its place, the largest change first."""
    found = [gap for gap in scene.results.gaps[GapKind.TREND] if gap.to.group.kind in _PLACES]
    questions = {gap.question.id: gap.question for gap in found}
    wanted = scene.chosen(QUESTION, questions, EVERY_QUESTION)
    place, question = asked_place(scene), questions.get(wanted)
    gaps = [gap for gap in found if gap.question == question] if question else _of(place, found)
    order = scene.chosen(ORDER, (BY_SIZE, IN_TREE), BY_SIZE)
    if order == BY_SIZE:
        by_size = sorted(gaps, key=lambda gap: -abs(gap.size))
        gaps = list(own_first(by_size, scene.own, lambda gap: gap.to.group))
    rows = scene.chosen(ALL, (FIRST_ROWS, ALL_ROWS), FIRST_ROWS)
    shown = gaps if rows == ALL_ROWS else gaps[:FEW]
    return TrendChoice(
        question=question,
        questions=tuple(questions.values()),
        place=place,
        order=order,
        rows=rows,
        gaps=tuple(gaps),
        shown=tuple(shown),
    )


def trend_picture(scene: Scene) -> Chart | None:
    """Slopes from the earlier wave to this one; None where nothing may be compared."""
    say, results, choice = scene.say, scene.results, trend_choice(scene)
    if not choice.gaps or results.earlier is None:
        return None
    tell = departments_changed if choice.question else dimensions_changed
    title = tell(say, results, choice.gaps)
    return Chart(
        name=NAME,
        title=title,
        unit=_unit(scene, choice),
        source=source_line(say, results, compared=True),
        alt=say.count("gaps.alt", len(choice.shown), title=title),
        figure=slope_chart(
            say,
            pairs_of(scene, choice.shown, by_question=not choice.question),
            before=results.earlier.title,
            now=results.wave.title,
            look=scene.look,
        ),
        table=gap_table(
            say, results, choice.gaps, title, by_question=not choice.question, own=scene.own
        ),
        topics=("method.trend", "method.test", "method.correction", "method.effect"),
    )


def question_titles(scene: Scene, choice: TrendChoice) -> dict[str, str]:
    """All dimensions, then each question, by what addresses call them."""
    say, dimensions = scene.say, scene.results.dimensions
    return {
        EVERY_QUESTION: say("trend.every_question"),
        **{
            question.id: say(
                "trend.one_question", question=question_title(say, dimensions, question)
            )
            for question in choice.questions
        },
    }


def row_numbers(scene: Scene, choice: TrendChoice) -> dict[str, str]:
    """How many slopes may be drawn, by what addresses call it."""
    say, most = scene.say, len(choice.gaps)
    return {FIRST_ROWS: say("gaps.few", number=FEW), ALL_ROWS: say("gaps.all", number=most)}


def _of(place: Group, gaps: Sequence[Gap]) -> list[Gap]:
    """A place's dimensions; of those that were built otherwise, the same single statements."""
    mine = [gap for gap in gaps if gap.to.group == place]
    found = [gap for gap in mine if gap.question.kind is QuestionKind.DIMENSION]
    told = {item for gap in found for item in gap.question.items}
    items = [gap for gap in mine if gap.question.kind is QuestionKind.ITEM]
    return [*found, *(gap for gap in items if not told & set(gap.question.items))]


def _unit(scene: Scene, choice: TrendChoice) -> str:
    """The scale, whose figures these are, and of how many people, at most."""
    say = scene.say
    people, others = (
        max(side.people or 0 for side in sides)
        for sides in zip(*((gap.to, gap.from_) for gap in choice.gaps), strict=True)
    )
    if choice.question is None:
        name = full_name(say, choice.place, scene.results.release)
        return say("trend.unit_place", place=name, people=people, others=others)
    title = question_title(say, scene.results.dimensions, choice.question).rstrip(".")
    shown, number = len(choice.shown), len(choice.gaps)
    if shown < number:
        return say("trend.unit_few", question=title, shown=shown, number=number)
    return say("trend.unit_question", question=title, number=number)
