"""The wall's templates and its style. Parts that are HTML already are filled in as they are."""

from pathlib import Path

from markupsafe import Markup

from survey.templating import template

_HERE = Path(__file__).parent
STYLE = (_HERE / "wall.css").read_text(encoding="utf-8")
"""How the wall looks. A screen sends it once, not each time that it draws the wall."""


def fill(name: str, **values: object) -> Markup:
    """One of the wall's templates as HTML; text that is filled in is escaped."""
    return Markup(template(_HERE / "templates", name).render(**values))  # noqa: S704 - our own templates
