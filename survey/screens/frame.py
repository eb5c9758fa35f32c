"""What every screen shares: its language, its top bar, its style, and what it says in trouble."""

import logging
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import streamlit as st

from data.accounts import Account
from data.errors import Problem
from data.model import Wave
from survey.access import visitor
from survey.charts.look import on_paper
from survey.languages import spoken_in
from survey.screens.places import START, admitted, link
from survey.tables import TABLE_STYLE
from survey.wording import LANGUAGES, Wording, choose_language, wording

_UPLOADER_SPEAKS = """<style>
[data-testid="stFileUploaderDropzone"] button p {font-size: 0}
[data-testid="stFileUploaderDropzone"] button p::after {content: "%s"; font-size: 1rem}
[data-testid="stFileUploaderDropzoneInstructions"] {display: none}
</style>"""

_logger = logging.getLogger(__name__)


def spoken() -> Wording:
    """The wording of the language in the address, else of the browser's."""
    return wording(choose_language(_wanted()))


def spoken_to_employees(wave: Wave) -> Wording:
    """The same as employees read it: in a language of the wave, as their organisation speaks."""
    return spoken_in(wave, _wanted())


def _wanted() -> tuple[str, str]:
    return (st.query_params.get("lang", ""), st.context.locale or "")


def top_bar(say: Wording) -> None:
    """The product's name, the way home, the other language, the way out."""
    st.html(f"<style>{_style()}</style>")
    with st.container(horizontal=True, vertical_alignment="center", key="top_bar"):
        st.html(f'<p class="brand">{say("app.name")}</p>', width="stretch")
        account = visitor()
        if account:
            with st.container(horizontal=True, width="content", key="top_ways"):
                _ways(say, account)
        with st.container(
            horizontal=True, vertical_alignment="center", width="content", key="top_self"
        ):
            if account:
                name = say("nav.signed_in", name=escaped(account.name))
                link(say, "account", name, icon=":material/account_circle:")
                leave(say("nav.sign_out"), "/sign-out", lang=say.language)
            _other_languages(say)


def _ways(say: Wording, account: Account) -> None:
    """To the screens that belong to no single organisation."""
    ways = {
        START: say("nav.start"),
        "results": say("nav.results"),
        "accounts": say("nav.accounts"),
        "audit": say("nav.audit_short"),
    }
    for name, label in ways.items():
        if admitted(name, account):
            link(say, name, label)


def _other_languages(say: Wording) -> None:
    for language in LANGUAGES:
        if language != say.language:
            name = wording(language)("language.name")
            st.button(name, type="tertiary", on_click=_speak, args=(language,))


def closed_door(say: Wording, account: Account | None) -> None:
    """What everybody sees who may not come in here: nothing of anybody's."""
    if account is not None:
        st.title(say("door.not_yours_title"))
        st.write(say("door.not_yours"))
        with st.container(key="step_home"):
            link(say, START, say("nav.start"))
        return
    st.title(say("door.title"))
    st.write(say("door.employee"))
    st.write(say("door.owner"))
    leave(say("door.sign_in"), "/sign-in", next=_here(), lang=say.language, key="step_sign_in")


def leave(label: str, path: str, *, key: str | None = None, **query: str) -> None:
    """A link to a plain page of ours, in the same tab: Streamlit's own links open another."""
    address = escape(f"{path}?{urlencode(query)}")
    with st.container(key=key or f"leave_{path.strip('/')}", width="content"):
        st.html(f'<a class="leave" href="{address}" target="_self">{escape(label)}</a>')


def _here() -> str:
    """The address one is at, to come back to."""
    parts = urlsplit(st.context.url or "/")
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def show_problem(say: Wording, problem: Problem) -> None:
    """What went wrong and what to do next, where the person is looking."""
    st.error(plain_lines(say.problem(problem)))


def show_trouble(error: Exception) -> bool:
    """The last resort: no traceback on a screen, ever."""
    say = spoken()
    if isinstance(error, Problem):
        show_problem(say, error)
    else:
        _logger.error("a screen failed", exc_info=error)
        st.error(say("trouble.unexpected"))
    return True


def uploader_speaks(choose: str) -> str:
    """A style that says `choose` on Streamlit's file uploader, which speaks English only."""
    return _UPLOADER_SPEAKS % choose


def escaped(text: str) -> str:
    """A name as plain text inside Markdown."""
    return _plain(text)


def plain_lines(text: str) -> str:
    """Plain text with its line breaks inside Markdown."""
    return "\n".join(f"{_plain(line)}  " for line in text.splitlines())


def _plain(text: str) -> str:
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()<>#+-.!|~:$&" else sign for sign in text)


def _speak(language: str) -> None:
    st.query_params["lang"] = language


@cache
def _style() -> str:
    files = (Path(__file__).parent / name for name in ("screens.css", "print.css"))
    ours = (file.read_text(encoding="utf-8") for file in files)
    return "".join((*ours, TABLE_STYLE, on_paper()))
