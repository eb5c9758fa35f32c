"""What the surroundings decide: which database, which address, which secret.

    KUNDENKOMPASS_DATABASE   the database file; default var/kundenkompass.db
    KUNDENKOMPASS_URL        the address that links and QR codes carry
    KUNDENKOMPASS_PROXY      the reverse proxies whose X-Forwarded-For is believed
    KUNDENKOMPASS_SMTP       the mail server, and KUNDENKOMPASS_SMTP_FROM: see `survey.mailserver`
    KUNDENKOMPASS_LANGUAGE   the command line's language; default: LANG, else German

The secret that signs forms is made once and kept beside the database.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from data.errors import DatabaseProblem
from survey.web.client import Proxies, read_proxies
from survey.wording import choose_language

DEFAULT_DATABASE = Path("var") / "kundenkompass.db"


def database_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the database is."""
    return Path(environment.get("KUNDENKOMPASS_DATABASE") or DEFAULT_DATABASE)


def public_url(environment: Mapping[str, str] = os.environ) -> str | None:
    """The address people reach this server at, without a slash at the end, if it was set."""
    return environment.get("KUNDENKOMPASS_URL", "").rstrip("/") or None


def proxies(environment: Mapping[str, str] = os.environ) -> Proxies:
    """The reverse proxies in front of this server, if there are any."""
    return read_proxies(environment.get("KUNDENKOMPASS_PROXY", ""))


def command_line_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language the command line speaks."""
    named = environment.get("KUNDENKOMPASS_LANGUAGE") or environment.get("LANG", "")
    return choose_language([named.split(".")[0]])


def signing_secret(database: Path) -> str:
    """The secret kept beside the database, readable by its owner only; made if missing."""
    path = database.with_name(f"{database.name}.key")
    try:
        kept = path.read_text() if path.exists() else ""
        return kept or _new_secret(path)
    except (OSError, UnicodeDecodeError) as error:
        raise DatabaseProblem("error.secret_unwritable", path=path) from error


def _new_secret(path: Path) -> str:
    """Written whole beside its place first, so that a half-written secret is never read."""
    secret = secrets.token_hex(32)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secret)
    draft.replace(path)
    return secret
