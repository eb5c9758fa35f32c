"""Starts and stops the real server, and runs the real command line, on a database of its own."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.accounts import Role
from data.errors import SetUpProblem
from data.sqlite import open_store
from survey.settings import signing_secret
from survey.visitors import COOKIE, Visitors

ROOT = Path(__file__).parents[2]
"""The project's folder: settings in `.streamlit` are read from here."""

HOST = "127.0.0.1"
OWNER = "bench@example.org"
_START_SECONDS = 60
_STOP_SECONDS = 15
_BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    port: int
    database: Path

    @property
    def url(self) -> str:
        """Where its pages are."""
        return f"http://{HOST}:{self.port}"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took: seconds by the wall's clock, and its largest memory in bytes."""

    seconds: float
    peak: int


@contextlib.contextmanager
def serving(database: Path) -> Iterator[Server]:
    """The real server over this database, for as long as the block runs."""
    port = _free_port()
    options = (f"--server.port={port}", f"--server.address={HOST}")
    said = database.with_suffix(".log")
    with said.open("w") as log:
        process = subprocess.Popen(
            [_BIN / "streamlit", "run", "streamlit_app.py", *options],
            cwd=ROOT,
            env=_surroundings(database),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_healthy(process, port, said)
        yield Server(port, database)
    finally:
        _stop(process)


def run_command(database: Path, *arguments: str) -> Cost:
    """`kundenkompass …` over this database. `RuntimeError` with what it said if it fails."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.load.weigh", _BIN / "kundenkompass", *arguments],
        cwd=ROOT,
        env=_surroundings(database),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        said, _ = process.communicate()
    finally:
        _stop(process)
    *lines, cost = said.splitlines()
    if process.returncode:
        raise RuntimeError(f"kundenkompass {' '.join(arguments)}: {' '.join(lines)}")
    seconds, peak = cost.split()
    return Cost(float(seconds), int(peak))


def owner_cookie(server: Server) -> str:
    """The `Cookie` header of a browser in which an owner is signed in."""
    with contextlib.closing(open_store(server.database)) as store:
        with contextlib.suppress(SetUpProblem):
            store.accounts.add(OWNER, "Bench", Role.OWNER, {})
        visitors = Visitors(store, signing_secret(server.database))
        value = visitors.sign_in(store.accounts.find(OWNER), datetime.now())
    return f"{COOKIE}={value}"


def _surroundings(database: Path) -> dict[str, str]:
    """This environment with this database, in German, and without settings of the caller's."""
    ours = ("KUNDENKOMPASS_", "STREAMLIT_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"KUNDENKOMPASS_DATABASE": str(database), "KUNDENKOMPASS_LANGUAGE": "de"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(process: subprocess.Popen[bytes], port: int, said: Path) -> None:
    """Ask `/healthz` until it answers 200; the server's own words if it gives up."""
    patience = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < patience:
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        with contextlib.closing(connection), contextlib.suppress(OSError):
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start: {said.read_text()[-2000:]}")


def _stop(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """End this process, politely first; nothing to do if it has ended."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
