"""What the server does by itself while it runs. No Streamlit."""

import asyncio
import logging
from datetime import date

from starlette.concurrency import run_in_threadpool

from data.errors import DatabaseProblem
from data.store import Store

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
    store.answers.purge(today)
    store.truncate_log()
