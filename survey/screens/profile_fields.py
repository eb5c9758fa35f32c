"""The fields of an organisation's profile, as typed. What is wrong is said when they are saved."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from data.model import (
    DEFAULT_SMALLEST_GROUP,
    LARGEST_SMALLEST_GROUP,
    Address,
    Organisation,
    Profile,
)
from data.profiles import (
    LONGEST_CONTACT,
    LONGEST_NAME,
    LONGEST_PRIVACY,
    LONGEST_RETENTION,
    SHORTEST_RETENTION,
)
from survey.colours import HOUSE_LIGHT, accent_of, contrast
from survey.wording import LANGUAGES, Wording, wording


def drawn(key: str) -> bool:
    """Whether the fields of this key were on the screen a moment ago."""
    return f"name_{key}" in st.session_state


def show(say: Wording, begun: Organisation, key: str) -> Organisation:
    """The fields, begun with an organisation; the organisation with what they hold."""
    st.header(say("organisation.speech"))
    name = st.text_input(
        say("organisation.name"), begun.name, max_chars=LONGEST_NAME, key=f"name_{key}"
    )
    profile = _speech(say, begun.profile, key)
    st.header(say("organisation.words"))
    st.write(say("organisation.words_text"))
    profile = _words(say, profile, key)
    st.header(say("organisation.new_waves"))
    st.write(say("organisation.new_waves_text"))
    profile = _new_waves(say, profile, key)
    st.header(say("organisation.colour"))
    return replace(begun, name=name, profile=replace(profile, accent=_accent(say, profile, key)))


def names(say: Wording) -> Mapping[str, str]:
    """What each field is called, by its name in `changed_fields`."""
    return {
        "name": say("organisation.name"),
        "language": say("organisation.language"),
        "address": say("organisation.address"),
        "swiss": say("organisation.swiss"),
        "contact": say("organisation.contact"),
        "privacy": say("organisation.privacy"),
        "smallest_group": say("organisation.smallest"),
        "retention_days": say("organisation.retention"),
        "accent": say("organisation.accent"),
    }


def told(say: Wording, organisation: Organisation, field: str) -> str:
    """What a field of an organisation holds, in words."""
    profile = organisation.profile
    if field == "name":
        return organisation.name
    if field == "language":
        return wording(profile.language)("language.name")
    if field == "address":
        return _addresses(say)[profile.address]
    if field == "swiss":
        return say("form.yes") if profile.swiss else say("form.no")
    return str(getattr(profile, field) or "–")


def _addresses(say: Wording) -> Mapping[Address, str]:
    return {
        Address.SIE: say("organisation.address_sie"),
        Address.DU: say("organisation.address_du"),
    }


def _speech(say: Wording, profile: Profile, key: str) -> Profile:
    addresses = _addresses(say)
    return replace(
        profile,
        language=st.radio(
            say("organisation.language"),
            LANGUAGES,
            LANGUAGES.index(profile.language),
            format_func=lambda language: wording(language)("language.name"),
            help=say("organisation.language_help"),
            horizontal=True,
            key=f"language_{key}",
        ),
        address=st.radio(
            say("organisation.address"),
            list(addresses),
            list(addresses).index(profile.address),
            format_func=addresses.__getitem__,
            horizontal=True,
            key=f"address_{key}",
        ),
        swiss=st.checkbox(say("organisation.swiss"), profile.swiss, key=f"swiss_{key}"),
    )


def _words(say: Wording, profile: Profile, key: str) -> Profile:
    return replace(
        profile,
        contact=st.text_area(
            say("organisation.contact"),
            profile.contact,
            max_chars=LONGEST_CONTACT,
            placeholder=say("organisation.contact_example"),
            key=f"contact_{key}",
        ),
        privacy=st.text_area(
            say("organisation.privacy"),
            profile.privacy,
            height=160,
            max_chars=LONGEST_PRIVACY,
            key=f"privacy_{key}",
        ),
    )


def _new_waves(say: Wording, profile: Profile, key: str) -> Profile:
    return replace(
        profile,
        smallest_group=st.number_input(
            say("organisation.smallest"),
            DEFAULT_SMALLEST_GROUP,
            LARGEST_SMALLEST_GROUP,
            profile.smallest_group,
            key=f"smallest_{key}",
        ),
        retention_days=st.number_input(
            say("organisation.retention"),
            SHORTEST_RETENTION,
            LONGEST_RETENTION,
            profile.retention_days,
            key=f"retention_{key}",
        ),
    )


def _accent(say: Wording, profile: Profile, key: str) -> str | None:
    """The chosen colour, with what becomes of it."""
    if not st.checkbox(
        say("organisation.accent_own"), profile.accent is not None, key=f"own_{key}"
    ):
        return None
    chosen = st.color_picker(
        say("organisation.accent"), profile.accent or HOUSE_LIGHT, key=f"accent_{key}"
    )
    accent = accent_of(chosen)
    if accent.darkened:
        st.warning(say("organisation.accent_darkened", chosen=accent.chosen, light=accent.light))
    else:
        ratio = contrast(accent.light, "#ffffff")
        st.caption(say("organisation.accent_fine", contrast=ratio))
    st.caption(say("organisation.accent_dark", dark=accent.dark))
    return chosen
