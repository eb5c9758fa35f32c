"""Drafts of waves: founding an organisation, new ones, copies, throwing them away. No Streamlit."""

import re
from collections.abc import Iterable
from dataclasses import replace

from data.accounts import Account
from data.audit import AuditAct
from data.departments import Headcounts
from data.model import Organisation, Profile, Wave, WaveSettings
from data.schedule import LONGEST_TITLE
from data.store import Store
from survey.accounts import entrust
from survey.auditing import note
from survey.invitations import new_code
from survey.running import check_title, complete_links, short_form

_YEAR = re.compile(r"\b20\d\d\b")


def found(
    store: Store,
    name: str,
    profile: Profile,
    headcounts: Headcounts,
    title: str,
    account: Account,
) -> Wave:
    """A new organisation with its departments, and the draft of its first wave.

    It is theirs who founded it. `SetUpProblem` where a name is missing, too long,
    or taken; `NotFound` where the account has been removed meanwhile.
    """
    check_title("error.organisation_unnamed", name)
    who = account.label
    with store.together():
        organisation = store.organisations.add(name.strip(), profile=profile)
        entrust(store, account, organisation)
        note(store, who, AuditAct.ORGANISATION_ADDED, organisation.id, organisation.name)
        if headcounts:
            store.organisations.save_departments(organisation, headcounts)
            note(store, who, AuditAct.DEPARTMENTS_CHANGED, organisation.id, organisation.name)
        return add_draft(store, organisation, first_settings(organisation.profile, title), who)


def first_settings(profile: Profile, title: str) -> WaveSettings:
    """What a wave from scratch begins with: the short form, and what the organisation set."""
    settings = short_form(title, profile.smallest_group)
    return replace(settings, retention_days=profile.retention_days)


def copied_settings(source: Wave, title: str) -> WaveSettings:
    """What a copy begins with: everything but the dates."""
    return replace(
        source.settings, title=title.strip(), results_on=None, opens_at=None, closes_at=None
    )


def add_draft(store: Store, organisation: Organisation, settings: WaveSettings, who: str) -> Wave:
    """A draft with a link for everybody and one for each department. `SetUpProblem`."""
    check_title("error.wave_unnamed", settings.title)
    with store.together():
        draft = store.waves.add(organisation, settings, new_code())
        complete_links(store, draft)
        note(store, who, AuditAct.WAVE_ADDED, organisation.id, draft.title)
        return draft


def copy(store: Store, source: Wave, title: str, who: str) -> Wave:
    """A draft with another wave's settings and targets, where their departments still exist."""
    organisation = source.organisation
    paths = {(), *(d.path for d in store.organisations.departments(organisation))}
    with store.together():
        draft = add_draft(store, organisation, copied_settings(source, title), who)
        for path, values in store.expectations.targets(source).items():
            if path in paths:
                store.expectations.set_targets(draft, path, values)
        return draft


def remove(store: Store, seen: Wave, who: str) -> None:
    """Throw a draft away, with its links and targets. `Conflict`, `NotAllowed`."""
    with store.together():
        store.waves.remove(seen)
        note(store, who, AuditAct.WAVE_REMOVED, seen.organisation.id, seen.title)


def suggested_title(wanted: str, year: int, taken: Iterable[str]) -> str:
    """A title that nobody has yet: this year's, and numbered where that is taken."""
    title = _YEAR.sub(str(year), wanted)
    taken = set(taken)
    numbered = (f"{title[: LONGEST_TITLE - 6]} ({number})" for number in range(2, 1000))
    return next(one for one in (title, *numbered) if one not in taken)
