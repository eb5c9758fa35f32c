"""The gate: turns a closed wave's counts into the one frozen release.

Pure; imports data's values only. What METHOD §4 promises respondents holds for
everything made here: no sum or difference of published figures depends on
fewer than k people, and nobody's exact answer is certain. The same counts
always give the same release, whatever order they come in.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from data.model import DepartmentPath, WaveSettings
from data.results import AnswerCount, Group, GroupKind, Histogram, PublishedComment, Release
from scoring.cells import (
    FACTS,
    People,
    Shown,
    children,
    finest,
    histogram_of,
    node_group,
    only_respondents,
)
from scoring.comments import place_comments
from scoring.settling import candidates, settle, settle_beyond_doubt

ORGANISATION = Group(GroupKind.ORGANISATION)


def make_release(
    settings: WaveSettings,
    departments: Sequence[DepartmentPath],
    answers: Iterable[AnswerCount],
    comments: Sequence[PublishedComment] = (),
    shuffle: Callable[[list[PublishedComment]], None] = lambda _: None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Release:
    """Everything that may ever be shown of a wave.

    `departments`: every path, in the order they are shown in. `comments`: all
    of the wave's, under their authors' departments. `shuffle` mixes the
    comments of one place, once. `progress` is told how many of all items are done.
    """
    by_item: dict[str, list[AnswerCount]] = {item: [] for item in settings.items}
    for answer in answers:
        by_item[answer.item].append(answer)
    people = {item: finest(counted) for item, counted in by_item.items()}
    wanted = candidates(settings, departments)
    frame = settle(
        only_respondents(people[settings.items[0]]),
        wanted,
        settings.smallest_group,
        certainty=False,
    )
    histograms: dict[Group, dict[str, Histogram]] = {}
    for number, (item, counted) in enumerate(people.items(), start=1):
        for group, histogram in published(
            counted, settle_beyond_doubt(counted, frame, settings.smallest_group)
        ):
            histograms.setdefault(group, {})[item] = histogram
        progress(number, len(people))
    return Release(
        items=settings.items,
        groups=_in_order(departments, wanted, histograms),
        histograms=histograms,
        comments=place_comments(comments, shuffle),
    )


def published(people: People, shown: Shown) -> Iterator[tuple[Group, Histogram]]:
    """The histograms of one item that may be shown, with what is left beside them."""
    below, nodes, pairs = children(shown.nodes), sorted(shown.nodes), sorted(shown.pairs)
    groups = [node_group(node) for node in nodes]
    groups += [pair.side(member=member) for pair in pairs for member in (True, False)]
    rests = [
        Group(GroupKind.REMAINDER, node, without=tuple(below[node]))
        for node in nodes
        if below[node]
    ]
    rests += [
        Group(pair.kind, (), member, divisions)
        for pair in pairs
        for member in (True, False)
        if not pair.path and (divisions := _divisions(shown, pair.kind))
    ]
    for group in (*groups, *rests):
        histogram = histogram_of(people, group)
        if histogram.respondents or not group.without:
            yield group, histogram


def _divisions(shown: Shown, kind: GroupKind) -> tuple[DepartmentPath, ...]:
    """The divisions that a pair is published for."""
    return tuple(sorted(pair.path for pair in shown.pairs if pair.path and pair.kind is kind))


def _in_order(
    departments: Sequence[DepartmentPath], wanted: Shown, shown: Collection[Group]
) -> tuple[Group, ...]:
    """Every candidate group, withheld or not, then the remainders that are shown."""
    place = {path: number for number, path in enumerate(((), *departments))}
    pairs = sorted(wanted.pairs, key=lambda pair: (FACTS.index(pair.kind), place[pair.path]))
    remainders = [group for group in shown if group.without]
    return (
        ORGANISATION,
        *(Group(GroupKind.DEPARTMENT, path) for path in departments),
        *(pair.side(member=member) for pair in pairs for member in (True, False)),
        *sorted(
            remainders,
            key=lambda group: (
                group.kind in FACTS and 1 + FACTS.index(group.kind),
                place[group.path],
                not group.member,
                group.without,
            ),
        ),
    )
