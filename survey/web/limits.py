"""How often somebody may try: moving windows in memory, longer waits after more tries.

Used for passwords and for codes that can be guessed. No Streamlit.
"""

import math
import threading
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


class Attempts:
    """Counts tries, by whoever they are counted for; a restart forgets them."""

    def __init__(self, *rates: str) -> None:
        """Allow no more than each of these, such as "5 per 1 minute", "20 per 15 minute"."""
        self._rates = [parse(rate) for rate in rates]
        self._storage = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._turn = threading.Lock()

    def take(self, *who: str) -> int:
        """Count a try and return 0, or the seconds to wait where there were too many.

        A try that has to wait is not counted: nobody prolongs a wait by trying.
        """
        with self._turn:
            used_up = [rate for rate in self._rates if not self._limiter.test(rate, *who)]
            if not used_up:
                for rate in self._rates:
                    self._limiter.hit(rate, *who)
                return 0
            ends = max(self._limiter.get_window_stats(rate, *who).reset_time for rate in used_up)
        return max(1, math.ceil(ends - time.time()))

    def forget(self, *who: str) -> None:
        """Begin to count anew."""
        with self._turn:
            for rate in self._rates:
                self._storage.clear(rate.key_for(*who))
