"""What a store must know of targets and predictions. See `data.store`."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from data.model import DepartmentPath, Wave
from data.results import Prediction, Targets


class Expectations(Protocol):
    """What leadership wants and predicts of a wave; locked by its release."""

    def targets(self, wave: Wave) -> Targets:
        """The targets that were set, the wave's own at ()."""
        ...

    def set_targets(
        self,
        wave: Wave,
        path: DepartmentPath,
        values: Mapping[str, float],
        seen: Mapping[str, float] | None = None,
    ) -> None:
        """Make these the only targets of a department, or of the wave at (). `NotAllowed`.

        `seen`: its targets as the person saw them, None where nobody looked.
        `Conflict` if they are others by now.
        """
        ...

    def predictions(self, wave: Wave) -> Mapping[str, Prediction]:
        """What leadership predicted, by dimension."""
        ...

    def predict(
        self,
        wave: Wave,
        values: Mapping[str, float],
        by: str,
        on: date,
        seen: Mapping[str, float] | None = None,
    ) -> None:
        """Make these the wave's only predictions, agreed under this name. `NotAllowed`.

        `seen`: as in `set_targets`. `Conflict`.
        """
        ...
