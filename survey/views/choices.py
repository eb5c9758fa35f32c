"""What of an address makes a picture of its own: the choices that its view understands.

All else leaves the picture as it is, so nobody fills the server's memory with
pictures by making up addresses.
"""

from collections.abc import Mapping
from dataclasses import replace

from data.results import Release
from scoring.gaps import GapKind
from scoring.scores import OVERALL
from survey.heat_cells import Numbers, Reference
from survey.heat_rows import Level
from survey.results import Results
from survey.views import distributions, gap_choice, gaps, heatmap, impact, profile, trend
from survey.views.scene import DEPARTMENT, Scene, path_text, places

_ROWS = (gap_choice.QUESTION, gap_choice.ORDER, gap_choice.ALL)
CHOICES: Mapping[str, tuple[str, ...]] = {
    gaps.NAME: (gap_choice.KIND, *_ROWS),
    distributions.NAME: (*_ROWS, DEPARTMENT),
    trend.NAME: (*_ROWS, DEPARTMENT),
    profile.NAME: (DEPARTMENT,),
    impact.NAME: (),
    heatmap.NAME: (
        heatmap.COLUMNS,
        heatmap.REFERENCE,
        heatmap.NUMBERS,
        heatmap.ORDER,
        heatmap.LEVEL,
        DEPARTMENT,
    ),
}
"""What each view reads from the address."""

_WORDS = frozenset(
    (
        *GapKind,
        *distributions.Order,
        *Reference,
        *Numbers,
        *Level,
        gap_choice.BY_SIZE,
        gap_choice.ALL_ROWS,
        gap_choice.EVERY_QUESTION,
        OVERALL,
    )
)


def understood(scene: Scene, view: str) -> Scene:
    """The same look with no more in its address than the view can read from it."""
    ids = _WORDS | _ids(scene.results)
    asked = {name: scene.asked[name] for name in CHOICES[view] if name in scene.asked}
    known = {
        name: value
        for name, value in asked.items()
        if (_is_place(scene.results.release, value) if name == DEPARTMENT else value in ids)
    }
    return replace(scene, asked=known)


def _ids(results: Results) -> frozenset[str]:
    dimensions = results.instrument.dimensions
    items = results.instrument.items()
    return frozenset((*(d.id for d in dimensions), *(item.id for item in items)))


def _is_place(release: Release, wanted: str) -> bool:
    """Whether it names a department; the whole organisation needs no name."""
    return any(path_text(group.path) == wanted for group in places(release) if group.path)
