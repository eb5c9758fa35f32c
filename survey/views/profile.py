"""The profile: the dimensions of one place beside what they are compared with.

A department is compared with the rest of the organisation, the organisation with
an earlier wave; each with its target too, where there is one.
"""

from scoring.gaps import Gap, GapKind
from survey.charts.chart import Chart, source_line
from survey.charts.pairs import Pair
from survey.charts.profile import Mark, Names, profile_chart
from survey.naming import side_name
from survey.sentences import certainty
from survey.views.profile_rows import PlaceProfile, Row, other_mean, profile_of
from survey.views.profile_table import profile_table
from survey.views.profile_words import profile_findings
from survey.views.scene import Scene, asked_place
from survey.wording import Wording

NAME = "department_profile"

_TOPICS = {
    GapKind.DEPARTMENT: ("method.mean", "method.interval", "method.department", "method.target"),
    GapKind.TREND: ("method.mean", "method.interval", "method.trend", "method.target"),
    GapKind.TARGET: ("method.mean", "method.interval", "method.target"),
}
_SURE = {
    GapKind.DEPARTMENT: "profile.department_sure",
    GapKind.TREND: "profile.trend_sure",
    GapKind.TARGET: "profile.target_sure",
}
_UNSURE = {
    GapKind.DEPARTMENT: "profile.department_unsure",
    GapKind.TREND: "profile.trend_unsure",
    GapKind.TARGET: "profile.target_unsure",
}
_UNITS = {
    GapKind.DEPARTMENT: "profile.unit_department",
    GapKind.TREND: "profile.unit_trend",
    GapKind.TARGET: "profile.unit_target",
}


def profile_picture(scene: Scene) -> Chart | None:
    """The profile of the place in the address; None where all of it is withheld."""
    say, profile = scene.say, profile_of(scene, asked_place(scene))
    if not profile.shown:
        return None
    title, *more = profile_findings(say, scene.results, profile)
    marks = [_mark(scene, profile, row) for row in profile.rows]
    return Chart(
        name=NAME,
        title=title,
        unit=_unit(say, profile),
        source=source_line(say, scene.results, compared=profile.against is GapKind.TREND),
        alt=say.count("gaps.alt", len(marks), title=title),
        figure=profile_chart(say, marks, _names(say, profile), scene.look),
        table=profile_table(scene, profile, title),
        topics=_TOPICS[profile.against],
        note=" ".join(more),
    )


def _unit(say: Wording, profile: PlaceProfile) -> str:
    """The scale, and of how many people the figures are, on either side."""
    if not profile.gaps:
        return say.count("profile.unit_alone", profile.people)
    others = max(gap.from_.people or 0 for gap in profile.gaps)
    return say.count(_UNITS[profile.against], profile.people, others=others)


def _mark(scene: Scene, profile: PlaceProfile, row: Row) -> Mark:
    say, mean, gap = scene.say, row.figures.score.mean, profile.gap(row)
    if mean is None:
        return Mark(row.title)
    text = say.number(mean, 2)
    size = say.number(gap.size, 2, signed=True) if gap else ""
    pair = Pair(
        name=row.title,
        before=row.compared.from_.mean if row.compared else mean,
        now=mean,
        size=size,
        sure=gap is not None and gap.may_claim,
        coloured=gap is not None and gap.may_colour,
        now_interval=row.figures.interval,
        hover=_hover(scene, row, text),
    )
    return Mark(
        title=row.title,
        pair=pair,
        compared=row.compared is not None,
        target=row.target.from_.mean if row.target else None,
        figures=f"{text} ({size})" if gap else text,
    )


def _hover(scene: Scene, row: Row, mean: str) -> str:
    say = scene.say
    lines = [say("profile.hover", mean=mean, people=row.figures.score.valid)]
    lines += [_hover_gap(scene, gap) for gap in (row.compared, row.target) if gap]
    return "<br>".join(lines)


def _hover_gap(scene: Scene, gap: Gap) -> str:
    say = scene.say
    return say(
        "profile.hover_gap",
        side=side_name(say, gap.from_, scene.results.release),
        mean=other_mean(say, gap),
        size=say.number(gap.size, 2, signed=True),
        sure=certainty(say, gap),
    )


def _names(say: Wording, profile: PlaceProfile) -> Names:
    unsure = _UNSURE[profile.against] if profile.gaps else "profile.alone"
    return Names(
        sure=say(_SURE[profile.against]),
        unsure=say(unsure),
        compared=profile.side or "",
        target=say("side.target"),
        withheld=say("results.withheld"),
    )
