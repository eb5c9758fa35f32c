"""A wave's settings in words: what each is called, and what it is set to. No Streamlit."""

from collections.abc import Iterable
from datetime import date, datetime

from data.model import WaveSettings, WaveState
from data.questionnaires import load_instrument
from survey.tables import render
from survey.wording import Wording, wording

_NAMES = {
    "title": "setting.title",
    "instrument": "setting.instrument",
    "items": "setting.items",
    "position": "setting.position",
    "contact": "setting.contact",
    "position_by_division": "setting.position_by_division",
    "contact_by_division": "setting.contact_by_division",
    "smallest_group": "setting.smallest_group",
    "results_on": "setting.results_on",
    "languages": "setting.languages",
    "opens_at": "setting.opens_at",
    "closes_at": "setting.closes_at",
    "zone": "setting.zone",
    "retention_days": "setting.retention_days",
    "staff_overview": "setting.staff_overview",
    "introduction": "setting.introduction",
}


def setting_name(say: Wording, name: str) -> str:
    """What people call a setting."""
    return say(_NAMES[name])


def setting_table(say: Wording, settings: WaveSettings, names: Iterable[str]) -> str:
    """These settings and what they are set to, as HTML."""
    rows = {setting_name(say, name): setting_value(say, settings, name) for name in names}
    return render("settings.html", say=say, rows=rows)


def setting_value(say: Wording, settings: WaveSettings, name: str) -> str:
    """What it is set to."""
    if name == "items":
        return items_words(say, settings)
    if name == "languages":
        return languages_words(say, settings)
    if name == "instrument":
        title = load_instrument(settings.instrument).title
        return title.get(say.language, settings.instrument)
    if name == "retention_days":
        return say.count("setting.days", settings.retention_days)
    return _plain(say, getattr(settings, name))


def items_words(say: Wording, settings: WaveSettings) -> str:
    """How many statements are asked, and whether that is a form with a name."""
    instrument = load_instrument(settings.instrument)
    number = len(settings.items)
    if settings.items == instrument.short_form():
        return say.count("setting.short_form", number)
    if settings.items == tuple(item.id for item in instrument.items()):
        return say.count("setting.long_form", number)
    return say.count("setting.chosen", number, items=", ".join(settings.items))


def languages_words(say: Wording, settings: WaveSettings) -> str:
    """In which languages people may answer."""
    languages = settings.languages or load_instrument(settings.instrument).languages
    return say.listed(wording(language)("language.name") for language in languages)


def _plain(say: Wording, value: object) -> str:
    if value is None or value == "":
        return say("setting.none")
    if isinstance(value, bool):
        return say("form.yes") if value else say("form.no")
    if isinstance(value, datetime):
        return say.moment(value)
    return say.day(value) if isinstance(value, date) else str(value)


def next_step(say: Wording, state: WaveState) -> str:
    """What a wave needs next."""
    return {
        WaveState.DRAFT: say("start.next_draft"),
        WaveState.OPEN: say("start.next_open"),
        WaveState.CLOSED: say("start.next_closed"),
        WaveState.RELEASED: say("start.next_released"),
    }[state]
