"""The check that every owner's screen makes itself, whoever let the visitor through."""

from collections.abc import Callable
from functools import wraps

from survey.access import is_owner
from survey.screens.frame import closed_door, spoken
from survey.wording import Wording


def owners_only(screen: Callable[[Wording], None]) -> Callable[[], None]:
    """A screen that shows nothing of anybody's unless this browser is the owner's."""

    @wraps(screen)
    def guarded() -> None:
        say = spoken()
        if is_owner():
            screen(say)
        else:
            closed_door(say)

    return guarded
