"""What the server does by itself while it runs. No Streamlit."""

import asyncio
import logging
from datetime import date, timedelta

from starlette.concurrency import run_in_threadpool

from data.errors import DatabaseProblem
from data.model import RETENTION_DAYS
from data.store import Store

LOG_SECONDS = 60
"""How long the write-ahead log may keep an order of arrival."""

_logger = logging.getLogger(__name__)


async def keep_up(store: Store) -> None:
    """Empty the log every minute, and delete raw answers whose time is over."""
    while True:
        try:
            await run_in_threadpool(look_after, store, date.today())
        except DatabaseProblem as problem:
            _logger.warning("upkeep: %s (%s)", problem.key, problem.values)
        await asyncio.sleep(LOG_SECONDS)


def look_after(store: Store, today: date) -> None:
    """One round of upkeep."""
    store.answers.purge(today - timedelta(days=RETENTION_DAYS))
    store.truncate_log()
