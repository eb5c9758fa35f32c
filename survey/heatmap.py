"""The heat map: departments × dimensions, as an HTML table. No Streamlit.

A cell shows a mean. It is coloured by how far the group lies from the rest (a
pair's side from the other side), and only where that is more than chance. A
division's own pair is not tested, so it has no colour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.model import DepartmentPath
from data.results import Group, GroupKind
from scoring.gaps import Gap, GapKind
from scoring.scores import Question, Score, score
from scoring.sides import SideKind
from survey.naming import group_name, question_title
from survey.own import belongs
from survey.results import Results
from survey.tables import render, shown_questions
from survey.wording import Wording

_STEP = 0.25
"""Points of difference that make one step of colour."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, −3…3 steps of colour, and what colour stands for."""

    text: str | None
    step: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One group's row: name, depth in the tree, respondents and cells."""

    name: str
    depth: int
    people: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together, under a heading of their own."""

    title: str
    lines: tuple[Line, ...]


Distances = Mapping[tuple[Group, Question], tuple[float, Gap]]
"""How far a group lies from the other side, and the gap that this is read from."""


def heat_map(
    say: Wording, results: Results, own: DepartmentPath = (), *, alone: bool = False
) -> str:
    """Departments × dimensions, the pairs and remainders below, withheld cells hatched.

    `own`: whoever looks sees the rows of this department first, marked as theirs;
    `alone`: and no others.
    """
    asked = shown_questions(results.dimensions)
    far = _distances(results)
    groups = results.release.groups
    parts = [
        (say("own.title"), [group for group in groups if belongs(group, own)]),
        (say("results.departments"), _of(groups, _TREE, own)),
        (say("results.position"), _of(groups, (GroupKind.POSITION,), own)),
        (say("results.contact"), _of(groups, (GroupKind.CONTACT,), own)),
    ]
    sections = [
        Section(title, lines)
        for title, chosen in (parts[:1] if alone else parts)
        if (lines := _lines(say, results, asked, chosen, far))
    ]
    return render(
        "heatmap.html",
        say=say,
        wave=results.wave,
        columns=[question_title(say, results.dimensions, question) for question in asked],
        sections=sections,
        withheld=any(c.text is None for s in sections for line in s.lines for c in line.cells),
    )


_TREE = (GroupKind.ORGANISATION, GroupKind.DEPARTMENT, GroupKind.REMAINDER)


def _of(groups: Sequence[Group], kinds: Sequence[GroupKind], own: DepartmentPath) -> list[Group]:
    return [group for group in groups if group.kind in kinds and not belongs(group, own)]


def _distances(results: Results) -> Distances:
    found: dict[tuple[Group, Question], tuple[float, Gap]] = {}
    for kind in (GapKind.DEPARTMENT, GapKind.LEADERSHIP, GapKind.CONTACT):
        for gap in results.gaps[kind]:
            found[gap.to.group, gap.question] = (gap.size, gap)
            if gap.from_.kind is SideKind.GROUP:
                found[gap.from_.group, gap.question] = (-gap.size, gap)
    return found


def _lines(
    say: Wording,
    results: Results,
    asked: Sequence[Question],
    chosen: Sequence[Group],
    far: Distances,
) -> tuple[Line, ...]:
    shown = results.release.histograms
    groups = [group for group in chosen if not (_crossed(group) and group not in shown)]
    return tuple(
        _line(say, results, group, [score(results.release, group, q) for q in asked], far)
        for group in _with_remainders_in_place(groups)
    )


def _crossed(group: Group) -> bool:
    """Whether this is a division's own pair: a row only where something of it is shown."""
    return group.member is not None and bool(group.path)


def _with_remainders_in_place(groups: Sequence[Group]) -> list[Group]:
    """Remainders right after the last department below their parent."""
    ordered = [group for group in groups if group.kind is not GroupKind.REMAINDER]
    for remainder in (group for group in groups if group.kind is GroupKind.REMAINDER):
        inside = [
            number
            for number, group in enumerate(ordered)
            if group.path[: len(remainder.path)] == remainder.path
        ]
        ordered.insert(inside[-1] + 1 if inside else len(ordered), remainder)
    return ordered


def _line(
    say: Wording, results: Results, group: Group, scores: Sequence[Score], far: Distances
) -> Line:
    people = next((s.respondents for s in scores if s.respondents is not None), None)
    return Line(
        name=group_name(say, group, results.release),
        depth=len(group.path) + (group.kind is GroupKind.REMAINDER),
        people=None if people is None else say.number(people, 0),
        cells=tuple(
            _cell(say, found, far) if found.shown or not group.without else Cell("")
            for found in scores
        ),
    )


def _cell(say: Wording, found: Score, far: Distances) -> Cell:
    if found.mean is None:
        return Cell(None)
    text = say.number(found.mean, 1)
    if (found.group, found.question) not in far:
        return Cell(text)
    distance, gap = far[found.group, found.question]
    size = say.number(distance, 2, signed=True)
    if not gap.may_colour:
        return Cell(text, note=say("results.cell_unsure", difference=size))
    steps = max(1, min(3, round(abs(distance) / _STEP)))
    note = say("results.cell_sure" if gap.may_claim else "results.cell_notable", difference=size)
    return Cell(text, steps if distance > 0 else -steps, note)
