"""What distributions find, in sentences. No Streamlit.

"At odds with itself": two camps, or no more agreement than r*wg .30
(`scoring.agreement.disagrees`). Nobody is called so without that.
"""

from collections.abc import Sequence

from survey.charts.share_rows import Row
from survey.wording import Wording


def finding_of_place(say: Wording, place: str, rows: Sequence[Row]) -> str:
    """Which questions divide a place most; else which it consents to most and least."""
    found = _least_agreed(rows)
    if found:
        return say.count(
            "distribution.place_divided",
            _lacking(rows),
            place=place,
            of=len(rows),
            question=found.name.rstrip("."),
            **_both(say, found),
        )
    by_consent = sorted(rows, key=lambda row: row.figures.favourable or 0.0)
    least, most = by_consent[0], by_consent[-1]
    if len(rows) == 1:
        return say("distribution.place_one", place=place, **_both(say, most))
    return say(
        "distribution.place_agreed",
        place=place,
        most=most.name.rstrip("."),
        least=least.name.rstrip("."),
        most_share=say.percent(most.figures.favourable or 0.0),
        least_share=say.percent(least.figures.favourable or 0.0),
    )


def finding_of_question(say: Wording, question: str, teams: Sequence[Row]) -> str:
    """Which department is at odds with itself over a question; else which agrees least."""
    title = question.rstrip(".")
    if not teams:
        return say("distribution.question_untold", question=title)
    found = _least_agreed(teams)
    if found:
        return say.count(
            "distribution.question_divided",
            _lacking(teams),
            question=title,
            name=found.full,
            **_both(say, found),
        )
    least = min(teams, key=_r_wg)
    value = say.number(_r_wg(least), 2)
    return say("distribution.question_agreed", question=title, name=least.full, value=value)


def _least_agreed(rows: Sequence[Row]) -> Row | None:
    """Of those at odds with themselves, the one with the least agreement."""
    lacking = (row for row in rows if row.figures.agreement and row.figures.agreement.lacking)
    return min(lacking, key=_r_wg, default=None)


def _lacking(rows: Sequence[Row]) -> int:
    return sum(bool(row.figures.agreement and row.figures.agreement.lacking) for row in rows)


def _r_wg(row: Row) -> float:
    found = row.figures.agreement
    return 1.0 if found is None or found.r_wg is None else found.r_wg


def _both(say: Wording, row: Row) -> dict[str, str]:
    """The shares of those who agree and of those who do not, each from its own count."""
    spread = row.figures.distribution
    return {
        "agree": say.percent(row.figures.favourable or 0.0),
        "disagree": say.percent(spread.unfavourable if spread else 0.0),
    }
