"""What changes in a tree of departments, as a table to read before it is saved. No Streamlit."""

from collections.abc import Iterable
from dataclasses import dataclass

from data.model import DepartmentPath
from data.tree import Change, ChangeKind
from survey.tables import render
from survey.wording import Wording


@dataclass(frozen=True, slots=True)
class _Line:
    """One change, in words."""

    what: str
    department: str
    before: str
    after: str


_KINDS = {
    ChangeKind.ADDED: "departments.added",
    ChangeKind.MOVED: "departments.moved",
    ChangeKind.REMOVED: "departments.removed",
    ChangeKind.HEADCOUNT: "departments.headcount",
    ChangeKind.CONTACT: "departments.contact",
}


def change_table(say: Wording, changes: Iterable[Change]) -> str:
    """Every change with what was and what will be."""
    return render("changes.html", say=say, lines=[_line(say, change) for change in changes])


def _line(say: Wording, change: Change) -> _Line:
    what, name = say(_KINDS[change.kind]), " / ".join(change.path)
    if change.kind is ChangeKind.ADDED:
        return _Line(what, name, "", _added(say, change))
    if change.kind is ChangeKind.REMOVED:
        return _Line(what, name, "" if change.before is None else _value(say, change.before), "")
    before, after = _value(say, change.before), _value(say, change.after)
    if change.kind is ChangeKind.MOVED:
        return _Line(what, before, "", after)
    return _Line(what, name, before, after)


def _added(say: Wording, change: Change) -> str:
    """What is said of a new department."""
    heads = "" if change.after is None else _value(say, change.after)
    if change.contact is None:
        return heads
    contact = say("departments.with") if change.contact else say("departments.without")
    return f"{heads} · {contact}" if heads else contact


def _value(say: Wording, value: DepartmentPath | int | None) -> str:
    if isinstance(value, tuple):
        return " / ".join(value)
    if value is None:
        return say("departments.unsaid")
    if isinstance(value, bool):
        return say("departments.yes") if value else say("departments.no")
    return say.number(value, 0)
