"""Words in texts: what counts as the same, and what is marked."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.searching import holds_all, pieces, search_words


def marked(text: str, typed: str) -> str:
    """The text with its hits in brackets."""
    found = pieces(text, search_words(typed))
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in found)


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Das FORMULAR fehlt.", "formular", "Das [FORMULAR] fehlt."),
        ("Zu viele Bestellformulare", "Formular", "Zu viele Bestell[formular]e"),
        ("Die Rückmeldung fehlt", "ruckmeldung", "Die [Rückmeldung] fehlt"),
        ("Die Ruckmeldung fehlt", "Rückmeldung", "Die [Ruckmeldung] fehlt"),
        ("Die Straße hinunter", "strasse", "Die [Straße] hinunter"),
        ("Die STRASSE hinunter", "straße", "Die [STRASSE] hinunter"),
        ("Das Maß ist voll", "mas", "Das [Maß] ist voll"),
        ("Kunde kennt Kunden", "kunde", "[Kunde] kennt [Kunde]n"),
        ("Papapapa", "papapa", "[Papapapa]"),
        ("mehr Zeit, mehr Geld", "zeit geld", "mehr [Zeit], mehr [Geld]"),
        ("Café au lait", "cafe", "[Café] au lait"),
        ("a.c und abc", "a.c", "[a.c] und abc"),
        ("nichts davon", "formular", "nichts davon"),
        ("nichts davon", "", "nichts davon"),
        ("", "formular", ""),
    ],
)
def test_a_word_is_found_however_it_is_written(text: str, typed: str, expected: str) -> None:
    """Capitals, umlauts, accents, ß; inside longer words; and as letters, not as a pattern."""
    assert marked(text, typed) == expected


def test_letters_and_accents_that_are_written_apart_are_marked_together() -> None:
    """Some systems write ü as u and two dots."""
    apart = unicodedata.normalize("NFD", "Rückmeldü!")
    assert marked(apart, "rückmeldu") == f"[{apart[:-1]}]!"


def test_a_text_holds_all_words_or_is_not_found() -> None:
    """In any order."""
    assert holds_all("Mehr Zeit für Kunden", search_words("kunden ZEIT"))
    assert not holds_all("Mehr Zeit für Kunden", search_words("kunden geld"))


@given(st.text(), st.text())
def test_the_pieces_put_together_are_the_text_and_hits_are_where_it_holds_them(
    text: str, typed: str
) -> None:
    """Whatever is in it; and where nothing is marked, nothing was found."""
    words = search_words(typed)
    found = pieces(text, words)
    assert "".join(piece.text for piece in found) == text
    if words and holds_all(text, words):
        assert any(piece.hit for piece in found)
