"""Starts the real server as a newcomer would, on a free port, and ends it again."""

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
_LINK = re.compile(r"http://\S+/(set-up/\S+|sign-in)")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address, where one begins (a set-up link or sign-in), its database."""

    url: str
    begin: str
    database: Path


@contextmanager
def serving(database: Path, port: int | None = None, *options: str) -> Iterator[Server]:
    """Serve a database until the block ends."""
    port = port or free_port()
    environment = {**os.environ, "KUNDENKOMPASS_DATABASE": str(database), "PYTHONUNBUFFERED": "1"}
    environment.pop("KUNDENKOMPASS_URL", None)
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "streamlit", "run", "streamlit_app.py"),
            *(f"--server.port={port}", "--server.address=127.0.0.1"),
            *options,
        ],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    console = process.stdout
    assert console is not None
    try:
        link = _printed_link(console)
        rest = threading.Thread(target=console.read, daemon=True)
        rest.start()
        yield Server(f"http://127.0.0.1:{port}", link, database)
    finally:
        process.terminate()
        process.wait(timeout=20)
        rest.join()
        console.close()


def _printed_link(console: IO[str]) -> str:
    """Read what the console prints until it says where to begin."""
    printed = ""
    for line in console:
        printed += line
        found = _LINK.search(line)
        if found:
            return found[0]
    raise RuntimeError(f"the server ended before it said where to begin:\n{printed}")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
