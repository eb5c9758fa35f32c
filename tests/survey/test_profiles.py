"""Changing and erasing an organisation: what is refused, what is merged, what is written down."""

from dataclasses import replace

import pytest

from data.accounts import Account, Role
from data.audit import AuditAct
from data.errors import Conflict, Problem, SetUpProblem
from data.model import Address, Organisation, Profile
from data.store import Store
from survey.profiles import change_profile, changed_fields, erase, merged, set_logo
from tests.survey.test_logo import picture

ANNA = Account(7, "anna@muster.ch", "Anna", Role.CONSULTANT, {1: ()})


@pytest.mark.parametrize(
    ("name", "profile", "key"),
    [
        (" \N{ZERO WIDTH SPACE}\n", Profile(), "error.organisation_unnamed"),
        ("x" * 121, Profile(), "error.organisation_unnamed"),
        ("A", Profile(contact="x" * 501), "error.contact_long"),
        ("A", Profile(privacy="x" * 2001), "error.privacy_long"),
        ("A", Profile(smallest_group=4), "error.group_range"),
        ("A", Profile(smallest_group=21), "error.group_range"),
        ("A", Profile(retention_days=0), "error.retention_range"),
        ("A", Profile(retention_days=366), "error.retention_range"),
        ("A", Profile(accent="red;}"), "error.accent"),
    ],
)
def test_what_cannot_be_kept_is_named(
    fresh_store: Store, small_firm: Organisation, name: str, profile: Profile, key: str
) -> None:
    """And nothing is changed or written down."""
    with pytest.raises(SetUpProblem) as refused:
        change_profile(fresh_store, ANNA, small_firm, name, profile)
    assert refused.value.key == key
    assert fresh_store.profiles.find(small_firm.id) == small_firm
    assert fresh_store.audit.read() == ()


def test_texts_are_kept_without_what_cannot_be_seen(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """A name is one line; nothing turns the text around; lines of a text stay."""
    turned = "Mus\N{RIGHT-TO-LEFT OVERRIDE}ter \n AG\x00"
    profile = Profile(contact="  Anna\r\nTel. 1\x07 ", accent="#7A1F5C")
    changed = change_profile(fresh_store, ANNA, small_firm, turned, profile)
    assert changed.name == "Muster AG"
    assert changed.profile == Profile(contact="Anna\nTel. 1", accent="#7a1f5c")


def test_every_act_is_written_down_with_who_did_it(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Texts and pictures are not repeated in the log."""
    firm = change_profile(fresh_store, ANNA, small_firm, "Muster AG", small_firm.profile)
    set_logo(fresh_store, ANNA, firm, picture("PNG"))
    entries = fresh_store.audit.read()
    assert [(e.who, e.act, e.organisation, e.subject) for e in entries] == [
        (ANNA.label, AuditAct.ORGANISATION_CHANGED, firm.id, "Muster AG")
    ] * 2


def test_a_refused_act_is_not_written_down(fresh_store: Store, small_firm: Organisation) -> None:
    """Neither a change that came too late nor a file that is no picture."""
    fresh_store.profiles.change(small_firm, "Muster AG", small_firm.profile)
    with pytest.raises(Conflict):
        change_profile(fresh_store, ANNA, small_firm, "Muster KG", small_firm.profile)
    with pytest.raises(SetUpProblem):
        set_logo(fresh_store, ANNA, small_firm, b"no picture")
    assert fresh_store.audit.read() == ()


# Two at once


def test_what_two_people_changed_is_merged_field_by_field(small_firm: Organisation) -> None:
    """What was not touched here is the other's; what was typed here stays in its field."""
    seen = small_firm
    now = replace(seen, name="Muster AG", profile=Profile(contact="Beat", smallest_group=8))
    typed = replace(seen, profile=Profile(contact="Anna", address=Address.DU))
    both = merged(seen, typed, now)
    assert both.name == "Muster AG"
    assert both.profile == Profile(contact="Anna", address=Address.DU, smallest_group=8)
    assert changed_fields(seen, now) == {"name", "contact", "smallest_group"}


# Erasing


@pytest.mark.parametrize("typed", ["", "muster gmbh", "Muster GmbH 2", "Muster"])
def test_another_name_erases_nothing(
    fresh_store: Store, small_firm: Organisation, typed: str
) -> None:
    """The name is typed as it is written."""
    with pytest.raises(SetUpProblem):
        erase(fresh_store, ANNA, small_firm, typed)
    assert fresh_store.organisations.all() == (small_firm,)


def test_of_an_erased_organisation_the_log_keeps_the_act_and_no_name(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Who and when, for the owners; earlier entries of it are gone."""
    change_profile(fresh_store, ANNA, small_firm, small_firm.name, Profile(swiss=True))
    firm = fresh_store.profiles.find(small_firm.id)
    erase(fresh_store, ANNA, firm, " Muster  GmbH ")
    (entry,) = fresh_store.audit.read()
    assert (entry.who, entry.act) == (ANNA.label, AuditAct.ORGANISATION_ERASED)
    assert (entry.organisation, entry.subject) == (None, f"#{firm.id}")


def test_erasing_twice_is_told(fresh_store: Store, small_firm: Organisation) -> None:
    """Two people at once: the later one reads that it is gone."""
    erase(fresh_store, ANNA, small_firm, small_firm.name)
    with pytest.raises(Problem) as told:
        erase(fresh_store, ANNA, small_firm, small_firm.name)
    assert told.value.key == "error.organisation_gone"
    assert len(fresh_store.audit.read()) == 1
