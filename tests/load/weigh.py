"""Runs one command and says what it cost; `python -m tests.load.weigh COMMAND …`.

The last line of stdout holds the seconds and the largest memory in bytes. It is
a small process of its own, since Linux counts the memory of whoever starts a
program as that program's.
"""

import resource
import signal
import subprocess
import sys
import time


def main() -> None:
    """Run it, print its cost, end as it ended."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    started = time.perf_counter()
    done = subprocess.run(sys.argv[1:], check=False, stderr=subprocess.STDOUT)
    seconds = time.perf_counter() - started
    unit = 1 if sys.platform == "darwin" else 1024
    print(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
