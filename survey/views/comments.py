"""What people wrote, where it may be shown: by dimension and place, and by words."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.model import Dimension
from data.results import Group, PublishedComment
from survey.searching import holds_all
from survey.views.scene import Scene, asked_place, places

DIMENSION = "dimension"
EVERY_DIMENSION = ""
"""What addresses call it when no single dimension is asked for."""


@dataclass(frozen=True, slots=True)
class CommentChoice:
    """Which comments are looked at.

    `place`: with all that is below it. `places`: where there are any, in the
    order of the tree, and `place`. `sections`: dimension by dimension, the
    comments in the order of the release, which is shuffled; those without any
    are left out.
    """

    dimension: str
    place: Group
    places: tuple[Group, ...]
    sections: tuple[tuple[Dimension, tuple[PublishedComment, ...]], ...]

    @property
    def number(self) -> int:
        """How many comments there are in all sections."""
        return sum(len(found) for _, found in self.sections)


def comment_choice(scene: Scene) -> CommentChoice:
    """What the address asks for; at first all comments.

    An address names dimension and department only. Words to search for are not
    for addresses: they may repeat what somebody wrote, and would stay in the
    logs of servers and the histories of browsers.
    """
    comments = scene.results.release.comments
    dimensions = {dimension.id: dimension for dimension in scene.results.dimensions}
    wanted = scene.chosen(DIMENSION, dimensions, EVERY_DIMENSION)
    place = asked_place(scene)
    here = [comment for comment in comments if _within(comment, place)]
    sections = (
        (dimension, tuple(comment for comment in here if comment.dimension == dimension.id))
        for dimension in dimensions.values()
        if wanted in (EVERY_DIMENSION, dimension.id)
    )
    reached = {
        comment.path[:depth] for comment in comments for depth in range(len(comment.path) + 1)
    }
    offered = (
        group for group in places(scene.results.release) if group == place or group.path in reached
    )
    return CommentChoice(
        dimension=wanted,
        place=place,
        places=tuple(offered),
        sections=tuple((dimension, found) for dimension, found in sections if found),
    )


def searched(choice: CommentChoice, words: Sequence[str]) -> CommentChoice:
    """The same with only the comments that hold all of the words (`search_words`)."""
    sections = (
        (dimension, tuple(comment for comment in found if holds_all(comment.text, words)))
        for dimension, found in choice.sections
    )
    left = tuple((dimension, found) for dimension, found in sections if found)
    return CommentChoice(choice.dimension, choice.place, choice.places, left)


def _within(comment: PublishedComment, place: Group) -> bool:
    return comment.path[: len(place.path)] == place.path
