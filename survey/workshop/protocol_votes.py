"""The votes of a workshop in words and tables: each round, beside the survey. No Streamlit."""

from collections.abc import Iterable, Iterator

from data.model import SCALE
from data.results import Histogram
from data.workshops import StepKind
from scoring.agreement import r_wg
from scoring.drawable import Figure, drawable
from scoring.histogram import mean
from survey.wording import Wording
from survey.workshop.document import Block, Cell, Heading, Paragraph, Spread, Table
from survey.workshop.protocol import Poll, Protocol
from survey.workshop.words import dimension_name, kind_name, statement

DIGITS = 2
"""Of means, differences and agreement."""

NONE = "–"
"""Where there is no figure."""


def votes(say: Wording, found: Protocol) -> Iterator[Block]:
    """Each dimension with its rounds, and how the room has changed."""
    if not found.dimensions:
        return
    yield Heading(say("protocol.votes"))
    yield Paragraph(say("protocol.votes_explained"))
    for dimension in found.dimensions:
        yield Heading(dimension_name(say, dimension.id, found.instrument), 3)
        polls = found.votes(dimension)
        asked = {item for poll in polls for item in poll.step.items}
        for item in dimension.items:
            if item.id in asked:
                text = statement(say, item.id, found.instrument)
                yield _vote_table(say, found, item.id, text, polls)
                yield from _change(say, item.id, polls)


def _vote_table(
    say: Wording, found: Protocol, item: str, text: str, polls: Iterable[Poll]
) -> Table:
    rows = [
        _row(say, found, poll_name(say, poll, found.polls), poll.counted[item])
        for poll in polls
        if item in poll.counted
    ]
    if found.wave:
        rows.insert(0, _survey_row(say, found.survey.get(item)))
    columns = (
        "",
        say("results.column_n"),
        say("results.column_mean"),
        say("protocol.column_spread"),
        say("protocol.column_cant_judge"),
        say("protocol.column_agreement"),
    )
    return Table(text, columns, tuple(rows))


def poll_name(say: Wording, poll: Poll, among: Iterable[Poll]) -> str:
    """What a round is called, with its number where its step was asked more than once."""
    kind = kind_name(say, poll.step.kind)
    rounds = sum(one.step.id == poll.step.id for one in among)
    return say("protocol.round_of", kind=kind, number=poll.round.number) if rounds > 1 else kind


def _row(say: Wording, found: Protocol, name: str, counted: Histogram | None) -> tuple[Cell, ...]:
    if counted is None:
        smallest = found.workshop.plan.smallest_group
        return name, say("protocol.below", smallest=smallest), NONE, NONE, NONE, NONE
    return name, *_figures(say, counted, Spread(tuple(counted.counts[v] for v in SCALE)))


def _survey_row(say: Wording, counted: Histogram | None) -> tuple[Cell, ...]:
    """What the survey said; its answers one by one only where there are enough to draw them."""
    name = say("protocol.survey")
    if counted is None:
        return name, say("results.withheld"), NONE, NONE, NONE, NONE
    drawn = Figure.DISTRIBUTION in drawable(counted.valid)
    spread = Spread(tuple(counted.counts[value] for value in SCALE)) if drawn else NONE
    return name, *_figures(say, counted, spread)


def _figures(say: Wording, counted: Histogram, spread: Cell) -> tuple[Cell, ...]:
    return (
        say.number(counted.valid, 0),
        _mean(say, counted),
        spread,
        say.number(counted.cant_judge, 0),
        _agreement(say, counted),
    )


def _mean(say: Wording, counted: Histogram | None) -> str:
    average = mean(counted) if counted else None
    return NONE if average is None else say.number(average, DIGITS)


def _agreement(say: Wording, counted: Histogram) -> str:
    value = r_wg(counted)
    if value is None or Figure.AGREEMENT not in drawable(counted.valid):
        return NONE
    return say.number(value, DIGITS)


def _change(say: Wording, item: str, polls: Iterable[Poll]) -> Iterator[Block]:
    """From the last vote to the last re-vote, where both are there."""
    last = {poll.step.kind: poll.counted.get(item) for poll in polls}
    before, after = last.get(StepKind.VOTE), last.get(StepKind.REVOTE)
    first, second = (mean(one) if one else None for one in (before, after))
    if first is not None and second is not None:
        size = say.number(second - first, DIGITS, signed=True)
        yield Paragraph(
            say(
                "protocol.change",
                before=say.number(first, DIGITS),
                after=say.number(second, DIGITS),
                size=size,
            )
        )


def guesses(say: Wording, found: Protocol) -> Iterator[Block]:
    """What the room thought that the survey said, beside what it said."""
    if not found.guesses:
        return
    yield Heading(say("protocol.guesses"))
    yield Paragraph(say("protocol.guesses_explained"))
    for poll in found.guesses:
        columns = (
            say("measure.dimension"),
            say("protocol.column_guess"),
            say("protocol.survey"),
            say("protocol.column_distance"),
        )
        title = say.count("protocol.guessed", poll.round.voters)
        if len(found.guesses) > 1:
            title = f"{poll_name(say, poll, found.guesses)}: {title}"
        yield Table(title, columns, tuple(_guess_rows(say, found, poll)))


def _guess_rows(say: Wording, found: Protocol, poll: Poll) -> Iterator[tuple[Cell, ...]]:
    for dimension in found.instrument.dimensions:
        for item in dimension.items:
            if item.id not in poll.counted:
                continue
            guessed, survey = poll.counted[item.id], found.survey.get(item.id)
            first, second = (mean(one) if one else None for one in (guessed, survey))
            both = first is not None and second is not None
            size = say.number((first or 0) - (second or 0), DIGITS, signed=True) if both else NONE
            below = say("protocol.below", smallest=found.workshop.plan.smallest_group)
            yield (
                dimension_name(say, dimension.id, found.instrument),
                _mean(say, guessed) if guessed else below,
                _mean(say, survey) if survey else say("results.withheld"),
                size,
            )
