"""Departments by dimensions: what the address asks for, and what the heat map finds."""

from collections.abc import Iterator
from dataclasses import dataclass

from data.model import Dimension
from scoring.gaps import Gap, GapKind
from scoring.release import ORGANISATION
from scoring.scores import Question, QuestionKind, dimension_question
from survey.charts.chart import source_line
from survey.heat_cells import Numbers, Reference
from survey.heat_rows import Level, in_branch
from survey.heatmap import HeatChoice, heat_map
from survey.naming import full_name, question_title
from survey.sentences import gap_sentence
from survey.tables import shown_questions
from survey.views.scene import Scene, asked_place, path_text, places

NAME = "heatmap"
COLUMNS, REFERENCE, NUMBERS = "columns", "reference", "numbers"
ORDER, LEVEL = "order", "level"
TREE_ORDER, AUTOMATIC = "tree", "auto"

_KINDS = {Reference.REST: GapKind.DEPARTMENT, Reference.TARGET: GapKind.TARGET}


@dataclass(frozen=True, slots=True)
class HeatView:
    """The heat map with its words: what it finds, its table as HTML, and what explains it."""

    title: str
    table: str
    source: str
    topics: tuple[str, ...]


def heat_choice(scene: Scene) -> HeatChoice:
    """What the address asks for; at first every dimension, against the rest, in the tree's order.

    The columns of a dimension are the dimension itself and its items.
    """
    shown = _dimension(scene)
    asked = _with_items(shown) if shown else shown_questions(scene.results.dimensions)
    ids = {question.id: question for question in asked}
    levels = {level.value: level for level in Level}
    return HeatChoice(
        questions=asked,
        reference=scene.chosen(REFERENCE, Reference, Reference.REST),
        numbers=scene.chosen(NUMBERS, Numbers, Numbers.MEAN),
        order=ids.get(scene.asked.get(ORDER, "")),
        level=levels.get(scene.asked.get(LEVEL, "")),
        branch=asked_place(scene).path,
    )


def heat_view(scene: Scene) -> HeatView:
    """The heat map that the address asks for."""
    choice = heat_choice(scene)
    method = "method.target" if choice.reference is Reference.TARGET else "method.department"
    return HeatView(
        title=_title(scene, choice),
        table=heat_map(scene.say, scene.results, scene.own, choice),
        source=source_line(scene.say, scene.results),
        topics=("method.mean", method, "method.correction", "method.withheld"),
    )


def several(scene: Scene) -> tuple[Dimension, ...]:
    """The dimensions that have several items, and so columns of their own."""
    return tuple(d for d in scene.results.dimensions if len(d.items) > 1)


def column_options(scene: Scene) -> dict[str, str]:
    """What may be the columns: all dimensions, or one with its items."""
    titles = {d.id: d.title.get(scene.say.language, d.id) for d in several(scene)}
    return {"": scene.say("heat.all_dimensions"), **titles}


def reference_options(scene: Scene) -> dict[str, str]:
    """What colours compare with."""
    return {
        Reference.REST.value: scene.say("heat.reference_rest"),
        Reference.TARGET.value: scene.say("heat.reference_target"),
    }


def number_options(scene: Scene) -> dict[str, str]:
    """What the numbers are."""
    return {
        Numbers.MEAN.value: scene.say("heat.numbers_mean"),
        Numbers.DIFFERENCE.value: scene.say("heat.numbers_difference"),
    }


def level_options(scene: Scene) -> dict[str, str]:
    """How far it is unfolded at first."""
    return {
        AUTOMATIC: scene.say("heat.level_automatic"),
        Level.ONE.value: scene.say("heat.level_one"),
        Level.TWO.value: scene.say("heat.level_two"),
        Level.ALL.value: scene.say("heat.level_all"),
    }


def order_options(scene: Scene, choice: HeatChoice) -> dict[str, str]:
    """The tree's order, or a column's."""
    say, dimensions = scene.say, scene.results.dimensions
    columns = {q.id: question_title(say, dimensions, q) for q in choice.questions}
    lowest = {name: say("heat.order_lowest", column=title) for name, title in columns.items()}
    return {TREE_ORDER: say("heat.order_tree"), **lowest}


def branch_options(scene: Scene, choice: HeatChoice) -> dict[str, str]:
    """The whole organisation, every department that has others below it, and the one asked for."""
    release = scene.results.release
    above = {group.path[:-1] for group in places(release)} | {choice.branch}
    paths = [group.path for group in places(release) if group.path in above and group.path]
    whole = scene.say("group.organisation")
    return {"": whole, **{path_text(path): path_text(path) for path in paths}}


def _dimension(scene: Scene) -> Dimension | None:
    wanted = scene.asked.get(COLUMNS)
    return next((d for d in several(scene) if d.id == wanted), None)


def _with_items(dimension: Dimension) -> tuple[Question, ...]:
    items = (Question(item.id, QuestionKind.ITEM, (item.id,)) for item in dimension.items)
    return (dimension_question(dimension), *items)


def _title(scene: Scene, choice: HeatChoice) -> str:
    """The lowest cell that may be claimed; else that may be coloured; else that there is none."""
    say = scene.say
    rest = choice.reference is Reference.REST
    compared = list(_compared(scene, choice))
    lower = sorted((gap for gap in compared if gap.size < 0), key=lambda gap: gap.size)
    sure = next((gap for gap in lower if gap.may_claim), None)
    notable = next((gap for gap in lower if gap.may_colour), None)
    if sure:
        return gap_sentence(say, scene.results, sure)
    if notable:
        return _notable(scene, notable)
    if any(gap.may_colour for gap in compared):
        return say("heat.none_below_rest" if rest else "heat.none_below_target")
    if any(gap.p is not None for gap in compared):
        return say("heat.nothing_rest" if rest else "heat.nothing_target")
    return say("heat.untested_rest" if rest else "heat.untested_target")


def _compared(scene: Scene, choice: HeatChoice) -> Iterator[Gap]:
    """The gaps of the departments and columns that are looked at."""
    for gap in scene.results.gaps[_KINDS[choice.reference]]:
        group = gap.to.group
        outside = bool(choice.branch) and group == ORGANISATION
        if gap.question in choice.questions and in_branch(group, choice.branch) and not outside:
            yield gap


def _notable(scene: Scene, gap: Gap) -> str:
    say, results = scene.say, scene.results
    rest = gap.kind is GapKind.DEPARTMENT
    return say(
        "heat.notable_rest" if rest else "heat.notable_target",
        name=full_name(say, gap.to.group, results.release),
        question=question_title(say, results.dimensions, gap.question).rstrip("."),
        size=say.number(-gap.size, 1),
    )
