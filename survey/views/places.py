"""The departments as one chooses among them, and what is above and below each."""

from data.results import Group, GroupKind, Release
from scoring.release import ORGANISATION
from survey.naming import full_name
from survey.views.scene import Scene, path_text, places


def place_names(scene: Scene) -> dict[str, str]:
    """The whole organisation and every department by what addresses call them, with their path."""
    release = scene.results.release
    return {path_text(g.path): full_name(scene.say, g, release) for g in places(release)}


def above(place: Group) -> Group | None:
    """The place that a department is part of; None of the whole organisation."""
    if place == ORGANISATION:
        return None
    path = place.path[:-1]
    return Group(GroupKind.DEPARTMENT, path) if path else ORGANISATION


def below(release: Release, place: Group) -> tuple[Group, ...]:
    """The departments directly in a place, in the order of the tree."""
    departments = (g for g in places(release) if g.kind is GroupKind.DEPARTMENT)
    return tuple(g for g in departments if g.path[:-1] == place.path)
