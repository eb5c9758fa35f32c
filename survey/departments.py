"""What consultants do with an organisation's tree of departments. No Streamlit."""

from data.accounts import Account
from data.audit import AuditAct
from data.model import Department, Organisation, WaveState
from data.store import Store
from data.tree import Entry
from survey.auditing import note


def save(
    store: Store,
    account: Account,
    organisation: Organisation,
    seen: tuple[Department, ...],
    wanted: tuple[Entry, ...],
) -> tuple[Department, ...]:
    """Make this the tree, and write down who did. `Conflict`, `ImportProblem`."""
    with store.together():
        tree = store.organisations.replace_departments(organisation, seen, wanted)
        subject = organisation.name
        note(store, account.label, AuditAct.DEPARTMENTS_CHANGED, organisation.id, subject)
    return tree


def waves_with_their_own(store: Store, organisation: Organisation) -> tuple[str, ...]:
    """The titles of the waves that no change of the tree reaches any more."""
    waves = (w for w in store.waves.all() if w.organisation.id == organisation.id)
    return tuple(wave.title for wave in waves if wave.state is not WaveState.DRAFT)
