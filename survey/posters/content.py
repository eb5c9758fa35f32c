"""What posters say, in the languages of the wave."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.model import Department, Invitation, Organisation, Wave
from data.questionnaires import load_instrument
from survey.form.page import minutes_for
from survey.invitations import form_address, spaced_code, typing_address
from survey.wording import LANGUAGES, Wording, wording

_FEW_ITEMS = 6
_ACCENT = "#0b6477"
_SHARP_S = "\N{LATIN SMALL LETTER SHARP S}"


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
    return tuple(
        Poster(
            organisation=wave.organisation.name,
            title=wave.title,
            address=form_address(origin, invitation.code),
            typing=typing_address(origin),
            code=spaced_code(invitation.code),
            accent=wave.organisation.profile.accent or _ACCENT,
            said=tuple(
                _said(wording(language), wave, invitation.department)
                for language in poster_languages(wave)
            ),
        )
        for invitation in invitations
    )


def poster_languages(wave: Wave) -> tuple[str, ...]:
    """The languages people may answer in, as far as we speak them, the organisation's first."""
    asked = wave.settings.languages or load_instrument(wave.settings.instrument).languages
    first = wave.organisation.profile.language
    found = sorted((one for one in LANGUAGES if one in asked), key=lambda one: one != first)
    return tuple(found) or (first,)


def length_of(say: Wording, wave: Wave) -> str:
    """How many statements there are, and how long they take."""
    number = len(wave.settings.items)
    key = "form.length_short" if number <= _FEW_ITEMS else "form.length"
    return say.count(key, number, minutes=minutes_for(number))


def spelled(organisation: Organisation, text: str) -> str:
    """A German text as this organisation spells it: the Swiss have no sharp s."""
    return text.replace(_SHARP_S, "ss") if organisation.profile.swiss else text


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
    sentences = {
        "about": say("poster.about", organisation=organisation.name),
        "scan": say("poster.scan"),
        "type": say("poster.type"),
        "length": length_of(say, wave),
        "names": say("poster.names", smallest=settings.smallest_group),
    }
    return Said(
        language=say.language,
        whom=whom,
        until=until,
        contact=say("poster.contact", contact=contact) if contact else "",
        **{name: spelled(organisation, text) for name, text in sentences.items()},
    )
