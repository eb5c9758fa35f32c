"""What a profile finds, in a sentence. No Streamlit."""

from collections.abc import Sequence

from scoring.gaps import Gap
from scoring.release import ORGANISATION
from survey.naming import full_name, question_title
from survey.results import Results
from survey.sentences import certainty, gap_sentence
from survey.trend_words import dimensions_changed
from survey.views.profile_rows import PlaceProfile
from survey.wording import Wording


def profile_findings(say: Wording, results: Results, profile: PlaceProfile) -> tuple[str, ...]:
    """One or two sentences, what matters most first.

    Of a department how it differs from the rest; of the organisation, from target and before.
    """
    if profile.group != ORGANISATION:
        return (_beside_the_rest(say, results, profile),)
    targets = [row.target for row in profile.rows if row.target]
    trends = [row.compared for row in profile.rows if row.compared]
    told = [
        *([_below_target(say, results, targets)] if targets else []),
        *([dimensions_changed(say, results, trends)] if trends else []),
    ]
    return tuple(told) or (_highest_and_lowest(say, profile),)


def _beside_the_rest(say: Wording, results: Results, profile: PlaceProfile) -> str:
    gaps = [row.compared for row in profile.rows if row.compared]
    sure = [gap for gap in gaps if gap.may_claim]
    name = full_name(say, profile.group, results.release)
    if sure:
        return gap_sentence(say, results, max(sure, key=_size))
    if any(gap.p is not None for gap in gaps):
        return say("profile.same", name=name)
    return say("profile.untested" if gaps else "profile.no_rest", name=name)


def _below_target(say: Wording, results: Results, gaps: Sequence[Gap]) -> str:
    below = [gap for gap in gaps if gap.may_claim and gap.size < 0]
    furthest = max(below or gaps, key=_size)
    title = question_title(say, results.dimensions, furthest.question)
    size = say.number(furthest.size, 1, signed=True)
    if below:
        return say.count("profile.below", len(below), of=len(gaps), question=title, size=size)
    if any(gap.p is not None for gap in gaps):
        return say("profile.not_below")
    sure = certainty(say, furthest)
    return say("profile.furthest", question=title, size=size, sure=sure)


def _highest_and_lowest(say: Wording, profile: PlaceProfile) -> str:
    """Nothing is compared, so nothing but the order is told."""
    known = [(mean, row.title) for row in profile.rows if (mean := row.figures.score.mean)]
    (high, highest), (low, lowest) = max(known), min(known)
    most, least = say.number(high, 1), say.number(low, 1)
    if most == least:
        return say("profile.level", mean=most)
    return say("profile.order", highest=highest, high=most, lowest=lowest, low=least)


def _size(gap: Gap) -> float:
    return abs(gap.size)
