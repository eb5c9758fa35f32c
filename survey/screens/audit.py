"""The audit log, for owners: who did what and when, newest first."""

from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import streamlit as st

from data.accounts import Account
from data.audit import AuditEntry
from data.model import ZONE
from survey.audit_words import ACTS, who_name
from survey.house import house
from survey.screens.guard import asked_organisation, guarded
from survey.screens.places import link
from survey.tables import render
from survey.web.audit_download import PATH
from survey.wording import Wording

_A_PAGE = 50
_ORGANISATION, _WHO, _PAGE = "organisation", "who", "page"


@guarded
def show(say: Wording, account: Account) -> None:
    """The entries that the address asks for, a page at a time, and all of them as a file."""
    log = house().store.audit
    asked = asked_organisation(account)
    st.title(say("nav.audit"))
    st.write(say("audit.intro"))
    names = {one.id: one.name for one in house().store.organisations.all()}
    organisation, who = asked.id if asked else None, st.query_params.get(_WHO, "")
    _filters(say, names, log.people())
    number = log.count(organisation=organisation, who=who)
    if not number:
        st.info(say("audit.none_like_this" if organisation or who else "audit.none"))
        return
    last = (number - 1) // _A_PAGE
    page = min(_asked_page(), last)
    entries = log.read(_A_PAGE, skip=page * _A_PAGE, organisation=organisation, who=who)
    zone = _zone()
    st.caption(say.count("audit.shown", number, zone=zone.key))
    st.html(_table(say, entries, names, zone))
    chosen = {_ORGANISATION: str(organisation or ""), _WHO: who}
    chosen = {name: value for name, value in chosen.items() if value}
    _pages(say, page, last, chosen)
    query = urlencode({**chosen, "lang": say.language})
    st.link_button(say("audit.download"), f"{PATH}?{query}")


def _filters(say: Wording, names: dict[int, str], people: tuple[str, ...]) -> None:
    with st.container(horizontal=True):
        every = {"": say("audit.every_organisation")}
        every |= {str(id_): name for id_, name in names.items()}
        _choose(say("audit.organisation"), every, _ORGANISATION)
        everybody = {"": say("audit.everybody")} | {who: who_name(say, who) for who in people}
        _choose(say("audit.who"), everybody, _WHO)


def _choose(label: str, options: dict[str, str], name: str) -> None:
    """A choice that lives in the address under `name`."""
    values, key, wanted = list(options), f"audit_{name}", st.query_params.get(name, "")
    st.selectbox(
        label,
        values,
        index=values.index(wanted) if wanted in values else 0,
        format_func=options.__getitem__,
        key=key,
        on_change=_remember,
        args=(name, key),
        width=360,
    )


def _remember(name: str, key: str) -> None:
    """Another choice begins on its first page."""
    st.query_params.pop(_PAGE, None)
    if st.session_state[key]:
        st.query_params[name] = st.session_state[key]
    else:
        st.query_params.pop(name, None)


def _asked_page() -> int:
    """Counted from 0; in the address from 1."""
    text = st.query_params.get(_PAGE, "")
    return max(0, int(text) - 1) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _zone() -> ZoneInfo:
    """The browser's time zone, which the person reads the clock in."""
    try:
        return ZoneInfo(st.context.timezone or ZONE)
    except (ValueError, OSError):
        return ZoneInfo(ZONE)


def _table(
    say: Wording, entries: tuple[AuditEntry, ...], names: dict[int, str], zone: ZoneInfo
) -> str:
    lines = [
        {
            "at": say.moment(entry.at.astimezone(zone)),
            "who": who_name(say, entry.who),
            "act": say(ACTS[entry.act]),
            "about": _about(entry, names),
        }
        for entry in entries
    ]
    return render("audit.html", say=say, lines=lines)


def _about(entry: AuditEntry, names: dict[int, str]) -> str:
    """What it was about and whose that is, each said once."""
    organisation = names.get(entry.organisation or 0, "")
    return " · ".join(dict.fromkeys(filter(None, (entry.subject, organisation))))


def _pages(say: Wording, page: int, last: int, chosen: dict[str, str]) -> None:
    if not last:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if page > 0:
            link(say, "audit", say("audit.newer"), **chosen, **{_PAGE: str(page)})
        st.write(say("audit.page", page=page + 1, pages=last + 1))
        if page < last:
            link(say, "audit", say("audit.older"), **chosen, **{_PAGE: str(page + 2)})
