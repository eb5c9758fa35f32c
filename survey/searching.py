"""Finding words in texts, however they are capitalised or accented. Pure.

ü is found by u, ß by ss and the other way round; a word is found inside a
longer one, for German words are made of others.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, as it was written; `hit`: whether it was searched for."""

    text: str
    hit: bool = False


def search_words(typed: str) -> tuple[str, ...]:
    """What somebody typed, word by word, made comparable; () for nothing to search for."""
    folded = (_folded(word) for word in typed.split())
    return tuple(dict.fromkeys(word for word in folded if word))


def holds_all(text: str, words: Sequence[str]) -> bool:
    """Whether each of the words (`search_words`) is somewhere in a text."""
    folded = _folded(text)
    return all(word in folded for word in words)


def pieces(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """A text cut where one of the words begins or ends; put together it is the text again."""
    hit = _hits(text, words)
    found: list[Piece] = []
    begin = 0
    for n in range(1, len(text) + 1):
        if n == len(text) or hit[n] != hit[begin]:
            found.append(Piece(text[begin:n], hit[begin]))
            begin = n
    return tuple(found)


def _hits(text: str, words: Sequence[str]) -> list[bool]:
    """Of each letter of a text, whether it is part of a hit; accents go with their letter."""
    letters = [_folded(letter) for letter in text]
    origin = [n for n, folded in enumerate(letters) for _ in folded]
    folded, hit = "".join(letters), [False] * len(text)
    for word in words:
        at = folded.find(word)
        while at >= 0:
            for n in range(origin[at], origin[at + len(word) - 1] + 1):
                hit[n] = True
            at = folded.find(word, at + 1)
    for n, letter in enumerate(letters[1:], start=1):
        hit[n] = hit[n - 1] if not letter else hit[n]
    return hit


def _folded(text: str) -> str:
    """Without capitals and accents; ß is ss."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
