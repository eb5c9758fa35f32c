"""Gaps as what charts draw: with their names, intervals and words."""

from collections import Counter
from collections.abc import Sequence

from data.results import GroupKind
from scoring.figures import figures
from scoring.gaps import Gap
from scoring.intervals import Interval
from scoring.sides import Side, SideKind
from survey.charts.pairs import Pair, plain
from survey.naming import full_name, group_name, question_title, side_name
from survey.overview_table import interval_text
from survey.own import belongs
from survey.sentences import certainty
from survey.views.scene import Scene

_BELOW = "›"
"""Before the name of a department, as often as it is deep in the tree."""


def pairs_of(
    scene: Scene, gaps: Sequence[Gap], *, by_question: bool = False, in_tree: bool = False
) -> tuple[Pair, ...]:
    """A pair for each gap, named by its group or by its question.

    `in_tree`: whether they are in the order of the tree, which is then marked.
    """
    names = [_name(scene, gap, by_question=by_question) for gap in gaps]
    often = Counter(names)
    told = []
    for gap, name in zip(gaps, names, strict=True):
        depth = len(gap.to.group.path) - 1 if in_tree and not by_question else 0
        if often[name] > 1 and not in_tree:
            name = full_name(scene.say, gap.to.group, scene.results.release)  # noqa: PLW2901
        told.append(f"{_BELOW * depth} {name}".strip())
    return tuple(
        _pair(scene, gap, name, by_question=by_question)
        for gap, name in zip(gaps, told, strict=True)
    )


def side_names(scene: Scene, gap: Gap) -> tuple[str, str]:
    """What both sides of a gap are called where its group is not the question."""
    say, results = scene.say, scene.results
    if gap.from_.kind is SideKind.EARLIER and results.earlier:
        return results.earlier.title, results.wave.title
    before = side_name(say, gap.from_, results.release)
    if gap.to.group.kind in (GroupKind.POSITION, GroupKind.CONTACT):
        return before, group_name(say, gap.to.group, results.release)
    if gap.from_.kind is SideKind.REST:
        return before, say("side.department")
    return before, say("side.now")


def interval_of(scene: Scene, gap: Gap, side: Side) -> Interval | None:
    """The interval of one side's mean; None of a number that was set, and of a rest."""
    results = scene.results
    releases = {SideKind.GROUP: results.release, SideKind.EARLIER: results.before}
    release = releases.get(side.kind)
    return figures(release, side.group, gap.question).interval if release else None


def _pair(scene: Scene, gap: Gap, name: str, *, by_question: bool) -> Pair:
    say = scene.say
    numbers = [say.number(n, 0) for n in (gap.from_.valid, gap.to.valid) if n is not None]
    interval = interval_of(scene, gap, gap.to)
    size = say.number(gap.size, 2, signed=True)
    before, now = side_names(scene, gap)
    return Pair(
        name=name,
        before=gap.from_.mean,
        now=gap.to.mean,
        size=size,
        sure=gap.may_claim,
        coloured=gap.may_colour,
        own=not by_question and belongs(gap.to.group, scene.own),
        n=f"n = {' / '.join(numbers)}",
        before_interval=interval_of(scene, gap, gap.from_),
        now_interval=interval,
        hover=say(
            "gaps.hover",
            name=plain(_whole_name(scene, gap, by_question=by_question)),
            before_name=plain(before),
            before=say.number(gap.from_.mean, 2),
            now_name=plain(now),
            now=say.number(gap.to.mean, 2),
            interval=interval_text(say, interval) or "–",
            size=size,
            sure=certainty(say, gap),
            n=" / ".join(numbers),
        ),
    )


def _name(scene: Scene, gap: Gap, *, by_question: bool) -> str:
    """What a row is called; beside a pair's one side stands no other, so that it says of what."""
    if by_question:
        return question_title(scene.say, scene.results.dimensions, gap.question)
    group = gap.to.group
    named = full_name if group.member is False else group_name
    return named(scene.say, group, scene.results.release)


def _whole_name(scene: Scene, gap: Gap, *, by_question: bool) -> str:
    if by_question:
        return _name(scene, gap, by_question=True)
    return full_name(scene.say, gap.to.group, scene.results.release)
