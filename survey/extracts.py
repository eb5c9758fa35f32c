"""The tables that can be taken out of a release, for machines. Reads the results only.

Numbers are unrounded. A cell is None where a figure is withheld, undefined, or
not to be drawn of so few answers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from data.results import Group, GroupKind
from scoring.figures import Figures, figures
from scoring.gaps import Gap, GapKind
from scoring.histogram import index
from scoring.scores import Question, questions
from scoring.sides import target_of
from scoring.spread import item_spread
from survey.results import Results

Cell = str | int | float | bool | None
Row = dict[str, Cell]

_GROUP = ("group_kind", "group", "position", "contact", "except")
_QUESTION = ("question", "question_kind")

SCORES = (
    *_GROUP,
    *_QUESTION,
    "status",
    "respondents",
    "valid",
    "cant_judge",
    *(f"n{value}" for value in range(1, 6)),
    "mean",
    "index",
    "favourable",
    "neutral",
    "unfavourable",
    "cant_judge_rate",
    "headcount",
    "participation",
    "interval_low",
    "interval_high",
    "interval_basis",
    "margin",
    "r_wg",
    "a_wg",
    "polarised",
    "target",
)
GAPS = (
    "kind",
    *_GROUP,
    *_QUESTION,
    "from",
    "from_mean",
    "to_mean",
    "size",
    "effect",
    "p",
    "p_holm",
    "p_bh",
    "from_n",
    "to_n",
    "may_claim",
)
PRIORITIES = (
    *_GROUP,
    *_QUESTION,
    "target",
    "mean",
    "gap",
    "people",
    "weight",
    "disagrees",
    "stands_out",
    "may_claim",
)
RELIABILITY = ("scale", "parts", "people", "alpha", "low", "high", "omega")
SPREAD = ("item", "groups", "people", "mean", "between", "within", "icc1", "icc2")


@dataclass(frozen=True, slots=True)
class Extract:
    """One table: its columns, and how its rows come out of results."""

    columns: tuple[str, ...]
    rows: Callable[[Results], Iterator[Row]]


def _scores(results: Results) -> Iterator[Row]:
    """Every group × question, withheld ones without figures."""
    asked = questions(results.dimensions)
    for group in results.release.groups:
        for question in asked:
            found = figures(results.release, group, question)
            target = target_of(results.release.targets, group.path, question.id)
            aimed_at = target if group.kind in _PLACES else None
            yield {
                **_named(results, group),
                **_asked(question),
                **_figures(found),
                "target": aimed_at,
            }


def _gaps(results: Results) -> Iterator[Row]:
    """Every gap of the release, by kind."""
    for kind in GapKind:
        for gap in results.gaps[kind]:
            yield {
                "kind": kind.value,
                **_named(results, gap.to.group),
                **_asked(gap.question),
                "from": gap.from_.kind.value,
                "from_mean": gap.from_.mean,
                "to_mean": gap.to.mean,
                **_tests(gap),
                "from_n": gap.from_.valid,
                "to_n": gap.to.valid,
                "may_claim": gap.may_claim,
            }


def _priorities(results: Results) -> Iterator[Row]:
    """Where to begin, the heaviest first."""
    for priority in results.priorities:
        gap = priority.gap
        yield {
            **_named(results, gap.to.group),
            **_asked(gap.question),
            "target": gap.from_.mean,
            "mean": gap.to.mean,
            "gap": gap.size,
            "people": priority.people,
            "weight": priority.weight,
            "disagrees": priority.disagrees,
            "stands_out": priority.stands_out,
            "may_claim": gap.may_claim,
        }


def _reliability(results: Results) -> Iterator[Row]:
    """α and ω as they were when the release was made."""
    for one in results.release.reliability:
        yield {name: getattr(one, name) for name in RELIABILITY}


def _spread(results: Results) -> Iterator[Row]:
    """Each item's variance between and within the lowest published departments."""
    for item in results.release.items:
        found = item_spread(results.release, item)
        if found:
            yield {"item": item, **{name: getattr(found, name) for name in SPREAD[1:]}}


EXTRACTS: dict[str, Extract] = {
    "scores": Extract(SCORES, _scores),
    "gaps": Extract(GAPS, _gaps),
    "priorities": Extract(PRIORITIES, _priorities),
    "reliability": Extract(RELIABILITY, _reliability),
    "spread": Extract(SPREAD, _spread),
}

_PLACES = (GroupKind.ORGANISATION, GroupKind.DEPARTMENT, GroupKind.REMAINDER)


def _named(results: Results, group: Group) -> Row:
    separator = results.wave.organisation.separator
    member = {GroupKind.POSITION: ("leads", "others"), GroupKind.CONTACT: ("customer", "others")}

    def side(kind: GroupKind) -> str:
        return member[kind][0 if group.member else 1] if group.kind is kind else ""

    return {
        "group_kind": group.kind.value,
        "group": separator.join(group.path),
        "position": side(GroupKind.POSITION),
        "contact": side(GroupKind.CONTACT),
        "except": "|".join(separator.join(path) for path in group.without),
    }


def _asked(question: Question) -> Row:
    return {"question": question.id, "question_kind": question.kind.value}


def _figures(found: Figures) -> Row:
    counts, mean = found.score.histogram, found.score.mean
    row: Row = dict.fromkeys(SCORES[len(_GROUP) + len(_QUESTION) : -1])
    row |= {"status": "withheld" if mean is None else "shown", "headcount": found.headcount}
    if mean is not None:
        row |= {"respondents": found.score.respondents, "mean": mean, "index": index(mean)}
        row |= {"participation": found.participation, "favourable": found.favourable}
    if counts and mean is not None:
        row |= {"valid": counts.valid, "cant_judge": counts.cant_judge}
        row |= {f"n{value}": counts.counts[value] for value in range(1, 6)}
    return row | _surer(found)


def _surer(found: Figures) -> Row:
    """What only groups large enough have."""
    row: Row = {}
    if found.interval:
        row |= {"interval_low": found.interval.low, "interval_high": found.interval.high}
        row |= {"interval_basis": found.interval.basis.value}
    if found.margin:
        row["margin"] = found.margin.width
    if found.agreement:
        row |= {"r_wg": found.agreement.r_wg, "a_wg": found.agreement.a_wg}
    if found.distribution:
        row |= {"neutral": found.distribution.neutral}
        row |= {"unfavourable": found.distribution.unfavourable}
        row |= {"cant_judge_rate": found.distribution.cant_judge}
        row |= {"polarised": found.distribution.polarised}
    return row


def _tests(gap: Gap) -> Row:
    return {
        "size": gap.size,
        "effect": gap.effect,
        "p": gap.p,
        "p_holm": gap.p_claim,
        "p_bh": gap.p_colour,
    }
