"""What people call groups, questions and the sides of a gap. No Streamlit."""

from collections.abc import Iterable

from data.model import Dimension
from data.results import Group, GroupKind, Release
from scoring.gaps import GapKind
from scoring.scores import Question, QuestionKind
from scoring.sides import Side, SideKind
from survey.wording import Wording

_KINDS = {
    GapKind.TARGET: "gaps.kind_target",
    GapKind.DEPARTMENT: "gaps.kind_department",
    GapKind.LEADERSHIP: "gaps.kind_leadership",
    GapKind.CONTACT: "gaps.kind_contact",
    GapKind.BLIND_SPOT: "gaps.kind_blind_spot",
    GapKind.TREND: "gaps.kind_trend",
}

_SIDES = {
    SideKind.REST: "side.rest",
    SideKind.TARGET: "side.target",
    SideKind.PREDICTION: "side.prediction",
    SideKind.EARLIER: "side.earlier",
}

_MEMBERS = {GroupKind.POSITION: "group.leads", GroupKind.CONTACT: "group.customer"}
_OTHERS = {GroupKind.POSITION: "group.others_position", GroupKind.CONTACT: "group.others_contact"}


def kind_name(say: Wording, kind: GapKind) -> str:
    """What a kind of gap is called."""
    return say(_KINDS[kind])


def question_title(say: Wording, dimensions: Iterable[Dimension], question: Question) -> str:
    """What people call a question: a dimension's title, an item's statement, the overall score."""
    if question.kind is QuestionKind.OVERALL:
        return say("results.overall")
    dimensions = tuple(dimensions)
    titles = {d.id: d.title for d in dimensions}
    titles |= {item.id: item.text for d in dimensions for item in d.items}
    return titles[question.id].get(say.language, question.id)


def group_name(say: Wording, group: Group, release: Release) -> str:
    """What a group is called in a list under its parent; a remainder by what it holds."""
    if group.kind is GroupKind.ORGANISATION:
        return say("group.organisation")
    if group.kind is GroupKind.DEPARTMENT:
        return group.path[-1]
    if group.kind is GroupKind.REMAINDER:
        return say("group.remainder", names=", ".join(_inside(say, group, release)))
    side = say(_MEMBERS[group.kind] if group.member else "group.others")
    return _within(say, group, side)


def full_name(say: Wording, group: Group, release: Release) -> str:
    """What a group is called where neither its parent nor its counterpart is beside it."""
    if group.kind is GroupKind.DEPARTMENT:
        return " / ".join(group.path)
    if group.member is False:
        return _within(say, group, say(_OTHERS[group.kind]))
    name = group_name(say, group, release)
    return " / ".join((*group.path, name)) if group.kind is GroupKind.REMAINDER else name


def _within(say: Wording, group: Group, side: str) -> str:
    """One side of a pair, with the division it is of, or those that are left out."""
    if group.path:
        return say("group.in_division", group=side, division=group.path[-1])
    if group.without:
        divisions = ", ".join(path[-1] for path in group.without)
        return say("group.pair_remainder", group=side, divisions=divisions)
    return side


def side_name(say: Wording, side: Side, release: Release) -> str:
    """What stands on one side of a gap."""
    if side.kind is SideKind.GROUP:
        return group_name(say, side.group, release)
    return say(_SIDES[side.kind])


def _inside(say: Wording, remainder: Group, release: Release) -> list[str]:
    """The sub-departments a remainder holds, and those who belong to none, if there may be any."""
    below = [
        group.path
        for group in release.groups
        if group.kind is GroupKind.DEPARTMENT and group.path[:-1] == remainder.path
    ]
    names = [path[-1] for path in below if path not in remainder.without]
    heads = [release.headcounts.get(path) for path in below]
    all_below = None if None in heads else sum(count or 0 for count in heads)
    if all_below is None or release.headcounts.get(remainder.path) != all_below:
        names.append(say("group.directly"))
    return names
