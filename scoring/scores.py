"""The scores of a release: items, dimensions and the whole. Pure; data's values only.

METHOD §2: a dimension and the overall score are the mean of the released item
means of a group, shown only where all of them are. They have no histogram of
their own, except that a dimension of one item is its item.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from data.model import Dimension
from data.results import Group, Histogram, Release
from scoring.histogram import mean

OVERALL = "overall"


class QuestionKind(StrEnum):
    """What a score is of."""

    ITEM = "item"
    DIMENSION = "dimension"
    OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Question:
    """Something that has a score: an item, a dimension, or everything asked."""

    id: str
    kind: QuestionKind
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """One group's score on one question.

    `mean`: 1…5, or None where withheld. `respondents`: people of the group who
    took part; `valid`: those who answered on the scale (of several items, the
    fewest). `histogram`: of a question that is one item.
    """

    group: Group
    question: Question
    mean: float | None
    respondents: int | None = None
    valid: int | None = None
    histogram: Histogram | None = None

    @property
    def shown(self) -> bool:
        """Whether the release shows this score."""
        return self.mean is not None


def questions(dimensions: Iterable[Dimension]) -> tuple[Question, ...]:
    """Every question of a wave: the items, the dimensions, the overall score."""
    dimensions = tuple(dimensions)
    items = tuple(item.id for dimension in dimensions for item in dimension.items)
    return (
        *(Question(item, QuestionKind.ITEM, (item,)) for item in items),
        *(dimension_question(dimension) for dimension in dimensions),
        Question(OVERALL, QuestionKind.OVERALL, items),
    )


def distinct_questions(dimensions: Iterable[Dimension]) -> tuple[Question, ...]:
    """The overall score, the dimensions, and the items of dimensions that have several.

    What is the same one item is listed once: as its dimension.
    """
    dimensions = tuple(dimensions)
    lone = {d.items[0].id for d in dimensions if len(d.items) == 1}
    *found, overall = questions(dimensions)
    return (
        *((overall,) if len(overall.items) > 1 else ()),
        *(q for q in found if q.kind is QuestionKind.DIMENSION),
        *(q for q in found if q.kind is QuestionKind.ITEM and q.id not in lone),
    )


def dimension_question(dimension: Dimension) -> Question:
    """A dimension as a question with its own score."""
    items = tuple(item.id for item in dimension.items)
    return Question(dimension.id, QuestionKind.DIMENSION, items)


def score(release: Release, group: Group, question: Question) -> Score:
    """A group's score, computed from the release and nothing else."""
    histograms = release.histograms.get(group, {})
    found = [histograms[item] for item in question.items if item in histograms]
    if not found or len(found) < len(question.items):
        return Score(group, question, None)
    return Score(
        group=group,
        question=question,
        mean=mean_of_means(found),
        respondents=max(histogram.respondents for histogram in found),
        valid=min(histogram.valid for histogram in found),
        histogram=found[0] if len(found) == 1 else None,
    )


def mean_of_means(histograms: Iterable[Histogram]) -> float | None:
    """The unweighted mean of the items' means, 1…5; None where an item has none."""
    means = [mean(histogram) for histogram in histograms]
    known = [m for m in means if m is not None]
    return sum(known) / len(known) if known and len(known) == len(means) else None
