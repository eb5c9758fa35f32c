"""`make check-shared`: published figures against ours, on real data beside the project.

The data set is `bhr2000.csv` (R package multilevel: Bliese, Halverson &
Rothberg): 5,400 people in 99 groups. The published figures are those of Bliese,
"Multilevel Modeling in R", which computes them from the same data. It is run by
hand, since the data may not be copied into the project.
"""

import csv
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.results import Histogram
from scoring.agreement import r_wg
from scoring.spread import Sample, Spread, spread

FILE = "bhr2000.csv"


@dataclass(frozen=True, slots=True)
class Check:
    """A published figure, to as many digits as were printed, and ours."""

    name: str
    published: float
    digits: int
    ours: float | None

    @property
    def holds(self) -> bool:
        """Whether ours is the published one to its printed digits."""
        return self.ours is not None and round(self.ours, self.digits) == self.published

    def line(self) -> str:
        """One line of the table."""
        ours = "–" if self.ours is None else f"{self.ours:.{self.digits}f}"
        return f"| {self.name} | {self.published} | {ours} | {'yes' if self.holds else '**no**'} |"


def main(folder: Path) -> int:
    """Print the table; 0 if every figure is reproduced."""
    file = folder / FILE
    if not file.exists():
        print(f"There is no {file}. Say where it is: make check-shared SHARED=folder")
        return 2
    with file.open(encoding="utf-8", newline="") as text:
        people = list(csv.DictReader(text))
    checks = [*_hours(people), *_agreement(people)]
    print("| figure | published | ours | same? |\n|---|---|---|---|")
    for check in checks:
        print(check.line())
    return 0 if all(check.holds for check in checks) else 1


def _hours(people: Sequence[Mapping[str, str]]) -> list[Check]:
    """Daily working hours: how much of the variance lies between groups."""
    found = _spread(people, "HRS")
    return [
        Check("ICC(1) of HRS, as told beside the data", 0.17, 2, found.icc1),
        Check("ICC(1) of HRS", 0.1741008, 7, found.icc1),
    ]


def _agreement(people: Sequence[Mapping[str, str]]) -> list[Check]:
    """Agreement of the first groups on RELIG, a rating of 1 to 5."""
    published = (0.11046172, 0.26363636, 0.21818983, 0.31923077, 0.22064137, 0.41875)
    return [
        Check(f"r_wg of RELIG, group {group}", figure, 8, r_wg(_ratings(people, "RELIG", group)))
        for group, figure in enumerate(published, start=1)
    ]


def _spread(people: Sequence[Mapping[str, str]], column: str) -> Spread:
    groups: dict[str, list[float]] = {}
    for person in people:
        groups.setdefault(person["GRP"], []).append(float(person[column]))
    found = spread(_sample(values) for values in groups.values())
    if found is None:
        raise SystemExit(f"{column} has too few groups")
    return found


def _sample(values: Sequence[float]) -> Sample:
    mean = sum(values) / len(values)
    return Sample(len(values), mean, sum((value - mean) ** 2 for value in values))


def _ratings(people: Sequence[Mapping[str, str]], column: str, group: int) -> Histogram:
    given = Counter(int(person[column]) for person in people if person["GRP"] == str(group))
    return Histogram((0, given[1], given[2], given[3], given[4], given[5]))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
