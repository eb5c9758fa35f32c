"""A place's strengths and gaps in sentences, sure ones marked. No Streamlit."""

from collections.abc import Sequence

from data.results import Group
from scoring.gaps import Gap, GapKind
from scoring.standing import standing
from survey.naming import question_title
from survey.results import Results
from survey.sentences import agreed, certainty
from survey.tables import render
from survey.wording import Wording

_LOWER = {GapKind.DEPARTMENT: "standing.rest_lower", GapKind.TARGET: "standing.target_below"}
_HIGHER = {GapKind.DEPARTMENT: "standing.rest_higher", GapKind.TARGET: "standing.target_above"}


def standing_lists(say: Wording, results: Results, group: Group) -> str:
    """Two short lists as HTML; "" where there is nothing to compare."""
    found = standing(results.gaps, group)
    if not (found.strengths or found.gaps):
        return ""
    return render(
        "standing.html",
        say=say,
        sure=found.sure,
        lists=[
            (say("standing.strengths"), _told(say, results, found.strengths)),
            (say("standing.gaps"), _told(say, results, found.gaps)),
        ],
    )


def _told(say: Wording, results: Results, gaps: Sequence[Gap]) -> list[tuple[str, str, bool]]:
    """The sentence, how sure it is, and whether it may be claimed."""
    return [
        (
            say(
                (_LOWER if gap.size < 0 else _HIGHER)[gap.kind],
                question=question_title(say, results.dimensions, gap.question).rstrip("."),
                size=say.number(abs(gap.size), 1),
                mean=say.number(gap.to.mean, 2),
                other=agreed(say, gap.from_.mean)
                if gap.kind is GapKind.TARGET
                else say.number(gap.from_.mean, 2),
            ),
            certainty(say, gap),
            gap.may_claim,
        )
        for gap in gaps
    ]
