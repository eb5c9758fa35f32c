"""What became of the gap that a measure is about, between two releases. No Streamlit.

It says what changed, never that the measure changed it.
"""

from dataclasses import dataclass

from data.measures import Plan
from data.model import DepartmentPath
from data.results import Group, GroupKind
from scoring.gaps import Gap, GapKind
from scoring.release import ORGANISATION
from scoring.scores import Question, dimension_question, score
from scoring.sides import target_of
from scoring.significance import SURE
from survey.results import Results
from survey.sentences import agreed
from survey.wording import Wording

_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a place stood on a dimension: its mean, None where withheld, and its target if any."""

    mean: float | None
    target: float | None

    @property
    def below(self) -> float | None:
        """Points below the target as they are told, 0 where it is reached; None without either."""
        if self.mean is None or self.target is None:
            return None
        return max(0.0, round(self.target - self.mean, _DIGITS))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measure's gap when it was agreed, and in a later wave.

    `then`, `now`: None where the place or the dimension is not in that wave.
    `same`: whether both asked the same of the dimension. `compared`: whether
    trends are tested between these two waves; `trend` is that test's gap, None
    where a figure is withheld.
    """

    then: Standing | None
    now: Standing | None
    same: bool
    compared: bool
    trend: Gap | None = None


def standing(results: Results, path: DepartmentPath, dimension: str) -> Standing | None:
    """Where a department, or at () the organisation, stands; None if it or the dimension is not."""
    group, question = place(path), _question(results, dimension)
    if group not in results.release.groups or question is None:
        return None
    target = target_of(results.release.targets, path, dimension)
    return Standing(score(results.release, group, question).mean, target)


def outcome(plan: Plan, then: Results, now: Results) -> Outcome:
    """What became of a measure's gap from the wave it was agreed in to a later one."""
    group, asked = place(plan.path), _question(now, plan.dimension)
    trends = (g for g in now.gaps[GapKind.TREND] if (g.to.group, g.question) == (group, asked))
    compared = now.earlier is not None and now.earlier.code == then.wave.code
    return Outcome(
        then=standing(then, plan.path, plan.dimension),
        now=standing(now, plan.path, plan.dimension),
        same=then.instrument.id == now.instrument.id
        and asked is not None
        and asked == _question(then, plan.dimension),
        compared=compared,
        trend=next(trends, None) if compared else None,
    )


def place(path: DepartmentPath) -> Group:
    """The group of a department, or of the whole organisation."""
    return Group(GroupKind.DEPARTMENT, path) if path else ORGANISATION


def _question(results: Results, dimension: str) -> Question | None:
    found = (d for d in results.dimensions if d.id == dimension)
    asked = next(found, None)
    return None if asked is None else dimension_question(asked)


def start_sentence(say: Wording, found: Standing | None) -> str:
    """Where the place stood when a measure was agreed."""
    if found is None or found.mean is None:
        return say("measure.start_withheld", reason=say("results.withheld"))
    mean = say.number(found.mean, _DIGITS)
    if found.target is None or found.below is None:
        return say("measure.start_no_target", mean=mean)
    target = agreed(say, found.target)
    if not found.below:
        return say("measure.start_reached", mean=mean, target=target)
    return say(
        "measure.start_below", mean=mean, target=target, size=say.number(found.below, _DIGITS)
    )


def present_sentence(say: Wording, found: Standing | None) -> str:
    """Where the place of a measure stands now that no earlier wave measured."""
    if found is None:
        return say("measure.stands_nowhere")
    return say("measure.stands", now=_told(say, found))


def outcome_sentences(say: Wording, found: Outcome) -> tuple[str, ...]:
    """What became of it: the gap then and now, and whether the change is sure."""
    if found.then is None or found.now is None:
        return (say("measure.place_missing"),)
    if not found.same:
        return (say("measure.other_questions"),)
    if found.then.mean is None and found.now.mean is None:
        return (say("measure.both_withheld", reason=say("results.withheld")),)
    if found.then.mean is None or found.now.mean is None:
        return (_side_by_side(say, found.then, found.now),)
    return (_gap(say, found.then, found.now), _change(say, found, found.now.mean - found.then.mean))


def _gap(say: Wording, then: Standing, now: Standing) -> str:
    if then.below is None or now.below is None or then.target != now.target:
        return _side_by_side(say, then, now)
    before, after = say.number(then.below, _DIGITS), say.number(now.below, _DIGITS)
    if then.below and now.below:
        return say("measure.gap_both", before=before, after=after)
    if then.below:
        return say("measure.gap_closed", before=before)
    return say("measure.gap_opened", after=after) if now.below else say("measure.gap_none")


def _side_by_side(say: Wording, then: Standing, now: Standing) -> str:
    return say("measure.then_now", then=_told(say, then), now=_told(say, now))


def _told(say: Wording, found: Standing) -> str:
    if found.mean is None:
        return say("results.withheld")
    mean = say.number(found.mean, _DIGITS)
    if found.target is None or found.below is None:
        return say("measure.no_target", mean=mean)
    target = agreed(say, found.target)
    if not found.below:
        return say("measure.reached", mean=mean, target=target)
    return say("measure.below", mean=mean, target=target, size=say.number(found.below, _DIGITS))


def _change(say: Wording, found: Outcome, size: float) -> str:
    """Whether the place's mean really changed, as far as that is tested."""
    told, trend = say.number(size, _DIGITS, signed=True), found.trend
    if not found.compared:
        return say("measure.not_compared", size=told)
    if trend is None or trend.p_claim is None:
        return say("measure.untested", size=told)
    if trend.may_claim:
        return say("measure.better", size=told) if size > 0 else say("measure.worse", size=told)
    if trend.p_claim <= SURE:
        return say("measure.contradictory", size=told)
    return say("measure.unsure", size=told)
