"""What a store must know of an organisation's profile, its logo and its end. See `data.store`."""

from typing import Protocol

from data.model import Organisation, Profile
from data.profiles import Holdings


class Profiles(Protocol):
    """How organisations speak to their people and look, and what is left when one is erased."""

    def find(self, organisation_id: int) -> Organisation:
        """The organisation as it is now. `NotFound`."""
        ...

    def change(self, seen: Organisation, name: str, profile: Profile) -> Organisation:
        """Set name and profile. `Conflict` where they are no longer as `seen` has them.

        `SetUpProblem` where another organisation has the name, `NotFound` where it is erased.
        """
        ...

    def set_logo(self, seen: Organisation, image: bytes | None) -> Organisation:
        """Set the logo, a PNG; None removes it. `Conflict` where it is not `seen.logo` any more."""
        ...

    def logo(self, organisation: Organisation) -> bytes | None:
        """The logo as it is now, a PNG; None where there is none."""
        ...

    def holdings(self, organisation: Organisation) -> Holdings:
        """How much there is of it."""
        ...

    def erase(self, organisation: Organisation) -> None:
        """Delete the organisation and everything of it, free pages and log included. `NotFound`.

        Its accounts stay, without their part in it.
        """
        ...
