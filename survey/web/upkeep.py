"""What the server does by itself while it runs. No Streamlit."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from starlette.concurrency import run_in_threadpool

from data.audit import AuditAct
from data.errors import Problem
from data.model import Wave
from data.store import Store
from survey.auditing import COMMAND_LINE, note
from survey.running import keep_time

LOG_SECONDS = 60
"""How long the write-ahead log may keep an order of arrival."""

TIME_SECONDS = 5
"""How late a wave may open or close by itself. No answer counts after its end anyway."""

_logger = logging.getLogger(__name__)


async def keep_up(store: Store, every: float = LOG_SECONDS) -> None:
    """Empty the log every so many seconds, and delete raw answers whose time is over."""
    await _again_and_again(lambda: look_after(store, date.today()), every)


async def keep_waves(store: Store, every: float = TIME_SECONDS) -> None:
    """Open and close waves at their time."""
    await _again_and_again(lambda: keep_time(store, datetime.now(UTC)), every)


def look_after(store: Store, today: date) -> None:
    """One round of upkeep."""
    purge_due(store, today)
    end_forgotten(store, today)
    store.truncate_log()


async def _again_and_again(act: Callable[[], object], every: float) -> None:
    while True:
        try:
            await run_in_threadpool(act)
        except Problem as problem:
            _logger.warning("upkeep: %s (%s)", problem.key, problem.values)
        await asyncio.sleep(every)


def purge_due(store: Store, today: date) -> Mapping[Wave, int]:
    """Delete raw answers whose time is over, and write that down; responses deleted, by wave."""
    with store.together():
        deleted = store.answers.purge(today)
        for wave in deleted:
            note(store, COMMAND_LINE, AuditAct.PURGED, wave.organisation.id, wave.title)
    return deleted


def end_forgotten(store: Store, today: date) -> None:
    """End workshops that nobody ended: votes by phone are not kept for longer than needed."""
    with store.together():
        for workshop in store.workshops.end_forgotten(today):
            organisation, title = workshop.organisation.id, workshop.plan.title
            note(store, COMMAND_LINE, AuditAct.WORKSHOP_ENDED, organisation, title)
