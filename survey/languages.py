"""Which languages a wave's people may answer in, and how they are spoken to. No Streamlit."""

from collections.abc import Iterable

from data.model import Wave
from data.questionnaires import load_instrument
from survey.wording import LANGUAGES, Wording, choose_language, wording_for


def offered(wave: Wave) -> tuple[str, ...]:
    """The languages to choose from: the wave's own, as far as this house speaks them."""
    chosen = wave.settings.languages or load_instrument(wave.settings.instrument).languages
    return tuple(language for language in LANGUAGES if language in chosen) or LANGUAGES


def others_offered(wave: Wave, say: Wording) -> list[Wording]:
    """The wordings of the languages that could be chosen instead."""
    return [wording_for(wave.organisation, o) for o in offered(wave) if o != say.language]


def spoken_in(wave: Wave, wanted: Iterable[str]) -> Wording:
    """The first of a person's languages that we speak, as the organisation speaks it.

    Where they read none of ours, the organisation's own; where the wave is not
    asked in that language, the wave's first.
    """
    languages = offered(wave)
    chosen = choose_language([*wanted, wave.organisation.profile.language])
    return wording_for(wave.organisation, chosen if chosen in languages else languages[0])
