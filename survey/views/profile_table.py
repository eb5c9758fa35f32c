"""A profile as a table: the same figures as the picture, for whoever reads or hears them."""

from scoring.gaps import Gap
from survey.naming import full_name
from survey.overview_table import interval_text
from survey.sentences import certainty
from survey.tables import render
from survey.views.profile_rows import PlaceProfile, Row, other_mean
from survey.views.scene import Scene
from survey.wording import Wording


def profile_table(scene: Scene, profile: PlaceProfile, title: str) -> str:
    """Each dimension with its mean, and how far it is from what; withheld rows say why."""
    say = scene.say
    compared = [(profile.side, [row.compared for row in profile.rows])] if profile.side else []
    targets = [(say("side.target"), [row.target for row in profile.rows])]
    sides = [*compared, *(targets if any(targets[0][1]) else [])]
    return render(
        "profile.html",
        say=say,
        title=title,
        place=full_name(say, profile.group, scene.results.release),
        sides=[name for name, _ in sides],
        lines=[
            _line(say, row, [gaps[at] for _, gaps in sides]) for at, row in enumerate(profile.rows)
        ],
    )


def _line(say: Wording, row: Row, gaps: list[Gap | None]) -> dict[str, object]:
    score = row.figures.score
    return {
        "title": row.title,
        "mean": None if score.mean is None else say.number(score.mean, 2),
        "interval": interval_text(say, row.figures.interval),
        "valid": None if score.valid is None else say.number(score.valid, 0),
        "gaps": [gap and _gap(say, gap) for gap in gaps],
    }


def _gap(say: Wording, gap: Gap) -> dict[str, str]:
    return {
        "mean": other_mean(say, gap),
        "size": say.number(gap.size, 2, signed=True),
        "certainty": certainty(say, gap),
    }
