"""What the surroundings decide: which database, which address, which secret.

    KUNDENKOMPASS_DATABASE   the database file; default var/kundenkompass.db
    KUNDENKOMPASS_URL        the address that links and QR codes carry
    KUNDENKOMPASS_LANGUAGE   the command line's language; default: LANG, else German

The secret that signs forms is made once and kept beside the database.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from data.errors import DatabaseProblem
from survey.wording import choose_language

DEFAULT_DATABASE = Path("var") / "kundenkompass.db"


def database_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the database is."""
    return Path(environment.get("KUNDENKOMPASS_DATABASE") or DEFAULT_DATABASE)


def public_url(environment: Mapping[str, str] = os.environ) -> str | None:
    """The address people reach this server at, without a slash at the end, if it was set."""
    return environment.get("KUNDENKOMPASS_URL", "").rstrip("/") or None


def command_line_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language the command line speaks."""
    named = environment.get("KUNDENKOMPASS_LANGUAGE") or environment.get("LANG", "")
    return choose_language([named.split(".")[0]])


def signing_secret(database: Path) -> str:
    """The secret kept beside the database, readable by its owner only; made if missing."""
    path = database.with_suffix(".key")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    except OSError as error:
        raise DatabaseProblem("error.secret_unwritable", path=path) from error
    return path.read_text()
