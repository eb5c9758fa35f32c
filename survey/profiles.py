"""What consultants do with an organisation's profile: change it, give it a logo, erase it all.

No Streamlit. Every act is in the audit log.
"""

from dataclasses import fields, replace

from data.accounts import Account
from data.audit import AuditAct
from data.errors import SetUpProblem
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
from data.store import Store
from survey.auditing import note
from survey.colours import accent_of
from survey.logo import prepare_logo
from survey.plain_text import one_line, plain_text
from survey.wording import LANGUAGES


def change_profile(
    store: Store, account: Account, seen: Organisation, name: str, profile: Profile
) -> Organisation:
    """Save name and profile. `SetUpProblem` says what is wrong, `Conflict` who was faster."""
    name, profile = _checked(name, profile)
    with store.together():
        changed = store.profiles.change(seen, name, profile)
        note(store, account.label, AuditAct.ORGANISATION_CHANGED, seen.id, changed.name)
    return changed


def set_logo(
    store: Store, account: Account, seen: Organisation, file: bytes | None
) -> Organisation:
    """Take a file's picture as the logo, or none. `SetUpProblem`, `Conflict`."""
    image = None if file is None else prepare_logo(file)
    with store.together():
        changed = store.profiles.set_logo(seen, image)
        note(store, account.label, AuditAct.ORGANISATION_CHANGED, seen.id, changed.name)
    return changed


def erase(store: Store, account: Account, organisation: Organisation, typed: str) -> None:
    """Erase everything of an organisation whose name was typed. `SetUpProblem`, `NotFound`.

    The audit log keeps that it was done, by whom and when, but no name.
    """
    if one_line(typed) != one_line(organisation.name):
        raise SetUpProblem("error.erase_unconfirmed", organisation=organisation.name)
    with store.together():
        store.profiles.erase(organisation)
        note(store, account.label, AuditAct.ORGANISATION_ERASED, subject=f"#{organisation.id}")


def changed_fields(before: Organisation, after: Organisation) -> frozenset[str]:
    """Which fields differ: "name" and those of `Profile`."""
    names = [field.name for field in fields(Profile)]
    changed = {n for n in names if getattr(before.profile, n) != getattr(after.profile, n)}
    return frozenset(changed | ({"name"} if before.name != after.name else set()))


def merged(seen: Organisation, typed: Organisation, now: Organisation) -> Organisation:
    """What somebody else saved meanwhile, with what was typed here in its place."""
    mine = changed_fields(seen, typed)
    own = {name: getattr(typed.profile, name) for name in mine - {"name"}}
    name = typed.name if "name" in mine else now.name
    return replace(now, name=name, profile=replace(now.profile, **own))


def _checked(name: str, profile: Profile) -> tuple[str, Profile]:
    """As it is kept, if it can be. `SetUpProblem` names the first thing that cannot."""
    name, contact = one_line(name), plain_text(profile.contact)
    privacy = plain_text(profile.privacy)
    if not name or len(name) > LONGEST_NAME:
        raise SetUpProblem("error.organisation_unnamed", longest=LONGEST_NAME)
    if len(contact) > LONGEST_CONTACT:
        raise SetUpProblem("error.contact_long", longest=LONGEST_CONTACT, length=len(contact))
    if len(privacy) > LONGEST_PRIVACY:
        raise SetUpProblem("error.privacy_long", longest=LONGEST_PRIVACY, length=len(privacy))
    if not DEFAULT_SMALLEST_GROUP <= profile.smallest_group <= LARGEST_SMALLEST_GROUP:
        raise SetUpProblem(
            "error.group_range", least=DEFAULT_SMALLEST_GROUP, most=LARGEST_SMALLEST_GROUP
        )
    if not SHORTEST_RETENTION <= profile.retention_days <= LONGEST_RETENTION:
        raise SetUpProblem(
            "error.retention_range", least=SHORTEST_RETENTION, most=LONGEST_RETENTION
        )
    language = profile.language if profile.language in LANGUAGES else LANGUAGES[0]
    accent = None if profile.accent is None else accent_of(profile.accent).chosen
    kept = replace(
        profile,
        language=language,
        address=Address(profile.address),
        accent=accent,
        contact=contact,
        privacy=privacy,
    )
    return name, kept
