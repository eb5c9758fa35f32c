"""Turns a link, what was filled in and what is wrong into one HTML page. No Streamlit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from markupsafe import escape

from data.errors import Problem, SubmissionProblem
from data.model import Department, Invitation, Organisation, Wave
from data.questionnaires import load_instrument
from survey.form.kiosk import EMPTY_AFTER
from survey.form.style import form_style, overview_style, sheet_style
from survey.languages import others_offered
from survey.submission import LONGEST_COMMENT, Draft, asks_contact
from survey.templating import template
from survey.wording import LANGUAGES, Wording, wording, wording_for

TEMPLATES = Path(__file__).parent / "templates"

CONTENT_SECURITY_POLICY = form_style().policy
"""The policy of pages that have no organisation's accent."""

_SECONDS_AN_ITEM = 15
_CODE = "the-code-goes-here"
_TOKEN = "the-token-goes-here"  # noqa: S105 - where a token will be, not one


def questionnaire(
    say: Wording,
    invitation: Invitation,
    departments: Sequence[Department],
    token: str,
    draft: Draft,
    problem: SubmissionProblem | None = None,
    kiosk: str = "",
    *,
    preview: bool = False,
) -> str:
    """The form, filled in as far as the person got, with what is still missing.

    `kiosk`: how a shared device shows it, one of `survey.form.kiosk.WAYS`, or "".
    `preview`: say on it that it is one, and nothing is stored.
    """
    wave, department = invitation.wave, invitation.department
    return template(TEMPLATES, "questionnaire.html").render(
        **_asked(say, wave),
        say=say,
        css=form_style(wave.organisation.profile.accent).css,
        organisation=wave.organisation,
        others=others_offered(wave, say),
        wave=wave,
        code=invitation.code,
        settings=wave.settings,
        department=" / ".join(department.path) if department else None,
        departments=departments,
        asks_contact=asks_contact(invitation),
        contact_given=contact_given(say, invitation),
        token=token,
        draft=draft,
        trouble=say.problem(problem) if problem else None,
        findings=_by_field(say, problem.findings) if problem else {},
        longest_comment=LONGEST_COMMENT,
        retention=wave.settings.retention_days,
        preview=preview,
        personal=invitation.personal is not None,
        kiosk=kiosk,
        minutes_until_empty=EMPTY_AFTER // 60,
    )


def _asked(say: Wording, wave: Wave) -> dict[str, object]:
    """The statements with their scale, in the language spoken, numbered as they are asked."""
    instrument = load_instrument(wave.settings.instrument)
    language = instrument.spoken(say.language)
    dimensions = instrument.asked(wave.settings.items)
    items = [item.id for dimension in dimensions for item in dimension.items]
    return {
        "language": language,
        "dimensions": dimensions,
        "numbers": {item: number for number, item in enumerate(items, start=1)},
        "number": len(items),
        "minutes": minutes_for(len(items)),
        "scale": instrument.scale[language],
        "cant_judge": instrument.cant_judge[language],
    }


def minutes_for(items: int) -> int:
    """About how long so many statements take."""
    return max(1, round(items * _SECONDS_AN_ITEM / 60))


def contact_given(say: Wording, invitation: Invitation) -> str:
    """What is told where a link's department settles who has customer contact; "" elsewhere."""
    if not invitation.wave.settings.contact or asks_contact(invitation):
        return ""
    assigned = invitation.department is not None and invitation.department.contact
    return say("form.contact_given_yes") if assigned else say("form.contact_given_no")


def empty_questionnaire(
    say: Wording,
    invitation: Invitation,
    departments: Sequence[Department],
    token: str,
    kiosk: str = "",
) -> str:
    """The form before anything is filled in; it is the same for everybody but for two things.

    These are its token and its link's code, which is not remembered with the page.
    """
    personal = b"" if invitation.personal else None
    anybody = replace(invitation, code=_CODE, personal=personal)
    page = _empty_questionnaire(say.language, anybody, tuple(departments), kiosk)
    return page.replace(_TOKEN, escape(token)).replace(_CODE, escape(invitation.code))


@lru_cache(maxsize=256)
def _empty_questionnaire(
    language: str, invitation: Invitation, departments: tuple[Department, ...], kiosk: str
) -> str:
    say = wording_for(invitation.wave.organisation, language)
    return questionnaire(say, invitation, departments, _TOKEN, Draft(), kiosk=kiosk)


def sheet_page(organisation: Organisation, **values: object) -> str:
    """The privacy sheet's template, in its own style."""
    css = sheet_style(organisation.profile.accent).css
    return template(TEMPLATES, "sheet.html").render(css=css, organisation=organisation, **values)


def typing_page(say: Wording) -> str:
    """Where a code from a poster can be typed."""
    return template(TEMPLATES, "typing.html").render(
        say=say,
        css=form_style().css,
        others=[wording(other) for other in LANGUAGES if other != say.language],
    )


def overview_page(organisation: Organisation, **values: object) -> str:
    """The template of what employees see of a release, in its own style."""
    css = overview_style(organisation.profile.accent).css
    return template(TEMPLATES, "overview.html").render(css=css, organisation=organisation, **values)


def message(
    say: Wording,
    title: str,
    lines: Sequence[str],
    *,
    invitation: Invitation | None = None,
    preview: bool = False,
    next_person: str | None = None,
    resend: Mapping[str, str] | None = None,
) -> str:
    """A page that says one thing.

    `invitation`: of the link that led here, for the organisation's name, logo and accent;
    send the page with the policy of its style then. `preview`: it stands for what
    people will see. `next_person`: the address of an empty form. `resend`: what was
    filled in and could not be stored, to be sent once more by one button.
    """
    organisation = invitation.wave.organisation if invitation else None
    return template(TEMPLATES, "message.html").render(
        say=say,
        css=form_style(organisation.profile.accent if organisation else None).css,
        organisation=organisation,
        code=invitation.code if invitation else None,
        title=title,
        lines=lines,
        preview=preview,
        next_person=next_person,
        resend=resend,
    )


def _by_field(say: Wording, findings: Sequence[Problem]) -> Mapping[str, str]:
    return {str(finding.values["field"]): say.problem(finding) for finding in findings}
