"""What is most below target where most people are, as a picture."""

from html import escape

from scoring.priorities import Priority
from survey.charts.chart import Chart, source_line
from survey.charts.impact import impact_chart
from survey.naming import full_name, question_title
from survey.own import own_first
from survey.sentences import priority_sentence
from survey.tables import priority_table
from survey.views.scene import Scene

NAME = "priorities"
_MOST = 200
"""Dots beyond which a picture is a cloud; the list has all."""


def shown_priorities(scene: Scene) -> tuple[Priority, ...]:
    """All of them, the heaviest first; those of whoever looks before the others."""
    return own_first(scene.results.priorities, scene.own, lambda priority: priority.gap.to.group)


def impact_picture(scene: Scene) -> Chart | None:
    """Every place and question below its target; None where there is none."""
    say, results = scene.say, scene.results
    if not results.priorities:
        return None
    drawn = results.priorities[:_MOST]
    sentences = [priority_sentence(say, results, priority) for priority in drawn]
    title = _title(scene, drawn[0])
    return Chart(
        name=NAME,
        title=title,
        unit=say("impact.unit", number=len(drawn)),
        source=source_line(say, results),
        alt=say("impact.alt", title=title, number=len(drawn)),
        figure=impact_chart(say, drawn, [escape(s, quote=False) for s in sentences], scene.look),
        table=priority_table(say, results, drawn, scene.own, title=title),
        topics=("method.priority", "method.target", "method.test"),
    )


def _title(scene: Scene, first: Priority) -> str:
    say, results = scene.say, scene.results
    return say(
        "impact.title",
        name=full_name(say, first.gap.to.group, results.release),
        question=question_title(say, results.dimensions, first.gap.question),
        size=say.number(-first.gap.size, 2),
        people=first.people,
    )
