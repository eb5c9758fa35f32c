"""The frozen values of what a wave found out. Imports `data.model` only.

release (frozen) ─ group ─ item ─ histogram
├ reliability, headcounts (fixed when it is made)
└ targets, predictions (agreed before it is made)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from data.model import CANT_JUDGE, DepartmentPath


class GroupKind(StrEnum):
    """What a published set of people is."""

    ORGANISATION = "organisation"
    DEPARTMENT = "department"
    POSITION = "position"
    CONTACT = "contact"
    REMAINDER = "remainder"


@dataclass(frozen=True, slots=True)
class Histogram:
    """How often each answer was given: `counts[0]` is can't judge, `counts[1…5]` the scale."""

    counts: tuple[int, int, int, int, int, int]

    @property
    def respondents(self) -> int:
        """People who were asked and answered or could not judge."""
        return sum(self.counts)

    @property
    def valid(self) -> int:
        """People who answered on the scale: the n of every mean."""
        return sum(self.counts[1:])

    @property
    def cant_judge(self) -> int:
        """People who could not judge."""
        return self.counts[CANT_JUDGE]


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many people of one cell gave one answer to one item (input of a release)."""

    path: DepartmentPath
    leads: bool
    customer: bool
    item: str
    value: int
    people: int


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """A set of people with a name of its own in a release.

    `path`: the department; for a remainder its parent; for a position or contact
    pair the division it is of, () where it is of the organisation. `member`: of
    such a pair, whether it leads people or works with customers. `without`: the
    paths of the published groups taken away, of a remainder or of what is left of
    a pair beside its divisions.
    """

    kind: GroupKind
    path: DepartmentPath = ()
    member: bool | None = None
    without: tuple[DepartmentPath, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedComment:
    """A comment under the department node it may be shown at; its author is nobody's to know."""

    path: DepartmentPath
    dimension: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerPattern:
    """How many people of one cell gave the very same answers throughout (input of a release).

    `answers`: in the order of the wave's items, 0 for can't judge or missing.
    """

    path: DepartmentPath
    leads: bool
    customer: bool
    answers: tuple[int, ...]
    people: int


Targets = Mapping[DepartmentPath, Mapping[str, float]]
"""Dimension → the mean (1…5) it should reach: at () for the wave, below for a department."""

PROFILE = "profile"
"""The scale whose parts are the dimensions."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The mean (1…5) that leadership agreed it expects of a dimension, by whom and when."""

    value: float
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far a scale's parts measure one thing, by those who answered all of them.

    `scale`: a dimension's id, its parts being its items; or `PROFILE`. `people`:
    at least so many answered all of it, in steps of 50. `alpha` (−∞…1) with its
    95 % interval `low`…`high`; `omega` (0…1), None where it is not estimated. All
    with two digits.
    """

    scale: str
    parts: int
    people: int
    alpha: float
    low: float
    high: float
    omega: float | None


@dataclass(frozen=True, slots=True)
class Release:
    """What a wave found out, frozen: every figure anyone sees is computed from this.

    `groups`: every candidate group, the organisation first, then the tree, the
    pairs, the remainders. `histograms`: group → item → histogram; an item
    missing there is withheld for that group. `headcounts`: what was known of
    them, the organisation's at ().
    """

    items: tuple[str, ...]
    groups: tuple[Group, ...]
    histograms: Mapping[Group, Mapping[str, Histogram]]
    comments: tuple[PublishedComment, ...] = ()
    headcounts: Mapping[DepartmentPath, int] = field(default_factory=dict)
    reliability: tuple[Reliability, ...] = ()
    targets: Targets = field(default_factory=dict)
    predictions: Mapping[str, Prediction] = field(default_factory=dict)
