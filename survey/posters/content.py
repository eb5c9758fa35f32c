"""What posters say, in the languages of the wave."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.model import Department, Invitation, Wave
from survey.colours import accent_of
from survey.form.page import minutes_for
from survey.invitations import form_address, spaced_code, typing_address
from survey.languages import offered
from survey.wording import Wording, wording_for

_FEW_ITEMS = 6
_ACCENT = "#0b6477"


@dataclass(frozen=True, slots=True)
class Said:
    """A poster's sentences in one language; "" where there is nothing to say."""

    language: str
    whom: str
    about: str
    scan: str
    type: str
    length: str
    names: str
    until: str
    contact: str


@dataclass(frozen=True, slots=True)
class Poster:
    """One page. `address` is in the QR code, `typing` and `code` are for typing."""

    organisation: str
    title: str
    address: str
    typing: str
    code: str
    accent: str
    said: tuple[Said, ...]


def make_posters(wave: Wave, invitations: Sequence[Invitation], origin: str) -> tuple[Poster, ...]:
    """A poster for each link, which leads to `origin`."""
    chosen = wave.organisation.profile.accent
    return tuple(
        Poster(
            organisation=wave.organisation.name,
            title=wave.title,
            address=form_address(origin, invitation.code),
            typing=typing_address(origin),
            code=spaced_code(invitation.code),
            accent=accent_of(chosen).light if chosen else _ACCENT,
            said=tuple(
                _said(wording_for(wave.organisation, language), wave, invitation.department)
                for language in poster_languages(wave)
            ),
        )
        for invitation in invitations
    )


def poster_languages(wave: Wave) -> tuple[str, ...]:
    """The languages people may answer in, the organisation's first."""
    first = wave.organisation.profile.language
    return tuple(sorted(offered(wave), key=lambda language: language != first))


def length_of(say: Wording, wave: Wave) -> str:
    """How many statements there are, and how long they take."""
    number = len(wave.settings.items)
    key = "form.length_short" if number <= _FEW_ITEMS else "form.length"
    return say.count(key, number, minutes=minutes_for(number))


def _said(say: Wording, wave: Wave, department: Department | None) -> Said:
    settings, organisation = wave.settings, wave.organisation
    whom = say("poster.everybody")
    if department:
        whom = say("poster.department", department=" / ".join(department.path))
    until = ""
    if settings.closes_at:
        time = f"{settings.closes_at:%H:%M}"
        until = say("poster.until", day=settings.closes_at.date(), time=time)
    contact = " · ".join(filter(None, map(str.strip, organisation.profile.contact.splitlines())))
    return Said(
        language=say.language,
        whom=whom,
        about=say("poster.about", organisation=organisation.name),
        scan=say("poster.scan"),
        type=say("poster.type"),
        length=length_of(say, wave),
        names=say("poster.names", smallest=settings.smallest_group),
        until=until,
        contact=say("poster.contact", contact=contact) if contact else "",
    )
