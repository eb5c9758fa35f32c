"""Turns a privacy sheet into one HTML page to read and to print. No Streamlit."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from data.questionnaires import load_instrument
from data.settings_log import LogAct, LogEntry
from survey.form.page import sheet_page
from survey.languages import others_offered
from survey.privacy_sheet import Sheet
from survey.wording import Wording

_TOLD = {
    "position": "sheet.set_position",
    "position_by_division": "sheet.set_position_by_division",
    "contact": "sheet.set_contact",
    "contact_by_division": "sheet.set_contact_by_division",
}


def privacy_sheet(say: Wording, sheet: Sheet, code: str, today: date) -> str:
    """The page. `code`: of the link it was asked for by."""
    instrument = load_instrument(sheet.wave.settings.instrument)
    return sheet_page(
        say=say,
        others=others_offered(sheet.wave, say),
        sheet=sheet,
        organisation=sheet.wave.organisation,
        wave=sheet.wave,
        settings=sheet.wave.settings,
        language=instrument.spoken(say.language),
        code=code,
        today=today,
        groups=_groups(say, sheet),
        acts=[(entry, _act(say, entry)) for entry in sheet.log],
    )


def _groups(say: Wording, sheet: Sheet) -> list[str]:
    """What may be shown, in words."""
    settings = sheet.wave.settings
    found = [say("sheet.groups_alone")]
    if sheet.departments:
        found = [say("sheet.groups_tree", number=sheet.departments)]
    if settings.position:
        by = settings.position_by_division
        found.append(say("sheet.groups_position_divisions" if by else "sheet.groups_position"))
    if settings.contact:
        by = settings.contact_by_division
        found.append(say("sheet.groups_contact_divisions" if by else "sheet.groups_contact"))
    return found


def _act(say: Wording, entry: LogEntry) -> str:
    """One entry in words; what a tampered entry lacks is a question mark."""
    known: Mapping[str, Any] = entry.details
    return {
        LogAct.OPENED: lambda: say("sheet.act_opened", settings=_settings(say, known)),
        LogAct.REOPENED: lambda: say("sheet.act_reopened", settings=_settings(say, known)),
        LogAct.CLOSED: lambda: say("sheet.act_closed"),
        LogAct.GROUP_RAISED: lambda: say(
            "sheet.act_group_raised", smallest=known.get("smallest_group", "?")
        ),
        LogAct.RELEASED: lambda: say(
            "sheet.act_released",
            shown=known.get("figures_shown", "?"),
            withheld=known.get("figures_withheld", "?"),
        ),
        LogAct.PURGED: lambda: say("sheet.act_purged", responses=known.get("responses", "?")),
    }[entry.act]()


def _settings(say: Wording, known: Mapping[str, Any]) -> str:
    items = known.get("items", "?")
    told = [
        say("sheet.set_smallest", number=known.get("smallest_group", "?")),
        say("sheet.set_items", number=len(items) if isinstance(items, list) else "?"),
        *(say(key) for name, key in _TOLD.items() if known.get(name)),
        say("sheet.set_days", number=known.get("retention_days", "?")),
    ]
    return ", ".join(told)
