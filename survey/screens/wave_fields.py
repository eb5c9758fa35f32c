"""The fields of a wave's settings, on the screens that edit them."""

from dataclasses import replace

import streamlit as st

from data.model import (
    DEFAULT_SMALLEST_GROUP,
    LARGEST_SMALLEST_GROUP,
    Dimension,
    Instrument,
    WaveSettings,
)
from data.questionnaires import instrument_ids, load_instrument
from data.schedule import LONGEST_TITLE
from survey.running import LONGEST_INTRODUCTION, LONGEST_RETENTION, Extent
from survey.screens.editing import Editing
from survey.wording import LANGUAGES, Wording, wording

_SHORT, _LONG, _CHOSEN = "short", "long", "chosen"


def what_is_asked(say: Wording, edit: Editing) -> WaveSettings:
    """Title, questionnaire, statements and languages; the rest as it was shown."""
    shown = edit.shown
    title = st.text_input(
        say("setup.wave_title"),
        value=shown.title,
        max_chars=LONGEST_TITLE,
        key=edit.key("title"),
    )
    instrument = load_instrument(_instrument(say, edit))
    items = _items(say, edit, instrument)
    languages = _languages(say, edit, instrument)
    return replace(shown, title=title, instrument=instrument.id, items=items, languages=languages)


def _instrument(say: Wording, edit: Editing) -> str:
    """Which questionnaire; there is nothing to choose while there is only one."""
    known = instrument_ids()
    if known == (edit.shown.instrument,):
        return known[0]
    return st.selectbox(
        say("setting.instrument"),
        known,
        index=known.index(edit.shown.instrument),
        format_func=lambda one: load_instrument(one).title.get(say.language, one),
        key=edit.key("instrument"),
    )


def _items(say: Wording, edit: Editing, instrument: Instrument) -> tuple[str, ...]:
    """The ids asked, in the instrument's order."""
    short, every = instrument.short_form(), tuple(item.id for item in instrument.items())
    names = {
        _SHORT: say.count("setting.short_form", len(short)),
        _LONG: say.count("setting.long_form", len(every)),
        _CHOSEN: say("draft.choose"),
    }
    shown = edit.shown.items
    now = _SHORT if shown == short else _LONG if shown == every else _CHOSEN
    form = st.radio(
        say("draft.form"),
        list(names),
        index=list(names).index(now),
        format_func=names.__getitem__,
        key=edit.key("form"),
    )
    if form != _CHOSEN:
        return short if form == _SHORT else every
    chosen = {
        item.id
        for dimension in instrument.dimensions
        for item in _chosen(say, edit, dimension).items
    }
    return tuple(item for item in every if item in chosen)


def _chosen(say: Wording, edit: Editing, dimension: Dimension) -> Dimension:
    """A dimension with those of its statements that are ticked."""
    language = say.language if say.language in dimension.title else next(iter(dimension.title))
    shown = edit.shown.items
    with st.expander(dimension.title[language], expanded=True):
        kept = tuple(
            item
            for item in dimension.items
            if st.checkbox(item.text[language], item.id in shown, key=edit.key(item.id))
        )
    return replace(dimension, items=kept)


def _languages(say: Wording, edit: Editing, instrument: Instrument) -> tuple[str, ...]:
    """The languages offered; all of them is kept as none in particular."""
    known = [language for language in LANGUAGES if language in instrument.languages]
    shown = edit.shown.languages or tuple(known)
    st.markdown(say("draft.languages"))
    with st.container(horizontal=True):
        chosen = [
            language
            for language in known
            if st.checkbox(
                wording(language)("language.name"), language in shown, key=edit.key(language)
            )
        ]
    if not chosen:
        st.warning(say("draft.no_language"))
    return () if chosen in ([], known) else tuple(chosen)


def for_whom(say: Wording, edit: Editing, settings: WaveSettings) -> WaveSettings:
    """Which groups are shown, and from how many people."""
    shown = edit.shown
    st.write(say("setup.groups_text"))
    position = _extent(
        say, edit.key("position"), say("setup.position"), shown.position, shown.position_by_division
    )
    contact = _extent(
        say, edit.key("contact"), say("setup.contact"), shown.contact, shown.contact_by_division
    )
    smallest = st.number_input(
        say("setup.smallest"),
        DEFAULT_SMALLEST_GROUP,
        LARGEST_SMALLEST_GROUP,
        shown.smallest_group,
        help=say("setup.smallest_help"),
        key=edit.key("smallest"),
    )
    return replace(
        settings,
        position=position is not Extent.NONE,
        contact=contact is not Extent.NONE,
        position_by_division=position is Extent.DIVISIONS,
        contact_by_division=contact is Extent.DIVISIONS,
        smallest_group=smallest,
    )


def _extent(say: Wording, key: str, label: str, asked: bool, by_division: bool) -> Extent:
    names = {
        Extent.ORGANISATION: say("setup.pair_organisation"),
        Extent.DIVISIONS: say("setup.pair_divisions"),
        Extent.NONE: say("setup.pair_none"),
    }
    now = Extent.NONE if not asked else Extent.ORGANISATION
    now = Extent.DIVISIONS if asked and by_division else now
    index = list(names).index(now)
    return st.radio(
        label, list(names), index=index, format_func=names.__getitem__, key=key, horizontal=True
    )


def staff_overview(say: Wording, edit: Editing) -> bool:
    """Whether everyone who was asked sees the overview after the release."""
    return st.checkbox(
        say("draft.staff_overview"),
        edit.shown.staff_overview,
        help=say("draft.staff_overview_help"),
        key=edit.key("staff_overview"),
    )


def texts(say: Wording, edit: Editing, settings: WaveSettings) -> WaveSettings:
    """The introduction, and how long answers are kept after the release."""
    shown = edit.shown
    introduction = st.text_area(
        say("setting.introduction"),
        shown.introduction,
        max_chars=LONGEST_INTRODUCTION,
        height=140,
        placeholder=say("draft.introduction_example"),
        key=edit.key("introduction"),
    )
    st.caption(say("draft.introduction_hint"))
    days = st.number_input(
        say("draft.retention"),
        1,
        LONGEST_RETENTION,
        shown.retention_days,
        help=say("draft.retention_help"),
        key=edit.key("retention"),
    )
    return replace(settings, introduction=introduction, retention_days=days)
