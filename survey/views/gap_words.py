"""What is said of gaps: the finding, the unit with both n's, and why there are none."""

from collections.abc import Iterable, Sequence

from data.results import GroupKind
from scoring.gaps import Gap, GapKind
from survey.naming import full_name, question_title
from survey.sentences import gap_sentence
from survey.tables import SPAN
from survey.views.gap_choice import GapChoice, sure_gap
from survey.views.pairs import side_names
from survey.views.scene import Scene
from survey.wording import Wording

_INTROS = {
    GapKind.TARGET: "gaps.intro_target",
    GapKind.DEPARTMENT: "gaps.intro_department",
    GapKind.LEADERSHIP: "gaps.intro_leadership",
    GapKind.CONTACT: "gaps.intro_contact",
    GapKind.BLIND_SPOT: "gaps.intro_blind_spot",
    GapKind.TREND: "gaps.intro_trend",
}
_NOT_ASKED = {
    GapKind.LEADERSHIP: (GroupKind.POSITION, "gaps.none_leadership"),
    GapKind.CONTACT: (GroupKind.CONTACT, "gaps.none_contact"),
}


def intro(scene: Scene, kind: GapKind) -> str:
    """What is compared, and how to read a minus."""
    earlier = scene.results.earlier
    return scene.say(_INTROS[kind], wave=earlier.title if earlier else "")


def finding(scene: Scene, choice: GapChoice) -> str:
    """The largest gap that may be claimed, in words; where there is none, that and the largest."""
    say, gaps = scene.say, choice.gaps
    sure = sure_gap(gaps)
    if sure:
        sentence = gap_sentence(say, scene.results, sure)
        if choice.kind is GapKind.TREND:
            return say("gaps.largest_change", sentence=sentence)
        return say("gaps.largest_sure", sentence=sentence)
    return f"{_doubt(say, gaps)} {_largest(scene, choice)}"


def _doubt(say: Wording, gaps: Sequence[Gap]) -> str:
    if any(gap.may_claim for gap in gaps):
        return say("gaps.only_small")
    tested = sum(gap.p_claim is not None for gap in gaps)
    return say.count("gaps.none_sure", tested) if tested else say("gaps.none_tested")


def _largest(scene: Scene, choice: GapChoice) -> str:
    """The largest of all, by the name of its row."""
    say, results = scene.say, scene.results
    gap = max(choice.gaps, key=lambda gap: abs(gap.size))
    if choice.by_question:
        name = question_title(say, results.dimensions, gap.question).rstrip(".")
    else:
        name = full_name(say, gap.to.group, results.release)
    return say("gaps.largest", name=name, size=say.number(gap.size, 2, signed=True))


def unit(scene: Scene, choice: GapChoice) -> str:
    """What is drawn, in which unit, and of how many answers on both sides."""
    say, gaps = scene.say, choice.shown
    around = choice.kind is GapKind.DEPARTMENT
    before, now = side_names(scene, gaps[0])
    n_before = _span(say, (gap.from_.valid for gap in gaps))
    n_now = _span(say, (gap.to.valid for gap in gaps))
    if n_before:
        of = say("gaps.n_both", before_name=before, before=n_before, now_name=now, now=n_now)
    else:
        of = say("gaps.n_now", now=n_now)
    return f"{say('gaps.unit_around' if around else 'gaps.unit')} {of}"


def _span(say: Wording, numbers: Iterable[int | None]) -> str:
    """From the fewest to the most; "" of a number that was set, which nobody answered."""
    known = sorted({n for n in numbers if n is not None})
    return (
        SPAN.join(say.number(n, 0) for n in dict.fromkeys((known[0], known[-1]))) if known else ""
    )


def absence(scene: Scene, kind: GapKind) -> str:
    """Why there is no gap of a kind: what was not set or asked, or the one reason."""
    say, release, earlier = scene.say, scene.results.release, scene.results.earlier
    if kind is GapKind.TARGET and not any(release.targets.values()):
        return say("gaps.none_target")
    if kind is GapKind.BLIND_SPOT and not release.predictions:
        return say("gaps.none_blind_spot")
    if kind is GapKind.TREND:
        return say("gaps.none_in_common", wave=earlier.title) if earlier else say("gaps.none_trend")
    if kind is GapKind.DEPARTMENT:
        return say("gaps.none_department", smallest=scene.results.wave.settings.smallest_group)
    if kind in _NOT_ASKED:
        pair, not_asked = _NOT_ASKED[kind]
        if not any(group.kind is pair for group in release.groups):
            return say(not_asked)
    return say("gaps.none_shown", reason=say("results.withheld"))


def may_still_be_set(scene: Scene, kind: GapKind) -> bool:
    """Whether a kind is missing because nobody set a number, which the next wave may have."""
    release = scene.results.release
    if kind is GapKind.TARGET:
        return not any(release.targets.values())
    return kind is GapKind.BLIND_SPOT and not release.predictions
