"""The release as a table: one row per group and question. Reads the release only."""

import csv
import io
import json
from collections.abc import Iterator

from data.model import Wave
from data.questionnaires import load_instrument
from data.results import Group, GroupKind, Release
from scoring.histogram import favourable, index
from scoring.scores import Question, Score, questions, score

COLUMNS = (
    "group_kind",
    "group",
    "position",
    "contact",
    "except",
    "question",
    "question_kind",
    "status",
    "respondents",
    "valid",
    "cant_judge",
    *(f"n{value}" for value in range(1, 6)),
    "mean",
    "index",
    "favourable",
)

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float | None


def as_csv(wave: Wave, release: Release) -> str:
    """The table as CSV (RFC 4180, comma, UTF-8), empty where withheld or not defined.

    A group's name that a spreadsheet would run as a formula gets an apostrophe.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows(wave, release):
        writer.writerow({name: _harmless(value) for name, value in row.items()})
    return text.getvalue()


def as_json(wave: Wave, release: Release) -> str:
    """The table as a JSON array of objects; null where withheld or not defined."""
    return json.dumps(list(rows(wave, release)), ensure_ascii=False, indent=1) + "\n"


def rows(wave: Wave, release: Release) -> Iterator[dict[str, Cell]]:
    """Every group × question, withheld ones without figures."""
    dimensions = load_instrument(wave.settings.instrument).asked(wave.settings.items)
    asked = questions(dimensions)
    for group in release.groups:
        named = _named(group, wave.organisation.separator)
        for question in asked:
            yield {**named, **_figures(question, score(release, group, question))}


def _named(group: Group, separator: str) -> dict[str, Cell]:
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


def _figures(question: Question, found: Score) -> dict[str, Cell]:
    histogram, mean = found.histogram, found.mean
    figures: dict[str, Cell] = dict.fromkeys(COLUMNS[8:])
    if mean is not None:
        figures |= {"respondents": found.respondents, "mean": mean, "index": index(mean)}
    if histogram:
        figures |= {"valid": histogram.valid, "cant_judge": histogram.cant_judge}
        figures |= {f"n{value}": histogram.counts[value] for value in range(1, 6)}
        figures["favourable"] = favourable(histogram)
    return {
        "question": question.id,
        "question_kind": question.kind.value,
        "status": "shown" if found.shown else "withheld",
        **figures,
    }


def _harmless(value: Cell) -> Cell:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
