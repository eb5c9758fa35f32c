"""Addresses of screens on this server, for links in HTML. No Streamlit."""

from urllib.parse import urlencode

from data.model import Wave
from data.results import Group, GroupKind
from data.workshops import Workshop
from scoring.gaps import Gap
from survey.wording import Wording


def view_address(say: Wording, wave: Wave, view: str, **choices: str) -> str:
    """A view of a wave's results, in the language spoken; `choices` as its address names them."""
    return f"/{view}?{urlencode({'wave': wave.code, **choices, 'lang': say.language})}"


def gap_address(say: Wording, wave: Wave, gap: Gap) -> str:
    """Where a gap is drawn among those of its kind."""
    return view_address(say, wave, "gaps", gap=gap.kind.value, question=gap.question.id)


def department_address(say: Wording, wave: Wave, group: Group) -> str:
    """Of a department's own screen; "" of a group that has none."""
    if group.kind is not GroupKind.DEPARTMENT:
        return ""
    return view_address(say, wave, "department", department=" / ".join(group.path))


def measure_address(say: Wording, wave: Wave, group: Group, dimension: str) -> str:
    """Where a measure about a group's department and a dimension can be agreed on."""
    asked = {"dimension": dimension, "new": "1"}
    if group.path:
        asked["department"] = " / ".join(group.path)
    return view_address(say, wave, "priorities", **asked)


def projector_address(say: Wording, workshop: Workshop) -> str:
    """Of a workshop's wall, in a window of its own."""
    return f"/projector?{urlencode({'workshop': workshop.code, 'lang': say.language})}"


def protocol_address(say: Wording, workshop: Workshop) -> str:
    """Where what came of a workshop can be read."""
    return f"/protocol?{urlencode({'workshop': workshop.code, 'lang': say.language})}"
