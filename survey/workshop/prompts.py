"""What the house tells facilitators about each kind of step, where they wrote nothing themselves.

It follows the loop: share experience, improve together, carry out.
"""

from collections.abc import Mapping

from data.workshops import StepKind
from survey.wording import Wording

_PROMPTS: Mapping[StepKind, str] = {
    StepKind.WELCOME: "prompt.welcome",
    StepKind.GUESS: "prompt.guess",
    StepKind.RESULT: "prompt.result",
    StepKind.VOTE: "prompt.vote",
    StepKind.TALK: "prompt.talk",
    StepKind.REVOTE: "prompt.revote",
    StepKind.QUESTIONS: "prompt.questions",
    StepKind.IDEAS: "prompt.ideas",
    StepKind.DOTS: "prompt.dots",
    StepKind.MEASURES: "prompt.measures",
    StepKind.CLOSING: "prompt.closing",
}


def prompts(say: Wording, kind: StepKind) -> tuple[str, ...]:
    """How to lead such a step, in a few sentences for each thing to do."""
    return tuple(say(_PROMPTS[kind]).splitlines())
