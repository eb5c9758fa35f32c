"""Turns a link, what was filled in and what is wrong into one HTML page. No Streamlit."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from markupsafe import escape

from data.errors import Problem, SubmissionProblem
from data.model import Department, Invitation, Organisation
from data.questionnaires import load_instrument
from survey.form.style import form_style, sheet_style
from survey.submission import LONGEST_COMMENT, Draft
from survey.templating import template
from survey.wording import LANGUAGES, Wording, wording, wording_for

_TEMPLATES = Path(__file__).parent / "templates"

CONTENT_SECURITY_POLICY = form_style().policy
SHEET_SECURITY_POLICY = sheet_style().policy
"""The policies of pages that have no organisation's accent."""

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
    settings, organisation = invitation.wave.settings, invitation.wave.organisation
    instrument = load_instrument(settings.instrument)
    language = instrument.spoken(say.language)
    dimensions = instrument.asked(settings.items)
    items = [item.id for dimension in dimensions for item in dimension.items]
    return template(_TEMPLATES, "questionnaire.html").render(
        say=say,
        css=form_style(organisation.profile.accent).css,
        organisation=organisation,
        others=[wording(other) for other in LANGUAGES if other != say.language],
        wave=invitation.wave,
        code=invitation.code,
        settings=settings,
        department=" / ".join(invitation.department.path) if invitation.department else None,
        departments=departments,
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
    say = wording_for(invitation.wave.organisation, language)
    return questionnaire(say, invitation, departments, _TOKEN, Draft())


def sheet_page(organisation: Organisation, **values: object) -> str:
    """The privacy sheet's template, in its own style."""
    css = sheet_style(organisation.profile.accent).css
    return template(_TEMPLATES, "sheet.html").render(css=css, organisation=organisation, **values)


def message(
    say: Wording,
    title: str,
    lines: Sequence[str],
    *,
    invitation: Invitation | None = None,
    next_person: str | None = None,
    resend: Mapping[str, str] | None = None,
) -> str:
    """A page that says one thing.

    `invitation`: of the link that led here, for the organisation's name, logo and accent;
    send the page with the policy of its style then. `next_person`: the address of an
    empty form. `resend`: what was filled in and could not be stored, to be sent once
    more by one button.
    """
    organisation = invitation.wave.organisation if invitation else None
    return template(_TEMPLATES, "message.html").render(
        say=say,
        css=form_style(organisation.profile.accent if organisation else None).css,
        organisation=organisation,
        code=invitation.code if invitation else None,
        title=title,
        lines=lines,
        next_person=next_person,
        resend=resend,
    )


def _by_field(say: Wording, findings: Sequence[Problem]) -> Mapping[str, str]:
    return {str(finding.values["field"]): say.problem(finding) for finding in findings}
