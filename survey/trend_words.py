"""What has changed since the earlier wave, in a sentence. No Streamlit."""

from collections.abc import Callable, Sequence

from data.model import Item
from data.results import GroupKind
from scoring.gaps import Gap
from survey.comparable import Incomparable
from survey.naming import full_name, question_title
from survey.results import Results
from survey.sentences import gap_sentence, place_of
from survey.tables import render
from survey.wording import Wording

_DIMENSIONS = {
    (False, False): "trend.dimensions_same",
    (True, False): "trend.dimensions_up",
    (False, True): "trend.dimensions_down",
    (True, True): "trend.dimensions_both",
}
_DEPARTMENTS = {
    (False, False): "trend.departments_same",
    (True, False): "trend.departments_up",
    (False, True): "trend.departments_down",
    (True, True): "trend.departments_both",
}
"""What is said, by whether anything has surely risen, and whether anything has surely fallen."""


def dimensions_changed(say: Wording, results: Results, trends: Sequence[Gap]) -> str:
    """How many dimensions of one place have surely risen or fallen; there is at least one."""
    told = _told(say, results, trends)
    if told:
        return told
    up, down = _risen(trends), _fallen(trends)
    key = _DIMENSIONS[bool(up), bool(down)]

    def name(gap: Gap) -> str:
        return question_title(say, results.dimensions, gap.question).rstrip(".")

    place = place_of(say, results, trends[0])
    return say(key, place=place, **_changes(say, results, up, down, name))


def departments_changed(say: Wording, results: Results, trends: Sequence[Gap]) -> str:
    """In how many departments one question has surely risen or fallen; there is at least one."""
    inside = [gap for gap in trends if gap.to.group.kind is GroupKind.DEPARTMENT] or list(trends)
    told = _told(say, results, inside)
    if told:
        return told
    up, down = _risen(inside), _fallen(inside)
    key = _DEPARTMENTS[bool(up), bool(down)]

    def name(gap: Gap) -> str:
        return full_name(say, gap.to.group, results.release)

    question = question_title(say, results.dimensions, inside[0].question).rstrip(".")
    return say(key, question=question, **_changes(say, results, up, down, name))


def _changes(
    say: Wording,
    results: Results,
    up: Sequence[Gap],
    down: Sequence[Gap],
    name: Callable[[Gap], str],
) -> dict[str, object]:
    """The wave, how many, and the largest change in each direction with its name."""
    told: dict[str, object] = {"wave": _wave(results), "number": len(up or down)}
    for side, gaps in (("risen", up), ("fallen", down)):
        if gaps:
            told[side] = name(gaps[0])
            told[f"{side}_by"] = say.number(gaps[0].size, 1, signed=True)
    return told


def _told(say: Wording, results: Results, trends: Sequence[Gap]) -> str | None:
    """The one sure change in full, or that none could be tested; None where it takes counting."""
    if all(gap.p is None for gap in trends):
        return say("trend.untested", wave=_wave(results))
    sure = [gap for gap in trends if gap.may_claim]
    return gap_sentence(say, results, sure[0]) if len(sure) == 1 else None


def _risen(trends: Sequence[Gap]) -> list[Gap]:
    """Those that have surely risen, the most first."""
    return sorted((g for g in trends if g.may_claim and g.size > 0), key=lambda gap: -gap.size)


def _fallen(trends: Sequence[Gap]) -> list[Gap]:
    """Those that have surely fallen, the most first."""
    return sorted((g for g in trends if g.may_claim and g.size < 0), key=lambda gap: gap.size)


def _wave(results: Results) -> str:
    return results.earlier.title if results.earlier else ""


def what_has_no_trend(say: Wording, results: Results, found: Incomparable) -> str:
    """A sentence for each thing that was not asked alike, as HTML."""
    wave = _wave(results)
    told = [
        *(say("trend.added", item=_statement(say, i), wave=wave) for i in found.added),
        *(say("trend.dropped", item=_statement(say, i), wave=wave) for i in found.dropped),
        *(
            say(
                "trend.rebuilt",
                dimension=one.dimension.title.get(say.language, one.dimension.id),
                then=one.then,
                now=len(one.dimension.items),
            )
            for one in found.rebuilt
        ),
    ]
    if found.added or found.dropped:
        told.append(say("trend.reworded"))
    if found.departments:
        told.append(say.count("trend.without", found.departments))
    return render("incomparable.html", sentences=told)


def _statement(say: Wording, item: Item) -> str:
    return say.spelled(item.text.get(say.language, item.id)).rstrip(".")
