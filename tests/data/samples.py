"""Small values that tests are made of. Nothing random, so that failures repeat."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from random import Random
from typing import TypeVar

from data.model import Department, Response, WaveSettings
from data.questionnaires import FIVE_QUESTIONS, load_instrument

DAY = date(2026, 3, 2)
NEXT_DAY = date(2026, 3, 3)
NOON = datetime.combine(DAY, time(12), UTC)
NEXT_NOON = datetime.combine(NEXT_DAY, time(12), UTC)

SHORT_FORM = ("CP1", "EO1", "TB1", "BO1", "SO1")


def short_settings(title: str = "Kundenkompass 2026", smallest_group: int = 5) -> WaveSettings:
    """The settings of a wave that asks the five core items and both facts."""
    return WaveSettings(
        title=title,
        instrument=FIVE_QUESTIONS,
        items=load_instrument(FIVE_QUESTIONS).short_form(),
        smallest_group=smallest_group,
    )


def nonce(number: int) -> bytes:
    """The key of the response with this number; keys are not in their numbers' order."""
    return Random(number).randbytes(16)  # noqa: S311 - a sample, the same every time


def response(
    number: int,
    department: Department | None = None,
    answers: int | Mapping[str, int] = 3,
    *,
    leads: bool = False,
    customer: bool = False,
    comments: Mapping[str, str] | None = None,
) -> Response:
    """A response with the key `nonce(number)`; one answer for all items, or one each."""
    return Response(
        nonce=nonce(number),
        department=department.id if department else None,
        leads=leads,
        customer=customer,
        answers=dict.fromkeys(SHORT_FORM, answers) if isinstance(answers, int) else answers,
        comments=comments or {},
    )


_Answer = TypeVar("_Answer")


def at_once(act: Callable[[int], _Answer], threads: int = 8) -> list[_Answer]:
    """What `act(0)` … `act(threads - 1)` return when all of them start together."""
    barrier = threading.Barrier(threads)

    def start(number: int) -> _Answer:
        barrier.wait()
        return act(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(start, range(threads)))
