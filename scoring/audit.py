"""Checks a frozen release against the answers it was made of, with the gate's attackers. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from data.results import AnswerCount, Group, Release
from scoring.algebra import Exposure, attack_by_algebra
from scoring.bounds import Certainty, attack_by_bounds
from scoring.cells import finest, histogram_of, only_respondents, shown_of


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found.

    `figures`: published group × item figures that were looked at. `wrong`: those
    that are not the counts of the people they name. `exposures`, `certainties`:
    what either attacker wins, with the item ("" for who took part).
    """

    figures: int
    wrong: tuple[tuple[str, Group], ...]
    exposures: tuple[tuple[str, Exposure], ...]
    certainties: tuple[tuple[str, Certainty], ...]

    @property
    def clean(self) -> bool:
        """Whether every figure is right and no attacker wins."""
        return not (self.wrong or self.exposures or self.certainties)


def audit(release: Release, answers: Iterable[AnswerCount], smallest_group: int) -> Audit:
    """Both attackers on everything that is published, and every figure counted again.

    Answers to items that the release does not know are no reason to stop.
    """
    by_item: dict[str, list[AnswerCount]] = {item: [] for item in release.items}
    for answer in answers:
        by_item.setdefault(answer.item, []).append(answer)
    people = {item: finest(counted) for item, counted in by_item.items()}
    shown = {
        item: {g: items[item] for g, items in release.histograms.items() if item in items}
        for item in release.items
    }
    together = shown_of(group for groups in shown.values() for group in groups)
    everybody = only_respondents(next(iter(people.values()), {}))
    exposures = [("", win) for win in attack_by_algebra(everybody, together, smallest_group)]
    certainties: list[tuple[str, Certainty]] = []
    for item, groups in shown.items():
        told = shown_of(groups)
        exposures += [(item, w) for w in attack_by_algebra(people[item], told, smallest_group)]
        certainties += [(item, win) for win in attack_by_bounds(people[item], told)]
    return Audit(
        figures=sum(map(len, shown.values())),
        wrong=tuple(
            (item, group)
            for item, groups in shown.items()
            for group, histogram in groups.items()
            if histogram != histogram_of(people[item], group)
        ),
        exposures=tuple(exposures),
        certainties=tuple(certainties),
    )
