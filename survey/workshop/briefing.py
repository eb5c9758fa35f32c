"""What the survey says that a workshop starts from, for whoever leads it. Pure."""

from collections.abc import Iterator

from data.workshops import Step, StepKind
from scoring.figures import figures
from scoring.gaps import Gap, GapKind
from scoring.release import ORGANISATION
from scoring.scores import dimension_question
from survey.results import Results
from survey.sentences import gap_sentence, headline_sentences, priority_sentence
from survey.views.gap_choice import sure_gap
from survey.wording import Wording

_MOST = 4
"""Sentences that can be read while people are talking."""

_WHERE_TO_BEGIN = frozenset({StepKind.IDEAS, StepKind.DOTS, StepKind.MEASURES})
_AT_LARGE = frozenset({StepKind.WELCOME, StepKind.GUESS, StepKind.RESULT})


def briefing(say: Wording, results: Results, step: Step) -> tuple[str, ...]:
    """Up to four sentences that a step needs; () where the survey has nothing to say to it."""
    if step.dimension:
        return tuple(_of_dimension(say, results, step.dimension))[:_MOST]
    if step.kind in _WHERE_TO_BEGIN:
        first = results.priorities[: _MOST - 1]
        return tuple(priority_sentence(say, results, one) for one in first)
    if step.kind in _AT_LARGE:
        return headline_sentences(say, results)[:_MOST]
    return ()


def _of_dimension(say: Wording, results: Results, dimension: str) -> Iterator[str]:
    """Its mean, its largest sure gap of each kind, and where to begin with it."""
    asked = next((one for one in results.dimensions if one.id == dimension), None)
    if asked is None:
        return
    mean = figures(results.release, ORGANISATION, dimension_question(asked)).score.mean
    if mean is not None:
        yield say("facilitator.survey_mean", mean=say.number(mean, 2))
    for gap in largest_sure(results, dimension)[: _MOST - 2]:
        yield gap_sentence(say, results, gap)
    for priority in results.priorities:
        if priority.gap.question.id == dimension:
            yield priority_sentence(say, results, priority)
            return


def largest_sure(results: Results, dimension: str) -> tuple[Gap, ...]:
    """Of each kind of gap the largest that may be claimed in words, the largest of all first."""
    by_kind = ([g for g in results.gaps[kind] if g.question.id == dimension] for kind in GapKind)
    found = (sure_gap(gaps) for gaps in by_kind)
    return tuple(sorted((gap for gap in found if gap), key=lambda gap: -abs(gap.size)))
