"""One measured figure, as a line of the table; and progress on stderr."""

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; `holds` is None where there is no bar."""

    name: str
    measured: str
    bar: str = "–"
    holds: bool | None = None

    def line(self) -> str:
        """The line in Markdown."""
        held = {True: "yes", False: "**no**", None: "–"}[self.holds]
        return f"| {self.name} | {self.measured} | {self.bar} | {held} |"


def tell(progress: str) -> None:
    """Say how far it is."""
    print(progress, file=sys.stderr, flush=True)
