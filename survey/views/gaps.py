"""One of the six kinds of gap, as a picture."""

from dataclasses import dataclass

from scoring.gaps import Gap, GapKind, largest_first
from scoring.scores import Question
from survey.charts.bars import gap_chart
from survey.charts.chart import Chart, source_line
from survey.naming import full_name, kind_name, question_title
from survey.own import own_first
from survey.sentences import certainty, gap_sentence
from survey.tables import gap_table
from survey.views.scene import Scene

NAME, KIND, QUESTION = "gaps", "gap", "question"
FEW = 20
"""Rows that are drawn; the table has all of them."""

BY_QUESTION = (GapKind.LEADERSHIP, GapKind.CONTACT, GapKind.BLIND_SPOT)
"""Kinds with one gap a question; the others have one a group, too."""


@dataclass(frozen=True, slots=True)
class GapChoice:
    """What is looked at: a kind, a question where there is one gap a group, and its gaps."""

    kind: GapKind
    question: Question | None
    questions: tuple[Question, ...]
    gaps: tuple[Gap, ...]


def gap_choice(scene: Scene) -> GapChoice:
    """What the address asks for; at first departments, on the question with the largest gap."""
    kind = scene.chosen(KIND, GapKind, GapKind.DEPARTMENT)
    gaps = scene.results.gaps[kind]
    if not gaps or kind in BY_QUESTION:
        return GapChoice(kind, None, (), gaps)
    questions = {gap.question.id: gap.question for gap in gaps}
    sure = (gap for gap in gaps if gap.may_claim)
    largest = max(sure, key=lambda gap: abs(gap.size), default=gaps[0])
    question = questions[scene.chosen(QUESTION, questions, largest.question.id)]
    shown = own_first(largest_first(gaps, question), scene.own, lambda gap: gap.to.group)
    return GapChoice(kind, question, tuple(questions.values()), shown)


def gap_picture(scene: Scene) -> Chart | None:
    """The chosen gaps, the largest first; None where there are none."""
    say, results, choice = scene.say, scene.results, gap_choice(scene)
    if not choice.gaps:
        return None
    title = _title(scene, choice.gaps)
    few = choice.gaps[:FEW]
    by_question = choice.kind in BY_QUESTION
    return Chart(
        name=NAME,
        title=title,
        unit=say("gaps.scale"),
        source=source_line(say, results),
        alt=title,
        figure=gap_chart(say, results, few, own=scene.own, look=scene.look),
        table=gap_table(say, results, choice.gaps, title, by_question=by_question, own=scene.own),
        topics=("method.gap", "method.correction", "method.effect"),
    )


def _title(scene: Scene, gaps: tuple[Gap, ...]) -> str:
    """The largest gap that may be claimed, in words; else the largest one's size, with doubt."""
    say, results = scene.say, scene.results
    by_size = sorted(gaps, key=lambda gap: -abs(gap.size))
    sure = next((gap for gap in by_size if gap.may_claim), None)
    if sure:
        return say("gaps.largest_sure", sentence=gap_sentence(say, results, sure))
    return say(
        "gaps.largest",
        name=full_name(say, by_size[0].to.group, results.release),
        size=say.number(by_size[0].size, 2, signed=True),
        sure=certainty(say, by_size[0]),
    )


def kinds(scene: Scene) -> dict[str, str]:
    """The kinds of gap by what addresses call them, with their names."""
    return {kind.value: kind_name(scene.say, kind) for kind in GapKind}


def titles(scene: Scene, questions: tuple[Question, ...]) -> dict[str, str]:
    """Questions by what addresses call them, with their titles."""
    return {q.id: question_title(scene.say, scene.results.dimensions, q) for q in questions}
