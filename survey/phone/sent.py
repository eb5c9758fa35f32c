"""Checks what a phone sends. `SubmissionProblem` carries a finding for each field. Pure."""

import hashlib
from collections.abc import Mapping

from data.errors import Problem, SubmissionProblem
from data.model import CANT_JUDGE, SCALE
from data.workshops import LONGEST_CONTRIBUTION, Choice, Round, Step, StepKind
from survey.plain_text import one_line

Fields = Mapping[str, str]

_DOTS = "dots_"


def points_of(step: Step) -> tuple[int, ...]:
    """What can be answered: nobody has to judge, but everybody can guess."""
    return SCALE if step.kind is StepKind.GUESS else (*SCALE, CANT_JUDGE)


def read_poll(step: Step, fields: Fields) -> Mapping[str, int]:
    """A vote on each item of a step."""
    points = {str(value) for value in points_of(step)}
    guess = step.kind is StepKind.GUESS
    missing = [
        Problem("error.guess_missing", field=item, question=number)
        if guess
        else Problem("error.answer_missing", field=item, question=number)
        for number, item in enumerate(step.items, start=1)
        if fields.get(item) not in points
    ]
    if missing:
        raise SubmissionProblem("error.form_incomplete", missing)
    return {item: int(fields[item]) for item in step.items}


def dots_field(choice: Choice) -> str:
    """The name of a choice's field; its key may be any text."""
    return _DOTS + hashlib.sha256(choice.key.encode()).hexdigest()[:12]


def read_dots(asked: Round, most: int, fields: Fields) -> Mapping[str, int]:
    """How many dots each choice gets that gets any."""
    known = {dots_field(choice): choice.key for choice in asked.choices}
    sent = {name: text for name, text in fields.items() if name.startswith(_DOTS)}
    if not sent.keys() <= known.keys() or not set(sent.values()) <= _up_to(most):
        raise _wrong(Problem("error.dots_changed", field="dots"))
    given = {known[name]: int(text) for name, text in sent.items() if text != "0"}
    total = sum(given.values())
    if not given:
        raise _wrong(Problem("error.dots_none", field="dots"))
    if total > most:
        over = total - most
        raise _wrong(Problem("error.dots_over", field="dots", given=total, most=most, over=over))
    return given


def read_text(field: str, fields: Fields) -> str:
    """An idea or a question, on one line."""
    text = one_line(fields.get(field, ""))
    if not text:
        raise _wrong(Problem("error.contribution_empty", field=field))
    if len(text) > LONGEST_CONTRIBUTION:
        longest = LONGEST_CONTRIBUTION
        raise _wrong(
            Problem("error.contribution_long", field=field, longest=longest, length=len(text))
        )
    return text


def _up_to(most: int) -> set[str]:
    return {str(number) for number in range(most + 1)}


def _wrong(finding: Problem) -> SubmissionProblem:
    return SubmissionProblem("error.form_incomplete", [finding])
