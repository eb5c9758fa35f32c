"""Steps in which the room votes on statements: hidden while open, then counted."""

from markupsafe import Markup

from data.workshops import Round, Step, StepKind
from survey.workshop.findings import Finding, closed, findings, vote_before
from survey.workshop.wall.filling import fill
from survey.workshop.wall.rows import Row, row
from survey.workshop.wall.scene import Scene, revealed
from survey.workshop.words import scale_labels


def draw(scene: Scene, step: Step) -> Markup:
    """The statements, or what was counted."""
    return _counted(scene, step) if revealed(scene, step) else _asked(scene, step)


def progress(scene: Scene, current: Round) -> Markup:
    """How many have voted, and how many are missing until it may be revealed."""
    smallest = scene.workshop.plan.smallest_group
    joined = max(scene.workshop.phones, current.voters)
    return fill(
        "progress.html",
        say=scene.say,
        voted=current.voters,
        joined=joined,
        width=round(100 * current.voters / joined) if joined else 0,
        missing=max(0, smallest - current.voters),
    )


def _asked(scene: Scene, step: Step) -> Markup:
    current = scene.room.latest(step)
    return fill(
        "asked.html",
        say=scene.say,
        statements=[scene.statement(item) for item in step.items],
        scale=scale(scene),
        hint=_hint(scene, step, current),
        progress=progress(scene, current) if current else "",
    )


def _hint(scene: Scene, step: Step, current: Round | None) -> str:
    if step.kind is StepKind.GUESS:
        return scene.say("wall.guess_hint")
    again = step.kind is StepKind.REVOTE or (current is not None and current.number > 1)
    return scene.say("wall.again_hint") if again else scene.say("wall.vote_hint")


def _counted(scene: Scene, step: Step) -> Markup:
    say = scene.say
    latest = closed(scene.room, step)
    compared = latest is not None and vote_before(scene.room, step, latest) is not None
    return fill(
        "counted.html",
        say=say,
        rows=[_row(scene, one) for one in findings(scene.room, step, scene.tallies, None)],
        scale=scale(scene),
        now=say("wall.now") if compared else "",
        before=say("wall.before") if compared else "",
    )


def _row(scene: Scene, finding: Finding) -> Row:
    title = scene.statement(finding.item)
    if finding.counted is None:
        return Row(title, absence=too_few(scene))
    return row(scene.say, title, finding.counted, finding.before)


def too_few(scene: Scene) -> str:
    """Why an item is not shown: fewer than k could judge it."""
    return scene.say("wall.too_few", smallest=scene.workshop.plan.smallest_group)


def scale(scene: Scene) -> str:
    """What the ends of the scale mean."""
    points = scale_labels(scene.say, scene.instrument)
    return scene.say("wall.scale", low=points[0], high=points[-1])
