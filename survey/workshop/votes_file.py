"""The revealed rounds of a workshop as a file, counted. No Streamlit."""

import csv
import io
from collections.abc import Iterator

from data.model import CANT_JUDGE, SCALE
from data.workshops import StepKind
from survey.exporting import spreadsheet_cell
from survey.extracts import Row
from survey.wording import Wording
from survey.workshop.protocol import Protocol
from survey.workshop.words import choice_name

COLUMNS = ("step", "kind", "dimension", "round", "voters", "item", "value", "count")


def as_csv(say: Wording, found: Protocol) -> str:
    """CSV (RFC 4180, comma, UTF-8): a row for every value of every item in every revealed round.

    `value`: 1…5, 0 for can't judge; it and `count` are empty where fewer than k
    could judge. Of dots `item` is what they were given to, `value` is empty and
    `count` the dots. What a spreadsheet would run as a formula gets an apostrophe.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in (*_votes(found), *_dots(say, found)):
        writer.writerow({name: spreadsheet_cell(value) for name, value in row.items()})
    return text.getvalue()


def _votes(found: Protocol) -> Iterator[Row]:
    for poll in found.polls:
        for dimension in found.instrument.dimensions:
            for item in dimension.items:
                if item.id not in poll.counted:
                    continue
                row: Row = {
                    "step": poll.step.id,
                    "kind": poll.step.kind.value,
                    "dimension": dimension.id,
                    "round": poll.round.number,
                    "voters": poll.round.voters,
                    "item": item.id,
                }
                counted = poll.counted[item.id]
                if counted is None:
                    yield row
                    continue
                for value in (CANT_JUDGE, *SCALE):
                    yield {**row, "value": value, "count": counted.counts[value]}


def _dots(say: Wording, found: Protocol) -> Iterator[Row]:
    for one in found.dots:
        for choice, dots in one.given:
            name = choice_name(say, choice, found.instrument) if choice.title else ""
            yield {
                "step": one.round.step,
                "kind": StepKind.DOTS.value,
                "round": one.round.number,
                "voters": one.round.voters,
                "item": name or say("protocol.idea_removed"),
                "count": dots,
            }
