"""The values around an organisation's profile: its limits, and all that is kept of it.

Imports nothing of the house.
"""

from dataclasses import dataclass

LONGEST_NAME = 120
LONGEST_CONTACT = 500
LONGEST_PRIVACY = 2000
SHORTEST_RETENTION, LONGEST_RETENTION = 1, 365
"""Days that a wave's raw answers may be kept after its release."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much is kept of an organisation, and goes when it is erased.

    `responses`, `comments`: those whose raw answers are still kept.
    """

    waves: int = 0
    departments: int = 0
    responses: int = 0
    comments: int = 0
    releases: int = 0
