"""Turns what a room does now into one HTML page for a phone. No Streamlit."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from data.errors import Problem, SubmissionProblem
from data.workshops import LONGEST_CONTRIBUTION
from survey.form.page import TEMPLATES as FORM_TEMPLATES
from survey.form.style import Style
from survey.phone.moment import FILLED_IN, Scene, mark_of
from survey.phone.scenes import Shown, heading, values_of
from survey.phone.script import SCRIPT
from survey.phone.sent import Fields
from survey.phone.style import following_style, phone_style
from survey.templating import template
from survey.wording import LANGUAGES, Wording, wording, wording_for

_TEMPLATES = Path(__file__).parent / "templates"
_SECONDS = 5
"""Until a page that waits looks again, where no script does."""
_SECONDS_AFTER = 60
"""The same once the workshop is over."""

_ACTS = {
    Scene.JOIN: "join",
    Scene.POLL: "vote",
    Scene.DOTS: "dots",
    Scene.IDEAS: "idea",
    Scene.PLANNED: "",
    Scene.ENDED: "",
}
"""What the Enter key sends; elsewhere a question; "": nothing can be sent."""

_NO_FOLDED_QUESTION = frozenset({Scene.JOIN, Scene.PLANNED, Scene.ENDED, Scene.QUESTIONS})


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says besides its scene.

    `draft`: what was filled in. `voted`: whether the phone's vote is in. `problem`: what
    is wrong with what it sent. `good`: what went well. `kept`: a text that could not be
    sent. `unsent`: the draft is not what was sent last. `asking`: the question is unfolded.
    """

    draft: Fields = field(default_factory=dict)
    voted: bool = False
    problem: Problem | None = None
    good: str = ""
    kept: str = ""
    unsent: bool = False
    asking: bool = False


def room_page(say: Wording, shown: Shown, told: Told) -> tuple[str, Style]:
    """The page, and the style to send it with."""
    workshop, scene = shown.room.workshop, shown.scene
    accent, follows = workshop.organisation.profile.accent, scene is not Scene.JOIN
    style = following_style(accent) if follows else phone_style(accent)
    findings = _findings(say, told.problem)
    html = template(_TEMPLATES, "room.html", FORM_TEMPLATES).render(
        **values_of(say, shown),
        say=say,
        css=style.css,
        others=_others(say, shown),
        workshop=workshop,
        round=shown.room.current,
        scene=scene.value,
        heading=heading(say, shown),
        act=_ACTS.get(scene, "ask"),
        folded=scene not in _NO_FOLDED_QUESTION,
        filled_in=scene in FILLED_IN and scene is not Scene.JOIN,
        waiting=scene not in FILLED_IN,
        waits=scene not in FILLED_IN and not told.asking and not told.problem,
        follows=follows,
        seconds=_SECONDS_AFTER if scene is Scene.ENDED else _SECONDS,
        script=SCRIPT,
        mark=mark_of(shown.room),
        now=f"/w/{workshop.code}/now",
        here=f"/w/{workshop.code}?lang={say.language}",
        nonce=told.draft.get("nonce") or secrets.token_urlsafe(12),
        draft=told.draft,
        voted=told.voted,
        trouble=say.problem(told.problem) if told.problem else None,
        findings=findings,
        good=told.good,
        kept=told.kept,
        unsent=told.unsent,
        asking=told.asking or "question" in findings,
        longest=LONGEST_CONTRIBUTION,
    )
    return html, style


def typing_page(say: Wording, typed: str = "", problem: Problem | None = None) -> str:
    """Where a code is typed. `problem`: what is wrong with the one that was."""
    return template(_TEMPLATES, "typing_room.html", FORM_TEMPLATES).render(
        say=say,
        css=phone_style().css,
        others=[wording(other) for other in LANGUAGES if other != say.language],
        typed=typed,
        trouble=say.problem(problem) if problem else None,
    )


def told_page(
    say: Wording,
    title: str,
    text: str,
    *,
    way: str = "",
    way_name: str = "",
    resend: Fields | None = None,
) -> str:
    """A page that says one thing.

    `way`: the address it leads on to. `resend`: what could not be kept, to be sent once
    more by one button.
    """
    return template(_TEMPLATES, "told.html", FORM_TEMPLATES).render(
        say=say,
        css=phone_style().css,
        title=title,
        text=text,
        way=way,
        way_name=way_name,
        resend=resend,
    )


def _others(say: Wording, shown: Shown) -> list[Wording]:
    organisation = shown.room.workshop.organisation
    return [wording_for(organisation, one) for one in LANGUAGES if one != say.language]


def _findings(say: Wording, problem: Problem | None) -> Mapping[str, str]:
    if not isinstance(problem, SubmissionProblem):
        return {}
    return {str(one.values["field"]): say.problem(one) for one in problem.findings}
