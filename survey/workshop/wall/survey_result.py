"""Steps that show what the survey said, beside what the room guessed or voted."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from data.results import Histogram
from data.workshops import Step, StepKind
from scoring.release import ORGANISATION
from survey.results import Results
from survey.sentences import gap_sentence, headline_sentence, priority_sentence
from survey.workshop.briefing import largest_sure
from survey.workshop.findings import asked_of, histogram_of
from survey.workshop.wall.filling import fill
from survey.workshop.wall.rows import Row, row
from survey.workshop.wall.scene import Scene
from survey.workshop.wall.votes import scale
from survey.workshop.words import dimension_name

MOST_SENTENCES = 3
MANY_ITEMS = 5
"""Beside more items than this there is room for one sentence."""


def draw(scene: Scene, step: Step) -> Markup:
    """Each item of the whole organisation, and the findings in words."""
    say, results = scene.say, scene.results
    if results is None:
        return fill("note.html", text=say("wall.no_survey"))
    room = _of_room(scene, step)
    told = MOST_SENTENCES if len(step.items) <= MANY_ITEMS else 1
    return fill(
        "counted.html",
        say=say,
        rows=[_row(scene, results, step, item, room.get(item)) for item in step.items],
        scale=scale(scene),
        now=say("wall.survey"),
        before=_beside(scene, step) if room else "",
        sentences=list(_sentences(scene, results, step))[:told],
    )


def _beside(scene: Scene, step: Step) -> str:
    return scene.say("wall.vote") if step.dimension else scene.say("wall.guess")


def _row(scene: Scene, results: Results, step: Step, item: str, room: Histogram | None) -> Row:
    statement = scene.statement(item)
    title = statement
    if not step.dimension:
        of = next(d for d in scene.instrument.dimensions if any(i.id == item for i in d.items))
        title = dimension_name(scene.say, of.id, scene.instrument)
    beside = "" if title == statement else statement
    counted = results.release.histograms.get(ORGANISATION, {}).get(item)
    if counted is None:
        return Row(title, beside, absence=scene.say("results.withheld"))
    return row(scene.say, title, counted, room, statement=beside, of_room=False)


def _of_room(scene: Scene, step: Step) -> Mapping[str, Histogram]:
    """What the room guessed, or voted on this dimension; {} where it has not."""
    kind = StepKind.VOTE if step.dimension else StepKind.GUESS
    asked = asked_of(scene.room, kind, step.dimension)
    counts = scene.tallies.get(asked.id, {}) if asked else {}
    made = {item: histogram_of(values) for item, values in counts.items()}
    return {item: one for item, one in made.items() if one is not None}


def _sentences(scene: Scene, results: Results, step: Step) -> Iterator[str]:
    """Of all dimensions the headlines; of one its largest sure gaps, then where to begin."""
    say = scene.say
    if not step.dimension:
        for headline in results.headlines:
            yield headline_sentence(say, results, headline)
        return
    for gap in largest_sure(results, step.dimension):
        yield gap_sentence(say, results, gap)
    for priority in results.priorities:
        if priority.gap.question.id == step.dimension:
            yield priority_sentence(say, results, priority)
