"""HTML from templates; everything that is filled in is escaped. Imports Jinja only."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template


@cache
def template(folder: Path, name: str, *others: Path) -> Template:
    """A template of a folder, read once; a gap that nothing fills is an error.

    `others`: folders of templates that it stands on.
    """
    environment = Environment(
        loader=FileSystemLoader([folder, *others]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template(name)
