"""The rows of a profile: each dimension of one place, beside what it is compared with."""

from dataclasses import dataclass

from data.results import Group
from scoring.figures import Figures, figures
from scoring.gaps import Gap, GapKind
from scoring.release import ORGANISATION
from scoring.scores import dimension_question
from survey.naming import question_title, side_name
from survey.sentences import agreed
from survey.views.scene import Scene
from survey.wording import Wording


@dataclass(frozen=True, slots=True)
class Row:
    """One dimension of a place: its figures, and its gaps where there are any.

    `compared`: with the rest, or with an earlier wave.
    """

    title: str
    figures: Figures
    compared: Gap | None
    target: Gap | None


@dataclass(frozen=True, slots=True)
class PlaceProfile:
    """A place with its rows. `against`: the kind of gap that the dots tell of.

    `side`: what the other side is called, None where there is none.
    """

    group: Group
    against: GapKind
    side: str | None
    rows: tuple[Row, ...]

    @property
    def shown(self) -> bool:
        """Whether there is anything to draw."""
        return any(row.figures.score.shown for row in self.rows)

    @property
    def people(self) -> int:
        """How many took part, as far as that is shown."""
        return max((row.figures.people or 0 for row in self.rows), default=0)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What the dots tell of."""
        return tuple(gap for row in self.rows if (gap := self.gap(row)))

    def gap(self, row: Row) -> Gap | None:
        """What a row's dot tells of."""
        return row.target if self.against is GapKind.TARGET else row.compared


def profile_of(scene: Scene, group: Group) -> PlaceProfile:
    """The rows of a department or of the whole organisation, in the order they were asked.

    Where there is no other side, the dots tell of the target.
    """
    results = scene.results
    kind = GapKind.TREND if group == ORGANISATION else GapKind.DEPARTMENT
    compared, targets = (_gaps(scene, one, group) for one in (kind, GapKind.TARGET))
    rows = tuple(
        Row(
            title=question_title(scene.say, results.dimensions, question),
            figures=figures(results.release, group, question),
            compared=compared.get(question.id),
            target=targets.get(question.id),
        )
        for question in map(dimension_question, results.dimensions)
    )
    other = next((row.compared.from_ for row in rows if row.compared), None)
    return PlaceProfile(
        group=group,
        against=kind if other or not targets else GapKind.TARGET,
        side=side_name(scene.say, other, results.release) if other else None,
        rows=rows,
    )


def other_mean(say: Wording, gap: Gap) -> str:
    """The mean of the other side; a target as it was set."""
    if gap.kind is GapKind.TARGET:
        return agreed(say, gap.from_.mean)
    return say.number(gap.from_.mean, 2)


def _gaps(scene: Scene, kind: GapKind, group: Group) -> dict[str, Gap]:
    return {gap.question.id: gap for gap in scene.results.gaps[kind] if gap.to.group == group}
