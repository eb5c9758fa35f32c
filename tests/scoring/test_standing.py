"""Strengths and gaps of a place: which are told, in which order, and how many."""

from data.results import Group, GroupKind
from scoring.gaps import Gap, GapKind
from scoring.scores import Question, QuestionKind
from scoring.sides import Side, SideKind
from scoring.standing import standing

HERE, THERE = (Group(GroupKind.DEPARTMENT, (name,)) for name in ("Hier", "Dort"))
NONE = dict.fromkeys(GapKind, ())


def gap(
    question: str,
    size: float,
    *,
    sure: bool = False,
    kind: GapKind = GapKind.DEPARTMENT,
    group: Group = HERE,
    of: QuestionKind = QuestionKind.DIMENSION,
) -> Gap:
    """A gap of this size, from 3."""
    from_, to = Side(SideKind.REST, group, 3.0), Side(SideKind.GROUP, group, 3 + size, 20, 20)
    p = 0.01 if sure else 0.5
    return Gap(kind, Question(question, of, (question,)), from_, to, size, size / 4, p, p, p)


def told(*gaps: Gap) -> tuple[list[str], list[str]]:
    """The questions of the strengths and of the gaps of `HERE`."""
    by_kind = {k: tuple(g for g in gaps if g.kind is k) for k in GapKind}
    found = standing(by_kind, HERE)
    return [g.question.id for g in found.strengths], [g.question.id for g in found.gaps]


def test_what_may_be_claimed_comes_first_then_the_larger() -> None:
    """A sure .1 before an unsure .9; among equals the size decides; three at most."""
    gaps = (
        gap("a", 0.9),
        gap("b", 0.1, sure=True),
        gap("c", 0.5, sure=True),
        gap("d", 0.8),
        gap("e", -0.3),
    )
    assert told(*gaps) == (["c", "b", "a"], ["e"])


def test_what_may_be_chance_is_told_only_if_it_is_not_small() -> None:
    """A quarter of a point is told, less is not."""
    assert told(gap("a", 0.25), gap("b", 0.24), gap("c", -0.24)) == (["a"], [])


def test_a_question_is_told_once_on_each_side() -> None:
    """The larger of two gaps below; but above the rest and below its target are two things."""
    gaps = (
        gap("a", -0.5),
        gap("a", -0.7, kind=GapKind.TARGET),
        gap("b", 0.4),
        gap("b", -0.6, kind=GapKind.TARGET),
    )
    assert told(*gaps) == (["b"], ["a", "b"])


def test_other_places_other_kinds_and_the_overall_score_are_left_out() -> None:
    """A trend is told as one; the overall score hides what it is made of."""
    gaps = (
        gap("a", 0.9, group=THERE),
        gap("b", 0.9, kind=GapKind.TREND),
        gap("c", 0.9, of=QuestionKind.OVERALL),
    )
    assert told(*gaps) == ([], [])


def test_it_is_known_whether_anything_is_sure() -> None:
    """On either side."""
    for size in (0.5, -0.5):
        one = {**NONE, GapKind.TARGET: (gap("a", size, sure=True, kind=GapKind.TARGET),)}
        assert standing(one, HERE).sure
    assert not standing(NONE, HERE).sure
