"""The method page: every figure has what a manager and a statistician need."""

import re

import pytest

from survey.method import ENTRIES, as_html, as_markdown, entries
from survey.wording import LANGUAGES, wording

SENTENCE_END = re.compile(r"[.!?](?= |$)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_figure_has_two_sentences_a_formula_and_a_source(language: str) -> None:
    """Two for a manager; beneath them what can be checked."""
    found = entries(wording(language))
    assert len(found) == len(ENTRIES)
    sentences = {entry.id: len(SENTENCE_END.findall(entry.plain)) for entry in found}
    assert {id_: count for id_, count in sentences.items() if count != 2} == {}
    assert [
        entry.id for entry in found if not (entry.title and entry.formula and entry.source)
    ] == []


def test_both_languages_explain_with_the_same_formulas() -> None:
    """As many lines of formula, and the same letters in them."""
    german, english = (entries(wording(language)) for language in ("de", "en"))
    for one, other in zip(german, english, strict=True):
        assert one.formula.count("\n") == other.formula.count("\n"), one.id
        assert set("αωδλτσψ") & set(one.formula) == set("αωδλτσψ") & set(other.formula), one.id


def test_the_document_and_the_screen_say_the_same() -> None:
    """Every title, in the same order."""
    say = wording("de")
    titles = [entry.title for entry in entries(say)]
    assert re.findall(r"^## (.*)$", as_markdown(say), flags=re.MULTILINE) == titles
    assert re.findall(r"<h2>(.*)</h2>", as_html(say)) == titles
