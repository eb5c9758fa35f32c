"""Turns a link, what was filled in and what is wrong into one HTML page. No Streamlit."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup, escape

from data.errors import Problem, SubmissionProblem
from data.model import Department, Invitation
from data.questionnaires import load_instrument
from survey.submission import LONGEST_COMMENT, Draft, asks_contact
from survey.templating import template
from survey.wording import LANGUAGES, Wording, wording

_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "templates"
_CSS = (_HERE / "form.css").read_text(encoding="utf-8")
_SHEET_CSS = _CSS + (_HERE / "sheet.css").read_text(encoding="utf-8")


def _policy(css: str) -> str:
    """Lets a page show itself, send its form, and do nothing else."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    )


CONTENT_SECURITY_POLICY = _policy(_CSS)
SHEET_SECURITY_POLICY = _policy(_SHEET_CSS)

_SECONDS_AN_ITEM = 15
_TOKEN = "the-token-goes-here"  # noqa: S105 - where a token will be, not one


def questionnaire(
    say: Wording,
    invitation: Invitation,
    departments: Sequence[Department],
    token: str,
    draft: Draft,
    problem: SubmissionProblem | None = None,
) -> str:
    """The form, filled in as far as the person got, with what is still missing."""
    settings = invitation.wave.settings
    instrument = load_instrument(settings.instrument)
    language = instrument.spoken(say.language)
    dimensions = instrument.asked(settings.items)
    items = [item.id for dimension in dimensions for item in dimension.items]
    return template(_TEMPLATES, "questionnaire.html").render(
        say=say,
        css=Markup(_CSS),  # noqa: S704 - our own file
        others=[wording(other) for other in LANGUAGES if other != say.language],
        wave=invitation.wave,
        code=invitation.code,
        settings=settings,
        department=" / ".join(invitation.department.path) if invitation.department else None,
        departments=departments,
        asks_contact=asks_contact(invitation),
        contact_given=contact_given(say, invitation),
        token=token,
        draft=draft,
        trouble=say.problem(problem) if problem else None,
        findings=_by_field(say, problem.findings) if problem else {},
        language=language,
        dimensions=dimensions,
        numbers={item: number for number, item in enumerate(items, start=1)},
        number=len(items),
        minutes=max(1, round(len(items) * _SECONDS_AN_ITEM / 60)),
        scale=instrument.scale[language],
        cant_judge=instrument.cant_judge[language],
        longest_comment=LONGEST_COMMENT,
        retention=settings.retention_days,
    )


def contact_given(say: Wording, invitation: Invitation) -> str:
    """What is told where a link's department settles who has customer contact; "" elsewhere."""
    if not invitation.wave.settings.contact or asks_contact(invitation):
        return ""
    assigned = invitation.department is not None and invitation.department.contact
    return say("form.contact_given_yes") if assigned else say("form.contact_given_no")


def empty_questionnaire(
    say: Wording, invitation: Invitation, departments: Sequence[Department], token: str
) -> str:
    """The form before anything is filled in; it is the same for everybody but for its token."""
    page = _empty_questionnaire(say.language, invitation, tuple(departments))
    return page.replace(_TOKEN, escape(token))


@lru_cache(maxsize=256)
def _empty_questionnaire(
    language: str, invitation: Invitation, departments: tuple[Department, ...]
) -> str:
    return questionnaire(wording(language), invitation, departments, _TOKEN, Draft())


def sheet_page(**values: object) -> str:
    """The privacy sheet's template, in its own style."""
    css = Markup(_SHEET_CSS)  # noqa: S704 - our own files
    return template(_TEMPLATES, "sheet.html").render(css=css, **values)


def message(
    say: Wording,
    title: str,
    lines: Sequence[str],
    *,
    demo: bool = False,
    next_person: str | None = None,
    resend: Mapping[str, str] | None = None,
) -> str:
    """A page that says one thing.

    `next_person`: the address of an empty form. `resend`: what was filled in and
    could not be stored, to be sent once more by one button.
    """
    return template(_TEMPLATES, "message.html").render(
        say=say,
        css=Markup(_CSS),  # noqa: S704 - our own file
        title=title,
        lines=lines,
        demo=demo,
        next_person=next_person,
        resend=resend,
    )


def _by_field(say: Wording, findings: Sequence[Problem]) -> Mapping[str, str]:
    return {str(finding.values["field"]): say.problem(finding) for finding in findings}
