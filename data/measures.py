"""The values of measures: what was agreed after a release or in a workshop.

Imports `data.model` only.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.model import DepartmentPath

LONGEST_WHAT = 500
"""Characters of what is to be done."""

LONGEST_RESPONSIBLE = 120
"""Characters of the role that sees to it."""


class MeasureState(StrEnum):
    """How far a measure is: experience shared, idea improved together, carried out."""

    SHARED = "shared"
    IMPROVED = "improved"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Plan:
    """What was agreed.

    `path`: the department, () for the whole organisation. `dimension`: the id of
    the one it is about. `what`: plain text, lines kept. `responsible`: a role, not
    only a name. `due`: the day it should be carried out by.
    """

    path: DepartmentPath
    dimension: str
    what: str
    responsible: str
    due: date
    state: MeasureState = MeasureState.SHARED

    def overdue(self, today: date) -> bool:
        """Whether its day is over, and it is not carried out."""
        return self.state is not MeasureState.DONE and self.due < today


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as it is kept.

    `organisation`: an id. `wave`: the code of the one it came from, "" of a workshop
    that started from none. `workshop`: the code of the one it was agreed in, if any.
    """

    id: int
    organisation: int
    wave: str
    plan: Plan
    workshop: str = ""
