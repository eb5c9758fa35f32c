"""Everything a person reads, by key and language. Imports Babel, gettext and data's values.

A language is a file beside this one (`de.po`, `en.po`); German is the first.
The catalogues' message ids are keys such as `form.send`, never sentences.
`form.send@du` is what employees of an organisation that says "du" read instead.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, negotiate_locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from data.errors import ImportProblem, Problem, WaveProblem
from data.model import Address, Organisation, WaveState

CATALOGUES = Path(__file__).parent
DEFAULT_LANGUAGE = "de"
LANGUAGES = (
    DEFAULT_LANGUAGE,
    *sorted(file.stem for file in CATALOGUES.glob("*.po") if file.stem != DEFAULT_LANGUAGE),
)

_ACCEPTED = re.compile(
    r"\s*(?P<tag>[a-z0-9*-]+)\s*(;\s*q\s*=\s*(?P<weight>[01](\.\d*)?)\s*)?", re.IGNORECASE
)

_FORMATS = {"en": "en_GB"}
"""Whose numbers and dates a language uses, where it is not simply its own."""

_DU = "@du"
"""What ends the key of a text for people who are addressed informally."""

_GERMAN = "de"
_SWISS = str.maketrans(
    {
        "\N{LATIN SMALL LETTER SHARP S}": "ss",
        "\N{LATIN CAPITAL LETTER SHARP S}": "SS",
        "\N{DOUBLE LOW-9 QUOTATION MARK}": "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}",
        "\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}",
        "\N{SINGLE LOW-9 QUOTATION MARK}": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
        "\N{LEFT SINGLE QUOTATION MARK}": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
    }
)
"""How the Swiss spell German: no sharp s, and guillemets that point outwards."""

_EXACT_DIGITS = 9
"""Digits beyond which a number is only the computer's rounding."""

_STATES = {
    WaveState.DRAFT: "state.draft",
    WaveState.OPEN: "state.open",
    WaveState.CLOSED: "state.closed",
    WaveState.RELEASED: "state.released",
}


class Wording:
    """The texts, numbers and dates of one language.

    `tag`: the language as browsers name it, such as "de" or "de-CH".
    """

    def __init__(self, language: str, *, du: bool = False, swiss: bool = False) -> None:
        """Read the catalogue of `language`, one of `LANGUAGES`.

        `du`: say "du" where the catalogue can. `swiss`: spell as in Switzerland.
        """
        self.language = language
        self.tag = f"{language}-CH" if swiss else language
        self._swiss = swiss
        self._locale = Locale.parse(_FORMATS.get(language, self.tag), sep="-" if swiss else "_")
        with (CATALOGUES / f"{language}.po").open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
        if du:
            _say_du(catalogue)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        self._translations = GNUTranslations(compiled)

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, with its gaps filled."""
        text = self.spelled(self._translations.gettext(key))
        return text.format_map(self._readable(values))

    def count(self, key: str, number: int, **values: object) -> str:
        """The text of a key in the number's grammatical form; `{number}` is the number."""
        text = self.spelled(self._translations.ngettext(key, key, number))
        return text.format_map(self._readable({"number": number, **values}))

    def spelled(self, text: str) -> str:
        """A text of ours that is in no catalogue, such as a statement, spelled as the others."""
        return text.translate(_SWISS) if self._swiss else text

    def state(self, state: WaveState) -> str:
        """What a wave's state is called."""
        return self(_STATES[state])

    def number(self, value: float, digits: int = 1, *, signed: bool = False) -> str:
        """A number with a fixed number of digits; `signed` shows its sign unless it is 0."""
        rounded = _half_up(value, digits)
        return _written(self._locale, rounded, digits, signed=signed and bool(rounded))

    def percent(self, share: float) -> str:
        """A share of 0…1 in whole per cent; 0 and 100 % are said of nobody and everybody only."""
        whole = min(0.99, max(0.01, float(_half_up(share, 2)))) if 0 < share < 1 else share
        text = format_percent(whole, locale=self._locale)
        if 0.995 <= share < 1:
            return self("wording.almost_all", share=text)
        return self("wording.almost_none", share=text) if 0 < share < 0.005 else text

    def listed(self, names: Iterable[str]) -> str:
        """Names in a row, the last one joined by "and"."""
        return format_list(tuple(names), locale=self._locale)

    def day(self, day: date) -> str:
        """A date, written out."""
        return format_date(day, format="long", locale=self._locale)

    def time(self, moment: datetime) -> str:
        """The time of day, where the server is."""
        return format_time(moment.astimezone(), format="short", locale=self._locale)

    def moment(self, moment: datetime) -> str:
        """A day and the time of day, in the moment's own time zone."""
        day = format_date(moment.date(), format="long", locale=self._locale)
        time = format_time(moment.time(), format="short", locale=self._locale)
        return self("wording.moment", day=day, time=time)

    def problem(self, problem: Problem) -> str:
        """What went wrong, what it concerns and what to do next; several findings a line each."""
        findings = problem.findings if isinstance(problem, ImportProblem | WaveProblem) else ()
        lines = [self(problem.key, **problem.values), *(self.problem(f) for f in findings)]
        return "\n".join(lines)

    def _readable(self, values: dict[str, object]) -> dict[str, object]:
        return {name: self._one(value) for name, value in values.items()}

    def _one(self, value: object) -> object:
        if isinstance(value, WaveState):
            return self.state(value)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, int):
            return self.number(value, 0)
        if isinstance(value, float):
            return self.number(value, 1)
        return value


@lru_cache(maxsize=10_000)
def _written(locale: Locale, rounded: Decimal, digits: int, *, signed: bool) -> str:
    """A rounded number in a language; kept, since a view has few different ones very often."""
    shape = "#,##0" + ("." + "0" * digits if digits else "")
    told = f"+{shape};\N{MINUS SIGN}{shape}" if signed else shape
    return format_decimal(rounded, format=told, locale=locale).replace("-", "\N{MINUS SIGN}")


def _half_up(value: float, digits: int) -> Decimal:
    """Rounded as people do it: 2.25 is 2.3, not 2.2; and never minus nothing."""
    exact = Decimal(str(round(value, _EXACT_DIGITS)))
    if not exact.is_finite():
        return exact
    return exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP) or Decimal(0)


def _say_du(catalogue: Catalog) -> None:
    """Put the informal texts in the places of those that they are variants of."""
    for message in list(catalogue):
        key = message.id if isinstance(message.id, str) else message.id[0]
        plain = catalogue.get(key.removesuffix(_DU))
        if key.endswith(_DU) and plain is not None:
            plain.string = message.string


@cache
def wording(language: str) -> Wording:
    """The wording of a language, read once."""
    return Wording(language)


def wording_for(organisation: Organisation, language: str) -> Wording:
    """The wording of a language as this organisation speaks to its employees."""
    profile = organisation.profile
    return _as_employees_read(language, profile.address is Address.DU, profile.swiss)


@cache
def _as_employees_read(language: str, du: bool, swiss: bool) -> Wording:
    if language != _GERMAN or not (du or swiss):
        return wording(language)
    return Wording(language, du=du, swiss=swiss)


def choose_language(wanted: Iterable[str]) -> str:
    """The first language we speak among those a person reads, best first; else German."""
    tags = [tag.replace("-", "_").lower() for tag in wanted if tag]
    return negotiate_locale(tags, LANGUAGES) or DEFAULT_LANGUAGE


def accepted_languages(header: str) -> tuple[str, ...]:
    """The languages of an `Accept-Language` header, best first (RFC 9110 §12.5.4)."""
    found = filter(None, (_ACCEPTED.fullmatch(part) for part in header.split(",")))
    weighted = [(float(match["weight"] or 1), match["tag"]) for match in found]
    best_first = sorted(weighted, key=lambda pair: -pair[0])
    return tuple(tag for weight, tag in best_first if weight)
