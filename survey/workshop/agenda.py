"""The steps of a workshop: prepared from a released wave, or from nothing. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from data.model import Dimension, Instrument
from data.workshops import Step, StepKind
from scoring.headlines import Headline
from survey.results import Results

_MINUTES = {
    StepKind.WELCOME: 5,
    StepKind.GUESS: 5,
    StepKind.RESULT: 5,
    StepKind.VOTE: 3,
    StepKind.TALK: 12,
    StepKind.REVOTE: 2,
    StepKind.QUESTIONS: 5,
    StepKind.IDEAS: 10,
    StepKind.DOTS: 5,
    StepKind.MEASURES: 25,
    StepKind.CLOSING: 3,
}
"""Planned minutes: with two dimensions talked about, together less than two hours."""

_FROM_A_WAVE = (StepKind.VOTE, StepKind.RESULT, StepKind.TALK, StepKind.REVOTE)
_FROM_NOTHING = (StepKind.VOTE, StepKind.TALK, StepKind.REVOTE)
_AFTERWARDS = (
    StepKind.QUESTIONS,
    StepKind.IDEAS,
    StepKind.DOTS,
    StepKind.MEASURES,
    StepKind.CLOSING,
)
PROPOSED = 2
"""Dimensions that a room can talk about in two hours."""


def steps_after(results: Results, chosen: Iterable[str]) -> tuple[Step, ...]:
    """The agenda after a released wave: guess, result, then each dimension.

    `chosen`: ids of the dimensions that are talked about; the others are skipped.
    """
    dimensions = results.dimensions
    cores = tuple(dimension.items[0].id for dimension in dimensions)
    first = (
        _step(StepKind.WELCOME),
        replace(_step(StepKind.GUESS), items=cores),
        replace(_step(StepKind.RESULT), minutes=10, items=cores),
    )
    return _numbered((*first, *_by_dimension(dimensions, _FROM_A_WAVE, chosen), *_last()))


def steps_from_nothing(instrument: Instrument, chosen: Iterable[str]) -> tuple[Step, ...]:
    """The agenda without a wave: each dimension's core item, asked in the room."""
    dimensions = instrument.asked(instrument.short_form())
    middle = _by_dimension(dimensions, _FROM_NOTHING, chosen)
    return _numbered((_step(StepKind.WELCOME), *middle, *_last()))


def proposed(results: Results) -> tuple[str, ...]:
    """The dimensions to talk about in two hours."""
    return ranked(results)[:PROPOSED]


def ranked(results: Results) -> tuple[str, ...]:
    """All dimensions: first where priorities lie, then what headlines name."""
    ids = [dimension.id for dimension in results.dimensions]
    by_weight = [one.gap.question.id for one in results.priorities]
    told = [_question(headline) for headline in results.headlines]
    return tuple(dict.fromkeys(one for one in (*by_weight, *told, *ids) if one in ids))


def _question(headline: Headline) -> str:
    question = getattr(headline, "question", None)
    return question.id if question else ""


def _by_dimension(
    dimensions: Sequence[Dimension], kinds: Sequence[StepKind], chosen: Iterable[str]
) -> Iterator[Step]:
    """Chosen dimensions in the order chosen, then the others, skipped."""
    order = [*dict.fromkeys((*chosen, *(d.id for d in dimensions)))]
    wanted = set(chosen)
    for dimension in sorted(dimensions, key=lambda d: order.index(d.id)):
        items = tuple(item.id for item in dimension.items)
        for kind in kinds:
            asked = items if kind is not StepKind.TALK else ()
            yield replace(
                _step(kind),
                dimension=dimension.id,
                items=asked,
                skipped=dimension.id not in wanted,
            )


def _last() -> tuple[Step, ...]:
    return tuple(_step(kind) for kind in _AFTERWARDS)


def _step(kind: StepKind) -> Step:
    return Step(0, kind, minutes=_MINUTES[kind])


def _numbered(steps: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(replace(step, id=number) for number, step in enumerate(steps, start=1))
