"""The words of the house: both languages say the same, and nothing is said in neither.

The catalogues are read beside the code that uses them, so that a key that was
renamed in one place only is found here and not by a person.
"""

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from data.errors import ImportProblem, Problem, SubmissionProblem
from data.model import WaveState
from survey.wording import CATALOGUES, LANGUAGES, accepted_languages, choose_language, wording

HOUSE = Path(__file__).parents[2]
FLOORS = ("data", "scoring", "survey")
KEY = re.compile(r"[a-z_]+(?:\.[a-z0-9_]+)+")
FILE_ENDINGS = (
    ".py",
    ".html",
    ".css",
    ".svg",
    ".toml",
    ".po",
    ".db",
    ".key",
    ".csv",
    ".json",
    ".md",
)
SPOKEN = re.compile(r"""say(?P<count>\.count)?\(\s*["'](?P<key>[^"']+)["'](?P<rest>[^}]*)""")
DU = "@du"
NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@cache
def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """Key → its texts, one for each grammatical number."""

    def texts(message: Message) -> tuple[str, ...]:
        string = message.string
        return tuple(string) if isinstance(string, (tuple, list)) else (str(string),)

    with (CATALOGUES / f"{language}.po").open("rb") as file:
        messages = [message for message in read_po(file, locale=language) if message.id]
    found = {str(m.id[0] if isinstance(m.id, (tuple, list)) else m.id): texts(m) for m in messages}
    return {key: found[key] for key in found if not key.endswith(DU)}


@cache
def informal() -> dict[str, tuple[str, ...]]:
    """Key → what people read instead whose organisation says "du", as far as it differs."""
    with (CATALOGUES / "de.po").open("rb") as file:
        found = {str(m.id): (str(m.string),) for m in read_po(file, locale="de") if m.id}
    return {key.removesuffix(DU): found[key] for key in found if key.endswith(DU)}


def gaps(text: str) -> set[str]:
    """The names in a text's braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@cache
def sources() -> dict[Path, ast.Module]:
    files = [file for floor in FLOORS for file in sorted((HOUSE / floor).rglob("*.py"))]
    files.append(HOUSE / "streamlit_app.py")
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in files}


@cache
def templates() -> dict[Path, str]:
    files = sorted((HOUSE / "survey").rglob("*.html"))
    return {file: file.read_text(encoding="utf-8") for file in files}


def looks_like_a_key(text: str) -> bool:
    """Whether a text has a key's form and begins like one (`error.…`), and is no file's name."""
    areas = {key.partition(".")[0] for key in catalogue("de")}
    fits = KEY.fullmatch(text) and text.partition(".")[0] in areas
    return bool(fits) and not text.endswith(FILE_ENDINGS)


def mentioned_keys(room: Path = HOUSE) -> dict[str, str]:
    """Every text in a room's code and templates that looks like a key → the file it is in."""
    found = {
        node.value: file.name
        for file, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if file.is_relative_to(room)
    }
    for file, text in templates().items():
        if file.is_relative_to(room):
            found |= dict.fromkeys(re.findall(rf"""["']({KEY.pattern})["']""", text), file.name)
    return {text: file for text, file in found.items() if looks_like_a_key(text)}


def said_in_code() -> Iterator[tuple[str, str, set[str]]]:
    """(file, key, what fills its gaps) of `say("…")`, `say.count("…")` and `…Problem("…")`."""
    for file, tree in sources().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            speaker, first = ast.unparse(node.func), node.args[0]
            counts = speaker.endswith("say.count")
            speaks = counts or speaker == "say" or speaker.startswith("wording(")
            speaks |= speaker.endswith(("Problem", "NotFound", "NotAllowed"))
            if speaks and isinstance(first, ast.Constant) and isinstance(first.value, str):
                filled = {keyword.arg or "**" for keyword in node.keywords}
                yield file.name, first.value, filled | ({"number"} if counts else set())


def said_in_templates() -> Iterator[tuple[str, str, set[str]]]:
    for file, text in templates().items():
        for call in SPOKEN.finditer(text):
            filled = set(re.findall(r"(\w+)\s*=(?!=)", call["rest"]))
            yield file.name, call["key"], filled | ({"number"} if call["count"] else set())


# The catalogues


def test_german_comes_first_and_every_catalogue_is_a_language() -> None:
    """A language is a file; the first one is what people read who asked for none."""
    assert LANGUAGES[0] == "de"
    assert set(LANGUAGES) == {file.stem for file in CATALOGUES.glob("*.po")}
    assert {"de", "en"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    """Nobody meets a bare key."""
    assert catalogue(language).keys() == catalogue("de").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fills_the_same_gaps(language: str) -> None:
    """In each grammatical number, so that no figure is lost in translation."""
    for key, texts in catalogue(language).items():
        expected = [gaps(text) for text in catalogue("de")[key]]
        assert [gaps(text) for text in texts] == expected, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_begins_or_ends_with_a_blank(language: str) -> None:
    """Blanks at the edges are glue for sentences, which does not hold in another language."""
    for key, texts in catalogue(language).items():
        assert all(text and text == text.strip() for text in texts), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_are_written_once_and_in_order(language: str) -> None:
    """So that two people who add one meet at the same line."""
    text = (CATALOGUES / f"{language}.po").read_text(encoding="utf-8")
    keys = re.findall(r'^msgid "(.+)"$', text, flags=re.MULTILINE)
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks_are_the_languages_own(language: str) -> None:
    """„So“ in German, “so” in English, and never the typewriter's."""
    marks = {"de": "„“", "en": "“”"}.get(language)
    for key, texts in catalogue(language).items():
        for text in texts:
            assert '"' not in text, key
            if marks:
                found = re.sub("[^„“”]", "", text)
                assert found == marks * (len(found) // 2), key


# Catalogues and code


def test_every_key_in_the_house_is_in_the_catalogues() -> None:
    """In code and templates; file names that look like keys are none."""
    unknown = {key: file for key, file in mentioned_keys().items() if key not in catalogue("de")}
    assert unknown == {}


def test_every_text_in_the_catalogues_is_used() -> None:
    """What nobody reads is not kept."""
    assert catalogue("de").keys() - mentioned_keys().keys() == set()


def test_everything_said_is_in_the_catalogues() -> None:
    """What is handed to `say` or to a problem is a key, whatever it looks like."""
    said = [*said_in_code(), *said_in_templates()]
    assert len(said) > 100
    unknown = [(file, key) for file, key, _ in said if key not in catalogue("de")]
    assert unknown == []


def test_every_gap_is_filled_where_it_is_said() -> None:
    """A forgotten value would crash in front of a person."""
    for file, key, filled in (*said_in_code(), *said_in_templates()):
        if "**" not in filled:
            missing = set().union(*(gaps(text) for text in catalogue("de")[key])) - filled
            assert not missing, f"{file}: {key} lacks {missing}"


def test_every_plural_is_counted() -> None:
    """A text of two grammatical numbers said without a number would always be the singular."""
    plural = {key for key, texts in catalogue("de").items() if len(texts) > 1}
    for file, key, filled in (*said_in_code(), *said_in_templates()):
        assert (key not in plural) or "number" in filled, f"{file}: {key}"


# Numbers, shares and days


@pytest.mark.parametrize(
    ("language", "value", "digits", "text"),
    [
        ("de", 1234.5, 1, "1.234,5"),
        ("en", 1234.5, 1, "1,234.5"),
        ("de", 1234567, 0, "1.234.567"),
        ("en", 1234567, 0, "1,234,567"),
        ("de", 3.0, 2, "3,00"),
        ("en", 3.0, 2, "3.00"),
        ("de", -0.25, 2, f"{MINUS}0,25"),
        ("en", -0.25, 2, f"{MINUS}0.25"),
        ("de", 0, 0, "0"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(
    language: str, value: float, digits: int, text: str
) -> None:
    """With all their digits, and a real minus sign."""
    assert wording(language).number(value, digits) == text


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("de", 0.5, "+0,50"),
        ("de", -1234.5, f"{MINUS}1.234,50"),
        ("en", 0.5, "+0.50"),
        ("en", -1234.5, f"{MINUS}1,234.50"),
    ],
)
def test_differences_always_show_their_sign(language: str, value: float, text: str) -> None:
    """More is a plus."""
    assert wording(language).number(value, 2, signed=True) == text


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_is_rounded_to_nothing_has_no_minus(language: str) -> None:
    """−0,0 is no number that anybody has seen."""
    say = wording(language)
    assert MINUS not in say.number(-0.001, 1) + say.number(-0.001, 1, signed=True)


@pytest.mark.parametrize(
    ("language", "share", "text"),
    [
        ("de", 0.62, f"62{NO_BREAK}%"),
        ("en", 0.62, "62%"),
        ("de", 0.0, f"0{NO_BREAK}%"),
        ("en", 1.0, "100%"),
        ("de", 0.478, f"48{NO_BREAK}%"),
    ],
)
def test_shares_are_whole_per_cent(language: str, share: float, text: str) -> None:
    """German keeps number and sign together with a no-break space."""
    assert wording(language).percent(share) == text


@pytest.mark.parametrize(("language", "text"), [("de", "4. März 2026"), ("en", "4 March 2026")])
def test_days_are_written_out(language: str, text: str) -> None:
    """04/03/2026 is two days."""
    assert wording(language).day(date(2026, 3, 4)) == text


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("de", 0, "0 Antworten"),
        ("de", 1, "1 Antwort"),
        ("de", 2, "2 Antworten"),
        ("de", 1234, "1.234 Antworten"),
        ("en", 0, "0 responses"),
        ("en", 1, "1 response"),
        ("en", 1234, "1,234 responses"),
    ],
)
def test_counts_have_their_grammatical_number(language: str, number: int, text: str) -> None:
    """One answer, two answers, and thousands with their separator."""
    assert wording(language).count("wave.answers", number) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_of_every_language_can_be_said(language: str) -> None:
    """None, one and many, with every gap filled."""
    for key, texts in catalogue(language).items():
        if len(texts) > 1:
            gaps = {gap: "x" for text in texts for _, gap, _, _ in Formatter().parse(text) if gap}
            gaps.pop("number", None)
            for number in (0, 1, 2, 5, 1000):
                assert "{" not in wording(language).count(key, number, **gaps)


def test_values_in_a_sentence_are_written_in_its_language() -> None:
    """States, days and whole numbers by themselves; text as it is."""
    say = wording("de")
    assert say(
        "results.source", organisation="A & B", wave="2026", day=date(2026, 3, 4), smallest=5
    ) == ("Quelle: A & B, 2026, freigegeben am 4. März 2026; gezeigt werden Gruppen ab 5 Personen.")
    assert "2.001" in say("error.comment_long", length=2001, longest=2000)
    assert say.state(WaveState.CLOSED) in say(
        "error.wave_not_open", wave="2026", state=WaveState.CLOSED
    )


# Problems in words


def test_a_problem_is_its_message_and_one_line_for_each_finding() -> None:
    """What went wrong, then every place where."""
    findings = [Problem("error.value", row=str(row), column="CP1", value="9") for row in (3, 1234)]
    told = wording("en").problem(ImportProblem("error.import_values", findings))
    first, *lines = told.splitlines()
    assert first == wording("en")("error.import_values")
    assert lines == ["Row 3, column “CP1”: “9”", "Row 1234, column “CP1”: “9”"]


def test_a_forms_problem_is_its_message_alone() -> None:
    """The form shows each finding at its own field."""
    finding = Problem("error.answer_missing", field="CP1", question=1)
    problem = SubmissionProblem("error.form_incomplete", [finding])
    assert wording("de").problem(problem) == wording("de")("error.form_incomplete")


def test_braces_in_what_a_person_typed_are_just_braces() -> None:
    """A department called {x} must not break the sentence that names it."""
    problem = Problem("error.department_twice", row="2", department="{x} {0} %s")
    assert "{x} {0} %s" in wording("de").problem(problem)


# Which language


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ([], "de"),
        ([""], "de"),
        (["en"], "en"),
        (["en-GB"], "en"),
        (["en_US"], "en"),
        (["fr", "en", "de"], "en"),
        (["de-CH", "en"], "de"),
        (["fr", "it"], "de"),
        (["EN"], "en"),
        (["En-us"], "en"),
        (["DE-AT"], "de"),
        (["*"], "de"),
        (["../../etc/passwd"], "de"),
        (["english"], "de"),
    ],
)
def test_the_first_language_that_is_spoken_here_is_chosen(wanted: list[str], language: str) -> None:
    """Regions and capitals do not matter (RFC 5646); German where nothing fits."""
    chosen = choose_language(wanted)
    assert chosen == language
    assert wording(chosen).language == language


@pytest.mark.parametrize(
    ("header", "languages"),
    [
        ("", []),
        ("de", ["de"]),
        ("en-US,en;q=0.9,de;q=0.8", ["en-US", "en", "de"]),
        ("de;q=0.3, en;q=0.7 ,fr", ["fr", "en", "de"]),
        ("de;q=0.5,en;q=0.5", ["de", "en"]),
        ("en;q=0,de;q=0.1", ["de"]),
        ("fr, en; q=0.8, de;q=0.5", ["fr", "en", "de"]),
        ("fr ;q=0.4, en ; q=0.8", ["en", "fr"]),
        ("en;Q=0.2,de", ["de", "en"]),
    ],
)
def test_an_accept_language_header_is_read_by_weight(header: str, languages: list[str]) -> None:
    """RFC 9110 §12.5.4 and §12.4.2: blanks around “;” allowed, 0 means “not this one”."""
    assert [tag for tag in accepted_languages(header) if tag] == languages


@pytest.mark.parametrize(
    "header",
    [
        ",",
        ";q=1",
        "en;q=",
        "en;q=high",
        "en;q=nan",
        "en;q=inf",
        "q=0.5",
        ";;;,,,;q=;",
        "\x00",
        "ä, ö;q=0.5",
        "de;q=0.5;level=1",
        "en;" * 2000,
        "e" * 10_000,
        "-,_,--,de--",
    ],
)
def test_a_garbled_header_still_gets_a_page(header: str) -> None:
    """Whatever a browser or a scanner sends, it is answered in a language we speak."""
    assert choose_language(accepted_languages(header)) in LANGUAGES


def test_halves_are_rounded_up_as_people_do_it() -> None:
    """2.25 is 2.3 and 62.5 is 63; a computer's half-to-even would say 2.2 and 62."""
    say = wording("de")
    assert [say.number(2.25, 1), say.number(-2.25, 1), say.number(62.5, 0)] == [
        "2,3",
        f"{MINUS}2,3",
        "63",
    ]
    assert say.percent(0.125) == f"13{NO_BREAK}%"


def test_all_and_none_are_said_of_everybody_and_nobody_only() -> None:
    """4,999 of 5,000 are not 100 %, and one of 5,000 is not 0 %."""
    say = wording("de")
    shares = [say.percent(share) for share in (1, 4999 / 5000, 1 / 5000, 0)]
    assert shares == [
        f"100{NO_BREAK}%",
        f"über 99{NO_BREAK}%",
        f"unter 1{NO_BREAK}%",
        f"0{NO_BREAK}%",
    ]
