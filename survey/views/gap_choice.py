"""What an address asks for of the gaps: a kind, a question, an order, and how many rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.gaps import Gap, GapKind
from scoring.headlines import SMALLEST_TOLD
from scoring.release import ORGANISATION
from scoring.scores import Question, QuestionKind
from survey.naming import kind_name, question_title
from survey.own import own_first
from survey.views.scene import Scene

KIND, QUESTION, ORDER, ALL = "gap", "question", "order", "all"
"""The names of the choices in addresses."""
EVERY_QUESTION = "all"
"""What addresses call all dimensions at once, of the whole organisation."""
BY_SIZE, IN_TREE = "size", "tree"
FIRST_ROWS, ALL_ROWS = "0", "1"
FEW = 20
"""Rows that are drawn at first; the table has all of them."""

_PAIRED = (GapKind.LEADERSHIP, GapKind.CONTACT, GapKind.BLIND_SPOT)
"""Kinds with one gap a question; the others have one a group, too."""


@dataclass(frozen=True, slots=True)
class GapChoice:
    """What is looked at.

    `question`: whose gaps, group by group; of a kind that has no groups, the
    dimension whose statements are looked at. None: all dimensions, a row each.
    `questions`: those that may be chosen. `gaps`: all of them in their order, and
    `shown` those that are drawn. `by_question`: whether rows are questions.
    """

    kind: GapKind
    question: Question | None
    questions: tuple[Question | None, ...]
    order: str
    rows: str
    gaps: tuple[Gap, ...]
    shown: tuple[Gap, ...]
    by_question: bool


def gap_choice(scene: Scene) -> GapChoice:
    """What the address asks for; at first departments, on the question with the largest gap."""
    kind = scene.chosen(KIND, GapKind, GapKind.DEPARTMENT)
    order = scene.chosen(ORDER, (BY_SIZE, IN_TREE), BY_SIZE)
    offered = _offered(kind, scene.results.gaps[kind])
    question = _asked_question(scene, kind, offered)
    gaps = _gaps(scene, kind, question)
    if order == BY_SIZE:
        by_size = sorted(gaps, key=lambda gap: -abs(gap.size))
        gaps = own_first(by_size, scene.own, lambda gap: gap.to.group)
    rows = scene.chosen(ALL, (FIRST_ROWS, ALL_ROWS), FIRST_ROWS)
    shown = gaps if rows == ALL_ROWS else gaps[:FEW]
    by_question = kind in _PAIRED or question is None
    return GapChoice(kind, question, offered, order, rows, gaps, shown, by_question)


def question_id(question: Question | None) -> str:
    """What addresses call a question, or all of them."""
    return question.id if question else EVERY_QUESTION


def sure_gap(gaps: Sequence[Gap]) -> Gap | None:
    """The largest gap that may be claimed in words; None where none is both sure and large."""
    sure = (gap for gap in gaps if gap.may_claim and abs(gap.size) >= SMALLEST_TOLD)
    return max(sure, key=lambda gap: abs(gap.size), default=None)


def _asked_question(
    scene: Scene, kind: GapKind, offered: Sequence[Question | None]
) -> Question | None:
    """The one in the address, of a statement its dimension; else the first to look at."""
    gaps, wanted = scene.results.gaps[kind], scene.asked.get(QUESTION)
    for question in offered:
        if wanted == question_id(question):
            return question
    for question in offered:
        if question and wanted in question.items:
            return question
    if None in offered or not gaps:
        return None
    return (sure_gap(gaps) or gaps[0]).question


def _offered(kind: GapKind, gaps: Sequence[Gap]) -> tuple[Question | None, ...]:
    """The questions one may choose among; none where all there is is one view."""
    asked = tuple(dict.fromkeys(gap.question for gap in gaps))
    if kind in _PAIRED:
        split = tuple(q for q in asked if _statements(q, asked))
        return (None, *split) if asked else ()
    if any(gap.to.group == ORGANISATION for gap in gaps):
        return (None, *asked)
    return asked


def _statements(dimension: Question, asked: Sequence[Question]) -> tuple[Question, ...]:
    """The single statements of a dimension that has several."""
    if dimension.kind is not QuestionKind.DIMENSION:
        return ()
    return tuple(q for q in asked if q.kind is QuestionKind.ITEM and q.id in dimension.items)


def _gaps(scene: Scene, kind: GapKind, question: Question | None) -> tuple[Gap, ...]:
    """The gaps of a choice, in the order of the questionnaire and the tree."""
    gaps = scene.results.gaps[kind]
    if question is None:
        whole = gaps if kind in _PAIRED else tuple(g for g in gaps if g.to.group == ORGANISATION)
        wide = tuple(gap for gap in whole if gap.question.kind is not QuestionKind.ITEM)
        dimensions = any(gap.question.kind is QuestionKind.DIMENSION for gap in wide)
        return wide if dimensions else whole
    if kind in _PAIRED:
        asked = tuple(gap.question for gap in gaps)
        rows = (question, *_statements(question, asked))
        return tuple(gap for gap in gaps if gap.question in rows)
    return tuple(gap for gap in gaps if gap.question == question)


def kinds(scene: Scene) -> dict[str, str]:
    """The kinds of gap by what addresses call them, with their names."""
    return {kind.value: kind_name(scene.say, kind) for kind in GapKind}


def titles(scene: Scene, questions: Sequence[Question | None]) -> dict[str, str]:
    """Questions by what addresses call them, with their titles."""
    say, dimensions = scene.say, scene.results.dimensions
    return {
        question_id(q): question_title(say, dimensions, q) if q else say("gaps.every_question")
        for q in questions
    }


def orders(scene: Scene, choice: GapChoice) -> dict[str, str]:
    """The orders by what addresses call them, with their names."""
    say = scene.say
    tree = "gaps.order_questions" if choice.by_question else "gaps.order_tree"
    return {BY_SIZE: say("gaps.order_size"), IN_TREE: say(tree)}


def rows(scene: Scene, choice: GapChoice) -> dict[str, str]:
    """How many rows may be drawn, by what addresses call it."""
    say, most = scene.say, len(choice.gaps)
    return {FIRST_ROWS: say("gaps.few", number=FEW), ALL_ROWS: say("gaps.all", number=most)}
