"""What figures mean, folded up beside them: entries of the method. No Streamlit."""

from collections.abc import Collection

from survey.method import entries
from survey.tables import render
from survey.wording import Wording


def explanation(say: Wording, topics: Collection[str]) -> str:
    """The plain sentences of these entries (`survey.method.ENTRIES`), with the way to the rest."""
    found = [entry for entry in entries(say) if f"method.{entry.id}" in topics]
    return render("explained.html", say=say, entries=found)
