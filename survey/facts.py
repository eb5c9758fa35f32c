"""The first glance at a release: the overall score, who took part, what is shown. No Streamlit."""

from dataclasses import dataclass

from scoring.figures import Figures, figures
from scoring.gaps import Gap, GapKind
from scoring.headlines import Headline, Withheld
from scoring.histogram import index
from scoring.release import ORGANISATION
from scoring.scores import questions
from survey.addresses import department_address, gap_address, view_address
from survey.results import Results
from survey.sentences import headline_sentence, priority_sentence
from survey.tables import render
from survey.wording import Wording

_FIRST = 3
"""Priorities that are told at once."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A number large enough to read from afar, and what it is."""

    label: str
    value: str
    note: str = ""


def facts(say: Wording, results: Results) -> str:
    """Overall score, participation and share of departments shown, side by side."""
    *_, overall = questions(results.dimensions)
    found = figures(results.release, ORGANISATION, overall)
    told = [_score(say, results, found), _participation(say, found)]
    told += [_shown(say, one) for one in results.headlines if isinstance(one, Withheld)]
    return render("facts.html", facts=told)


def linked_headlines(say: Wording, results: Results) -> str:
    """What the gaps say, each with the way to its picture."""
    lines = [
        (headline_sentence(say, results, one), _address(say, results, one))
        for one in results.headlines
        if not isinstance(one, Figures | Withheld)
    ]
    return render("linked.html", say=say, lines=lines)


def first_priorities(say: Wording, results: Results) -> str:
    """Where to begin, in sentences, each with the way to its department; "" where there is none."""
    lines = [
        (
            priority_sentence(say, results, priority),
            department_address(say, results.wave, priority.gap.to.group)
            or view_address(say, results.wave, "priorities"),
        )
        for priority in results.priorities[:_FIRST]
    ]
    return render("linked.html", say=say, lines=lines) if lines else ""


def _score(say: Wording, results: Results, found: Figures) -> Fact:
    label, mean = say("results.overall"), found.score.mean
    if mean is None:
        return Fact(label, "–", say("results.withheld"))
    note = say("facts.index", index=say.number(index(mean), 0))
    trend = (gap for gap in results.gaps[GapKind.TREND] if _of_organisation(gap, found))
    before = next(trend, None)
    if before and results.earlier:
        size = say.number(before.size, 2, signed=True)
        note = f"{note} {say('facts.since', size=size, wave=results.earlier.title)}"
    return Fact(label, say("facts.of_five", mean=say.number(mean, 2)), note)


def _of_organisation(gap: Gap, found: Figures) -> bool:
    return gap.to.group == ORGANISATION and gap.question == found.score.question


def _participation(say: Wording, found: Figures) -> Fact:
    label, people, heads = say("facts.participation"), found.people, found.headcount
    if people is None:
        return Fact(label, "–", say("results.withheld"))
    if found.participation is not None and heads is not None:
        note = say("facts.people_of", people=people, heads=heads)
        return Fact(label, say.percent(found.participation), note)
    if heads is not None:
        note = say("headline.more_than_heads", people=people, heads=heads)
        return Fact(label, say.number(people, 0), note)
    return Fact(label, say.number(people, 0), say("facts.heads_unknown"))


def _shown(say: Wording, withheld: Withheld) -> Fact:
    label = say("facts.shown")
    if not withheld.of:
        return Fact(label, "–", say("headline.no_departments"))
    whole = withheld.of - withheld.departments
    return Fact(
        label,
        say("facts.shown_of", shown=whole, all=withheld.of),
        say("facts.withheld") if withheld.departments or withheld.pairs else say("facts.whole"),
    )


def _address(say: Wording, results: Results, headline: Headline) -> str:
    return gap_address(say, results.wave, headline) if isinstance(headline, Gap) else ""
