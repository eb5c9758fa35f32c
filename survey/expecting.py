"""Targets and predictions: what leadership expects of a wave before its release. No Streamlit.

Targets are what a dimension should reach; a prediction is what leadership
agrees it will be. Both are locked by the release, so that neither can be fitted
to the results.
"""

from collections.abc import Mapping
from datetime import date

from data.audit import AuditAct
from data.errors import NotFound, SetUpProblem
from data.model import SCALE, DepartmentPath, Wave
from data.questionnaires import load_instrument
from data.store import Store
from survey.auditing import COMMAND_LINE, note

LONGEST_NAME = 120


def set_targets(
    store: Store,
    wave: Wave,
    path: DepartmentPath,
    values: Mapping[str, float],
    who: str = COMMAND_LINE,
) -> None:
    """Make these the targets of a department, or of the whole wave at (); none removes them.

    Raises `SetUpProblem` for an unknown dimension or a mean outside 1…5,
    `NotFound` for an unknown department, `NotAllowed` after the release.
    """
    _check(wave, values)
    departments = store.waves.departments(wave)
    if path and path not in {department.path for department in departments}:
        name = wave.organisation.separator.join(path)
        raise NotFound("error.department_unknown_here", department=name)
    with store.together():
        store.expectations.set_targets(wave, path, values)
        note(store, who, AuditAct.TARGETS_SET, wave.organisation.id, wave.title)


def predict(
    store: Store,
    wave: Wave,
    values: Mapping[str, float],
    by: str,
    today: date,
    who: str = COMMAND_LINE,
) -> None:
    """Enter what leadership has agreed to expect, under the name of who enters it.

    Raises `SetUpProblem` for an unknown dimension, a mean outside 1…5, or no
    name; `NotAllowed` after the release.
    """
    name = " ".join(by.split())
    if not name or len(name) > LONGEST_NAME:
        raise SetUpProblem("error.prediction_unnamed", longest=LONGEST_NAME)
    _check(wave, values)
    with store.together():
        store.expectations.predict(wave, values, name, today)
        note(store, who, AuditAct.PREDICTED, wave.organisation.id, wave.title)


def _check(wave: Wave, values: Mapping[str, float]) -> None:
    instrument = load_instrument(wave.settings.instrument)
    known = [dimension.id for dimension in instrument.asked(wave.settings.items)]
    for dimension, value in values.items():
        if dimension not in known:
            raise SetUpProblem(
                "error.dimension_unknown", dimension=dimension, known=", ".join(known)
            )
        if not SCALE[0] <= value <= SCALE[-1]:
            raise SetUpProblem("error.mean_range", dimension=dimension, value=value)
