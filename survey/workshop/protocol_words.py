"""A workshop's protocol in words, for whoever was not there: measures first. No Streamlit."""

from collections.abc import Iterator
from datetime import date

from data.measures import Measure
from data.workshops import Step, WorkshopState
from survey.measures import state_name
from survey.wording import Wording
from survey.workshop.document import (
    Block,
    Bullets,
    Cell,
    Document,
    Entries,
    Entry,
    Facts,
    Heading,
    Paragraph,
    Table,
)
from survey.workshop.protocol import Dots, Protocol, Wall
from survey.workshop.protocol_votes import NONE, guesses, poll_name, votes
from survey.workshop.words import choice_name, dimension_name, step_name


def document(say: Wording, found: Protocol, today: date) -> Document:
    """The whole protocol as it stands today."""
    title = say("protocol.title", workshop=found.workshop.plan.title)
    if found.workshop.state is WorkshopState.PLANNED:
        early = Paragraph(say("protocol.not_begun"), important=True)
        return Document(title, (early, _facts(say, found)))
    blocks = (
        *_unfinished(say, found),
        _facts(say, found),
        *_measures(say, found, today),
        *_priorities(say, found),
        *votes(say, found),
        *guesses(say, found),
        *_wall(say, found.ideas, say("protocol.ideas"), "protocol.ideas_unshown"),
        *_wall(say, found.questions, say("protocol.questions"), "protocol.questions_unshown"),
        *_how(say, found),
    )
    return Document(title, blocks)


def _unfinished(say: Wording, found: Protocol) -> Iterator[Block]:
    if found.workshop.state is WorkshopState.ENDED:
        return
    text = say("protocol.unfinished")
    if found.open_step:
        step = step_name(say, found.open_step, found.instrument)
        text = f"{text} {say('protocol.open_round', step=step)}"
    yield Paragraph(text, important=True)


def _facts(say: Wording, found: Protocol) -> Block:
    workshop, wave = found.workshop, found.wave
    return Facts(
        (
            (say("protocol.organisation"), workshop.organisation.name),
            (say("protocol.day"), say.day(workshop.day) if workshop.day else NONE),
            (say("protocol.wave"), wave.title if wave else say("protocol.no_wave")),
            (say("protocol.phones"), say.number(workshop.phones, 0)),
        )
    )


# What was agreed


def _measures(say: Wording, found: Protocol, today: date) -> Iterator[Block]:
    yield Heading(say("measure.title"))
    if not found.measures:
        ended = found.workshop.state is WorkshopState.ENDED
        yield Paragraph(say("protocol.no_measures") if ended else say("protocol.no_measures_yet"))
        return
    yield Paragraph(say("protocol.measures_state", day=today))
    yield Entries(tuple(_measure(say, found, one, today) for one in found.measures))


def _measure(say: Wording, found: Protocol, measure: Measure, today: date) -> Entry:
    plan = measure.plan
    due = say.day(plan.due)
    if plan.overdue(today):
        due = f"{due} ({say('measure.overdue')})"
    return Entry(
        plan.what,
        (
            (say("measure.due"), due),
            (say("measure.responsible"), plan.responsible),
            (say("measure.dimension"), dimension_name(say, plan.dimension, found.instrument)),
            (say("measure.department"), " / ".join(plan.path) or say("group.organisation")),
            (say("measure.state"), state_name(say, plan.state)),
        ),
    )


def _priorities(say: Wording, found: Protocol) -> Iterator[Block]:
    for one in found.dots:
        title = say("protocol.priorities")
        if len(found.dots) > 1:
            title = say("protocol.round_of", kind=title, number=one.round.number)
        yield Heading(title)
        voters = say.count("protocol.dotted", one.round.voters, dots=found.workshop.plan.dots)
        yield Table(
            voters,
            (say("protocol.column_choice"), say("protocol.column_dots")),
            tuple(_choices(say, found, one)),
        )


def _choices(say: Wording, found: Protocol, one: Dots) -> Iterator[tuple[Cell, ...]]:
    for choice, dots in one.given:
        name = choice_name(say, choice, found.instrument) if choice.title else ""
        yield name or say("protocol.idea_removed"), say.number(dots, 0)


# What was written


def _wall(say: Wording, wall: Wall, title: str, unshown: str) -> Iterator[Block]:
    if not wall.heaps and not wall.unshown:
        return
    yield Heading(title)
    named = [name for name in wall.heaps if name]
    for name, texts in wall.heaps.items():
        if named:
            yield Heading(name or say("protocol.no_heap"), 3)
        yield Bullets(texts, said=True)
    if wall.unshown:
        yield Paragraph(say.count(unshown, wall.unshown))


# How it came about


def _how(say: Wording, found: Protocol) -> Iterator[Block]:
    yield Heading(say("protocol.how"))
    smallest = found.workshop.plan.smallest_group
    yield Paragraph(say("protocol.how_counted", smallest=smallest))
    lines = (
        *_lines(say("protocol.skipped"), _step_names(say, found, found.skipped)),
        *_lines(
            say("protocol.without_result", smallest=smallest),
            _step_names(say, found, found.without_result),
        ),
        *_lines(say("protocol.withheld", smallest=smallest), tuple(_withheld(say, found))),
    )
    if lines:
        yield Bullets(lines)


def _lines(label: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return (f"{label}: {'; '.join(names)}",) if names else ()


def _step_names(say: Wording, found: Protocol, steps: tuple[Step, ...]) -> tuple[str, ...]:
    """Every step, but a dimension of which none was held only once by its own name."""
    plan = found.workshop.plan.steps
    whole = {
        step.dimension
        for step in steps
        if step.dimension
        and len([s for s in steps if s.dimension == step.dimension])
        == len([s for s in plan if s.dimension == step.dimension])
    }
    return tuple(
        dict.fromkeys(
            dimension_name(say, step.dimension, found.instrument)
            if step.dimension in whole
            else step_name(say, step, found.instrument)
            for step in steps
        )
    )


def _withheld(say: Wording, found: Protocol) -> Iterator[str]:
    for poll in found.polls:
        items = [item for item, counted in poll.counted.items() if counted is None]
        titles = (d for d in found.instrument.dimensions for i in d.items if i.id in items)
        for dimension in titles:
            name = dimension_name(say, dimension.id, found.instrument)
            poll_called = poll_name(say, poll, found.polls)
            yield say("protocol.withheld_of", dimension=name, poll=poll_called)
