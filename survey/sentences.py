"""Findings in whole sentences, with their numbers. No Streamlit.

What is said is decided in `scoring.headlines` and `scoring.priorities`; here it
gets its words: one sentence a kind of gap and direction, so that the grammar is
right in every language.
"""

from data.results import GroupKind
from scoring.figures import Figures
from scoring.gaps import Gap, GapKind
from scoring.headlines import Headline, NothingToTell, Withheld
from scoring.histogram import index
from scoring.priorities import Priority
from scoring.significance import SURE
from survey.naming import full_name, question_title
from survey.results import Results
from survey.wording import Wording

_LOWER = {
    GapKind.TARGET: "finding.target_below",
    GapKind.DEPARTMENT: "finding.department_lower",
    GapKind.LEADERSHIP: "finding.leadership_lower",
    GapKind.CONTACT: "finding.contact_lower",
    GapKind.BLIND_SPOT: "finding.blind_spot_lower",
    GapKind.TREND: "finding.trend_lower",
}
_HIGHER = {
    GapKind.TARGET: "finding.target_above",
    GapKind.DEPARTMENT: "finding.department_higher",
    GapKind.LEADERSHIP: "finding.leadership_higher",
    GapKind.CONTACT: "finding.contact_higher",
    GapKind.BLIND_SPOT: "finding.blind_spot_higher",
    GapKind.TREND: "finding.trend_higher",
}
_PLACES = {
    GroupKind.ORGANISATION: "finding.in_organisation",
    GroupKind.DEPARTMENT: "finding.in_department",
    GroupKind.REMAINDER: "finding.in_remainder",
    GroupKind.POSITION: "finding.among",
    GroupKind.CONTACT: "finding.among",
}
_PAIRS = {GroupKind.POSITION: "results.position", GroupKind.CONTACT: "results.contact"}


def headline_sentences(say: Wording, results: Results) -> tuple[str, ...]:
    """The three to five findings of a release."""
    return tuple(headline_sentence(say, results, one) for one in results.headlines)


def gap_sentence(say: Wording, results: Results, gap: Gap) -> str:
    """One gap: who, what, how much, how many people."""
    return say(
        (_LOWER if gap.size < 0 else _HIGHER)[gap.kind],
        place=_place(say, results, gap),
        question=question_title(say, results.dimensions, gap.question).rstrip("."),
        size=say.number(abs(gap.size), 1),
        value=agreed(say, gap.from_.mean),
        people=gap.to.valid,
        others=gap.from_.valid or 0,
        wave=results.earlier.title if results.earlier else "",
    )


def certainty(say: Wording, gap: Gap) -> str:
    """Whether a gap is sure, is not, contradicts itself, or cannot be tested, in few words."""
    if gap.p_claim is None:
        return say("gaps.untested")
    if gap.p_claim > SURE:
        return say("gaps.unsure")
    return say("gaps.sure" if gap.may_claim else "gaps.contradictory")


def priority_sentence(say: Wording, results: Results, priority: Priority) -> str:
    """A place and dimension to begin with, and why."""
    return say(
        "priority.sentence",
        name=full_name(say, priority.gap.to.group, results.release),
        question=question_title(say, results.dimensions, priority.gap.question),
        reason=priority_reason(say, priority),
    )


def priority_reason(say: Wording, priority: Priority) -> str:
    """Why a place and dimension is where it is in the list."""
    gap = priority.gap
    reason = say(
        "priority.reason",
        size=say.number(-gap.size, 2),
        target=agreed(say, gap.from_.mean),
        people=priority.people,
    )
    more = [
        say(key)
        for key, holds in (
            ("priority.sure", gap.may_claim),
            ("priority.unsure", gap.p is not None and not gap.may_claim),
            ("priority.untested", gap.p is None),
            ("priority.disagrees", bool(priority.disagrees)),
            ("priority.stands_out", priority.stands_out),
        )
        if holds
    ]
    return " ".join((reason, *more))


def headline_sentence(say: Wording, results: Results, headline: Headline) -> str:
    """One finding in words."""
    if isinstance(headline, Gap):
        return gap_sentence(say, results, headline)
    if isinstance(headline, NothingToTell):
        if not headline.tested:
            return say("headline.nothing_tested")
        if headline.sure:
            return say.count("headline.only_small", headline.sure)
        return say.count("headline.nothing_sure", headline.tested)
    if isinstance(headline, Withheld):
        return _withheld(say, headline)
    return f"{_took_part(say, headline)} {_level(say, headline)}".strip()


def _took_part(say: Wording, overall: Figures) -> str:
    people, heads, share = overall.people, overall.headcount, overall.participation
    if people is None:
        return ""
    if heads is not None and share is not None:
        return say("headline.took_part", people=people, heads=heads, share=say.percent(share))
    if heads is not None:
        return say("headline.more_than_heads", people=people, heads=heads)
    return say.count("headline.people", people)


def _level(say: Wording, overall: Figures) -> str:
    mean = overall.score.mean
    if mean is None:
        return say("headline.no_overall")
    return say("headline.overall", mean=say.number(mean, 2), index=say.number(index(mean), 0))


def _withheld(say: Wording, withheld: Withheld) -> str:
    told = [say("headline.no_departments")]
    if withheld.departments:
        told = [say.count("headline.withheld", withheld.of, lacking=withheld.departments)]
    elif withheld.of:
        told = [say.count("headline.all_shown", withheld.of)]
    if withheld.pairs:
        pairs = say.listed(say(_PAIRS[kind]) for kind in withheld.pairs)
        told.append(say.count("headline.pairs_withheld", len(withheld.pairs), pairs=pairs))
    return " ".join(told)


def agreed(say: Wording, value: float) -> str:
    """A number that was set, as it was set: with one digit, or the two it has."""
    return say.number(value, 1 if round(value, 1) == round(value, 2) else 2)


def _place(say: Wording, results: Results, gap: Gap) -> str:
    group = gap.to.group
    return say(_PLACES[group.kind], name=full_name(say, group, results.release))
