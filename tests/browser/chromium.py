"""Finds a Chromium for the journeys, and gets one where there is none.

`python -m tests.browser.chromium` is what `make test` runs first: on Debian it
installs apt's chromium, elsewhere Playwright's own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

HOW_TO = """No Chromium was found, and none could be installed. The journeys need one:
  Debian, Ubuntu:  sudo apt-get install chromium fonts-liberation
  elsewhere:       .venv/bin/playwright install chromium
or name one:       KUNDENKOMPASS_BROWSER=/path/to/chromium make test"""


def find_chromium() -> str | None:
    """The path of a Chromium, or None."""
    named = os.environ.get("KUNDENKOMPASS_BROWSER")
    if named:
        return named if Path(named).is_file() else None
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def install() -> None:
    """Try the ways there are; each may fail, what counts is whether one is found."""
    if shutil.which("apt-get"):
        rights = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        wanted = ["--no-install-recommends", "chromium", "fonts-liberation"]
        for command in (["update", "-qq"], ["install", "-y", "-qq", *wanted]):
            _try([*rights, "apt-get", *command], quiet)
    if find_chromium() is None:
        _try([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def _try(command: list[str], environment: dict[str, str]) -> None:
    try:
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    except OSError as error:
        print(f"{command[0]}: {error}", file=sys.stderr)


if __name__ == "__main__":
    if find_chromium() is None:
        install()
    if find_chromium() is None:
        sys.exit(HOW_TO)
