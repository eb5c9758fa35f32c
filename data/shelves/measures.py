"""What a store must know of measures. See `data.store`."""

from typing import Protocol

from data.measures import Measure, Plan
from data.model import Organisation, Wave
from data.workshops import Workshop


class Measures(Protocol):
    """What organisations agreed to do after their releases and in their workshops."""

    def add(self, wave: Wave, plan: Plan) -> Measure:
        """Keep what was agreed after a wave. `NotAllowed` unless it is released."""
        ...

    def agree(self, workshop: Workshop, plan: Plan) -> Measure:
        """Keep what was agreed in a workshop, and so after the wave it starts from, if any."""
        ...

    def change(self, seen: Measure, wanted: Plan) -> Measure:
        """Make what was seen into what is wanted. `Conflict` if it is another by now, or gone."""
        ...

    def remove(self, seen: Measure) -> None:
        """Remove what was seen. `Conflict` as in `change`."""
        ...

    def of(self, organisation: Organisation) -> tuple[Measure, ...]:
        """All of an organisation, by the day they are due."""
        ...
