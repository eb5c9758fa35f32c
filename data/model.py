"""The frozen values that pass between rooms: whom and what is asked.

Imports nothing of the house. What came of it is in `data.results`.

organisation ─ department (a tree of paths; headcount)
└ wave (draft → open → closed → released)
├ invitation (a link: for everyone, for one department, or for one person)
└ response (one person's submission) ─ answer
instrument ─ dimension ─ item
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

DepartmentPath = tuple[str, ...]
"""A department's names from the tree's first level down; () is the organisation itself."""

CANT_JUDGE = 0
"""The value stored for "can't judge"; 1…5 are the scale's points, lowest first."""

SCALE = (1, 2, 3, 4, 5)

DEFAULT_SMALLEST_GROUP = 5
"""k, unless a wave sets a larger one: METHOD §4 allows 5…20."""

LARGEST_SMALLEST_GROUP = 20

RETENTION_DAYS = 90
"""Days after a release until the wave's raw answers are deleted, unless it sets others."""

ZONE = "Europe/Berlin"
"""The time zone of a wave's times, unless it sets another (IANA)."""


class Address(StrEnum):
    """How German texts address employees."""

    SIE = "sie"
    DU = "du"


class WaveState(StrEnum):
    """Where a wave stands. Only closed → open goes back; released is final."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Item:
    """One statement. `core` items make the short form, the others are facets."""

    id: str
    dimension: str
    core: bool
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the questions the instrument asks, with its items."""

    id: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire, as data. Texts are mappings from language to text."""

    id: str
    languages: tuple[str, ...]
    title: Mapping[str, str]
    scale: Mapping[str, tuple[str, ...]]
    cant_judge: Mapping[str, str]
    dimensions: tuple[Dimension, ...]

    def spoken(self, wanted: str) -> str:
        """The wanted language if this instrument has it, else its first."""
        return wanted if wanted in self.languages else self.languages[0]

    def items(self) -> tuple[Item, ...]:
        """All items in the order they are asked."""
        return tuple(item for dimension in self.dimensions for item in dimension.items)

    def short_form(self) -> tuple[str, ...]:
        """The ids of the core items, one a dimension."""
        return tuple(item.id for item in self.items() if item.core)

    def asked(self, item_ids: tuple[str, ...]) -> tuple[Dimension, ...]:
        """The dimensions of a wave that asks these items, with just those items."""
        return tuple(
            Dimension(d.id, d.title, d.question, kept)
            for d in self.dimensions
            if (kept := tuple(item for item in d.items if item.id in item_ids))
        )


@dataclass(frozen=True, slots=True)
class Profile:
    """How an organisation speaks to its employees, and what its new waves begin with.

    `language`: the one shown first. `address`, `swiss`: how German texts address
    people, and whether they are spelled the Swiss way (no sharp s). `accent`: a
    colour as "#rrggbb", None for the house's own. `smallest_group`, `retention_days`:
    what a new wave begins with. `contact`, `privacy`: plain text shown to employees,
    who to ask, and what the organisation itself says about data protection.
    """

    language: str = "de"
    address: Address = Address.SIE
    swiss: bool = False
    accent: str | None = None
    smallest_group: int = DEFAULT_SMALLEST_GROUP
    retention_days: int = RETENTION_DAYS
    contact: str = ""
    privacy: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A client. `separator` is what its own files put between a path's names.

    `logo`: a digest of its logo, None where there is none.
    """

    id: int
    name: str
    demo: bool = False
    separator: str = "/"
    profile: Profile = Profile()
    logo: str | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """A node of a tree. `headcount` counts all its people, sub-departments included.

    `contact`: whether its people work with customers, None where nobody said so.
    """

    id: int
    path: DepartmentPath
    headcount: int | None = None
    contact: bool | None = None

    @property
    def name(self) -> str:
        """The last name of the path."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class WaveSettings:
    """What is fixed when a wave opens.

    `items`: the ids asked, in order. `position`, `contact`: whether these facts
    are asked and published; `position_by_division`, `contact_by_division`: also
    for each division, the tree's first level. `smallest_group`: k, 5…20, which may
    still be raised until the release. `results_on`: the day that respondents are
    told results are planned for. `languages`: those people may answer in, () for all
    of the instrument's. `opens_at`, `closes_at`: when it opens and closes by itself,
    with a time zone; `zone`: the one these times are told in. `retention_days`: days
    after the release until raw answers are deleted. `staff_overview`: whether, after
    the release, everyone who was asked sees the organisation's overview.
    `introduction`: plain text above the questions.

    `closes_at`, `results_on` and `staff_overview` may change until the release too.
    """

    title: str
    instrument: str
    items: tuple[str, ...]
    position: bool = True
    contact: bool = True
    smallest_group: int = DEFAULT_SMALLEST_GROUP
    results_on: date | None = None
    position_by_division: bool = False
    contact_by_division: bool = False
    languages: tuple[str, ...] = ()
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    zone: str = ZONE
    retention_days: int = RETENTION_DAYS
    staff_overview: bool = False
    introduction: str = ""


@dataclass(frozen=True, slots=True)
class Wave:
    """One administration of an instrument in an organisation."""

    id: int
    code: str
    organisation: Organisation
    settings: WaveSettings
    state: WaveState
    opened_on: date | None = None
    closed_on: date | None = None
    released_on: date | None = None

    @property
    def title(self) -> str:
        """What people call this wave."""
        return self.settings.title

    @property
    def due_on(self) -> date | None:
        """The day its raw answers are deleted; None before the release."""
        return self.released_on and self.released_on + timedelta(days=self.settings.retention_days)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link's code; it carries a department, or asks for it.

    `personal`: the code's hash where the link is one person's, None where it is
    shared. `used`: whether somebody answered by a personal link, which nobody
    knows any more after the release.
    """

    code: str
    wave: Wave
    department: Department | None = None
    personal: bytes | None = None
    used: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """One person's submission. It carries no time, address, link or order of arrival.

    `nonce`: 16 random bytes, the response's key. `department`: an id, or None
    for people who belong to no listed one. `answers`: item id → 0 (can't judge)
    or 1…5. `comments`: dimension id → text.
    """

    nonce: bytes
    department: int | None
    leads: bool
    customer: bool
    answers: Mapping[str, int]
    comments: Mapping[str, str] = field(default_factory=dict)
