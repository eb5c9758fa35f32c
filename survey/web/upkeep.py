"""What the server does by itself while it runs. No Streamlit."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import date

from starlette.concurrency import run_in_threadpool

from data.audit import AuditAct
from data.errors import DatabaseProblem
from data.model import Wave
from data.store import Store
from survey.auditing import COMMAND_LINE, note

LOG_SECONDS = 60
"""How long the write-ahead log may keep an order of arrival."""

_logger = logging.getLogger(__name__)


async def keep_up(store: Store, every: float = LOG_SECONDS) -> None:
    """Empty the log every so many seconds, and delete raw answers whose time is over."""
    while True:
        try:
            await run_in_threadpool(look_after, store, date.today())
        except DatabaseProblem as problem:
            _logger.warning("upkeep: %s (%s)", problem.key, problem.values)
        await asyncio.sleep(every)


def look_after(store: Store, today: date) -> None:
    """One round of upkeep."""
    purge_due(store, today)
    store.truncate_log()


def purge_due(store: Store, today: date) -> Mapping[Wave, int]:
    """Delete raw answers whose time is over, and write that down; responses deleted, by wave."""
    with store.together():
        deleted = store.answers.purge(today)
        for wave in deleted:
            note(store, COMMAND_LINE, AuditAct.PURGED, wave.organisation.id, wave.title)
    return deleted
