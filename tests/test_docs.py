"""What the documents name exists."""

import re
import tomllib
from pathlib import Path

import pytest

from survey.cli import main
from survey.method import as_markdown
from survey.wording import wording

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_and_picture_of_a_document_is_there(document: Path) -> None:
    """A relative link leads to a file or folder of the project."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_of_a_document_is_in_the_makefile(document: Path) -> None:
    """`make xyz` can be typed."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z-]+)\b(?= *[`\n#A-Z]|  )", document.read_text()))
    assert named <= targets


def test_every_command_and_option_of_the_readme_exists() -> None:
    """What the README types on the command line is understood there."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"bin/kundenkompass ([a-z-]+)", readme))
    assert commands | {"demo"} == set(main.commands)
    options = set(re.findall(r"--[a-z-]+", readme.split("bin/kundenkompass import")[1][:900]))
    known = {o for command in main.commands.values() for p in command.params for o in p.opts}
    assert options - {"--help"} <= known


def test_the_method_page_is_the_one_of_the_app() -> None:
    """docs/method.md says in English what the screen says; `make method` writes it anew."""
    page = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    assert page == as_markdown(wording("en"))


def test_the_guide_calls_everything_as_the_screens_do() -> None:
    """What docs/first-survey.md prints in bold, but for its steps, is an English text of ours."""
    guide = (ROOT / "docs" / "first-survey.md").read_text(encoding="utf-8")
    texts = (ROOT / "survey" / "wording" / "en.po").read_text(encoding="utf-8")
    labels = {label for label in re.findall(r"\*\*([^*]+)\*\*", guide) if " · " not in label}
    assert len(labels) > 20
    assert {label for label in labels - {"bold"} if f'msgstr "{label}"' not in texts} == set()


def test_every_setting_of_the_readme_is_read_somewhere() -> None:
    """Each KUNDENKOMPASS_ variable of the README is in the settings."""
    named = set(re.findall(r"KUNDENKOMPASS_[A-Z]+", (ROOT / "README.md").read_text()))
    settings = (ROOT / "survey" / "settings.py").read_text()
    assert {name for name in named if name not in settings} == set()


def test_the_streamlit_settings_that_are_explained_are_set() -> None:
    """Each row of decision 0003's table is in .streamlit/config.toml with that value."""
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    page = (ROOT / "docs" / "decisions" / "0003-streamlit-settings.md").read_text()
    rows = re.findall(r"^\| `([a-z]+)\.([A-Za-z]+) = ([^`]+)` \|", page, flags=re.MULTILINE)
    assert len(rows) == 10
    for section, name, value in rows:
        assert config[section][name] == tomllib.loads(f"x = {value}")["x"]


def test_the_lock_names_no_address() -> None:
    """The lock files hold names, versions and hashes, and no index or download address."""
    for name in ("requirements.lock", "requirements-uv.lock"):
        assert "://" not in (ROOT / name).read_text()
