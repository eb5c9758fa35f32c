"""What every view starts from: the results, who looks, and what the address asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from data.model import DepartmentPath
from data.results import Group, GroupKind, Release
from scoring.release import ORGANISATION
from survey.charts.look import LIGHT, Look
from survey.results import Results
from survey.wording import Wording

_Option = TypeVar("_Option")

DEPARTMENT = "department"
"""The name of a department's path in addresses."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One look at the results.

    `asked`: the choices in the address by name. `own`: the department whose
    results whoever looks reads first, () for none.
    """

    say: Wording
    results: Results
    asked: Mapping[str, str] = field(default_factory=dict)
    look: Look = LIGHT
    own: DepartmentPath = ()

    def chosen(self, name: str, options: Iterable[_Option], default: _Option) -> _Option:
        """The option that the address asks for under `name`, else `default`.

        Options are told apart by `str`.
        """
        wanted = self.asked.get(name)
        return next((option for option in options if str(option) == wanted), default)


def path_text(path: DepartmentPath) -> str:
    """A department as addresses and lists name it; "" for the whole organisation."""
    return " / ".join(path)


def places(release: Release) -> tuple[Group, ...]:
    """The whole organisation and every department, in the order of the tree."""
    kinds = (GroupKind.ORGANISATION, GroupKind.DEPARTMENT)
    return tuple(group for group in release.groups if group.kind in kinds)


def asked_place(scene: Scene) -> Group:
    """The department that the address names, else the whole organisation."""
    wanted = scene.asked.get(DEPARTMENT, "")
    found = (group for group in places(scene.results.release) if path_text(group.path) == wanted)
    return next(found, ORGANISATION)
