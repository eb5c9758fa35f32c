"""Which languages a wave's people may answer in. No Streamlit."""

from data.model import Wave
from data.questionnaires import load_instrument
from survey.wording import LANGUAGES, Wording, wording


def offered(wave: Wave) -> tuple[str, ...]:
    """The languages to choose from: the wave's own, as far as this house speaks them."""
    chosen = wave.settings.languages or load_instrument(wave.settings.instrument).languages
    return tuple(language for language in LANGUAGES if language in chosen) or LANGUAGES


def spoken_in(wave: Wave, say: Wording) -> Wording:
    """The person's own wording where the wave has that language, else in the wave's first."""
    languages = offered(wave)
    return say if say.language in languages else wording(languages[0])
