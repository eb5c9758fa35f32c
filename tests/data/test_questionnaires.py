"""Questionnaires are data: what the five questions hold, and how a wrong file is named."""

from pathlib import Path

import pytest

from data.errors import InstrumentProblem, NotFound
from data.model import Instrument
from data.questionnaires import FIVE_QUESTIONS, INSTRUMENTS, load_instrument

STRUCTURE = """
id = "tiny"

[[dimensions]]
id = "first"
core = "AA1"
facets = ["AA2"]

[[dimensions]]
id = "second"
core = "BB1"
"""
GERMAN = """
title = "Klein"
scale = ["gar nicht", "wenig", "teils", "ziemlich", "völlig"]
cant_judge = "Weiß nicht"

[dimensions.first]
title = "Erste"
question = "Erstens?"

[dimensions.second]
title = "Zweite"
question = "Zweitens?"

[items]
AA1 = "Kern eins."
AA2 = "Facette."
BB1 = "Kern zwei."
"""


@pytest.fixture
def five_questions() -> Instrument:
    return load_instrument(FIVE_QUESTIONS)


@pytest.fixture
def tiny_questionnaire(tmp_path: Path) -> Path:
    """The folder of a questionnaire of two dimensions in one language."""
    (tmp_path / "tiny.toml").write_text(STRUCTURE, encoding="utf-8")
    (tmp_path / "tiny.de.toml").write_text(GERMAN, encoding="utf-8")
    return tmp_path


def damage(file: Path, old: str, new: str) -> None:
    """Replace one passage of a file."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def refused(folder: Path) -> InstrumentProblem:
    with pytest.raises(InstrumentProblem) as problem:
        load_instrument("tiny", folder)
    return problem.value


def test_the_five_questions_keep_their_ids(five_questions: Instrument) -> None:
    """Ids are column names and SPSS variables: none changes, none changes its place."""
    assert {d.id: [item.id for item in d.items] for d in five_questions.dimensions} == {
        "customer_perspective": ["CP1", "CP2", "CP3", "CP4"],
        "employee_orientation": ["EO1", "EO2", "EO3", "EO4", "EO5", "EO6", "EO7", "EO8"],
        "top_down_bottom_up": ["TB1", "TB2", "TB3", "TB4"],
        "back_office_involvement": ["BO1", "BO2", "BO3", "BO4"],
        "systematic_ownership": ["SO1", "SO2", "SO3", "SO4", "SO5"],
    }


def test_the_short_form_is_one_core_item_a_dimension(five_questions: Instrument) -> None:
    """CP1, EO1, TB1, BO1 and SO1, and no other item is core."""
    assert five_questions.short_form() == ("CP1", "EO1", "TB1", "BO1", "SO1")
    assert [item.dimension for item in five_questions.items() if item.core] == [
        dimension.id for dimension in five_questions.dimensions
    ]


def test_every_item_and_dimension_speaks_every_language(five_questions: Instrument) -> None:
    """German and English, and nothing is empty."""
    languages = {"de", "en"}
    assert set(five_questions.languages) == languages
    texts = [five_questions.title, five_questions.cant_judge]
    texts += [text for d in five_questions.dimensions for text in (d.title, d.question)]
    texts += [item.text for item in five_questions.items()]
    assert len(texts) == 2 + 2 * 5 + 25
    for text in texts:
        assert set(text) == languages
        assert all(words.strip() for words in text.values())


def test_the_scale_has_five_labelled_points_lowest_first(five_questions: Instrument) -> None:
    """Rohrmann's intensities, each point with its own words (METHOD §1)."""
    german, english = five_questions.scale["de"], five_questions.scale["en"]
    for point, word in zip(
        german, ("gar nicht", "wenig", "teils", "ziemlich", "völlig"), strict=True
    ):
        assert word in point
    for point, word in zip(english, ("not", "little", "partly", "mostly", "fully"), strict=True):
        assert word in point


def test_no_two_items_say_the_same(five_questions: Instrument) -> None:
    """A text pasted twice would ask one thing under two ids."""
    for language in five_questions.languages:
        assert len({item.text[language] for item in five_questions.items()}) == 25


def test_a_wave_asks_only_its_items_under_their_dimensions(five_questions: Instrument) -> None:
    """Dimensions without an item of the wave are left out; the instrument's order stays."""
    asked = five_questions.asked(("SO1", "CP3", "CP1"))
    assert [(d.id, [item.id for item in d.items]) for d in asked] == [
        ("customer_perspective", ["CP1", "CP3"]),
        ("systematic_ownership", ["SO1"]),
    ]


def test_an_instrument_is_added_by_adding_files(tiny_questionnaire: Path) -> None:
    """A structure and one language are a questionnaire."""
    tiny = load_instrument("tiny", tiny_questionnaire)
    assert (tiny.id, tiny.languages, tiny.title) == ("tiny", ("de",), {"de": "Klein"})
    assert tiny.scale == {"de": ("gar nicht", "wenig", "teils", "ziemlich", "völlig")}
    assert [(item.id, item.dimension, item.core) for item in tiny.items()] == [
        ("AA1", "first", True),
        ("AA2", "first", False),
        ("BB1", "second", True),
    ]
    assert tiny.items()[2].text == {"de": "Kern zwei."}


def test_a_language_is_added_by_adding_one_file(tiny_questionnaire: Path) -> None:
    """No code knows which languages there are; a variant such as de-CH is one too."""
    swiss = GERMAN.replace("Weiß nicht", "Weiss nicht")
    (tiny_questionnaire / "tiny.de-CH.toml").write_text(swiss, encoding="utf-8")
    tiny = load_instrument("tiny", tiny_questionnaire)
    assert set(tiny.languages) == {"de", "de-CH"}
    assert tiny.cant_judge == {"de": "Weiß nicht", "de-CH": "Weiss nicht"}


def test_a_questionnaire_nobody_wrote_is_not_found(tiny_questionnaire: Path) -> None:
    """The refusal names it."""
    with pytest.raises(NotFound) as problem:
        load_instrument("large", tiny_questionnaire)
    assert problem.value.key == "error.instrument_unknown"
    assert problem.value.values == {"instrument": "large"}


@pytest.mark.parametrize("file", ["tiny.toml", "tiny.de.toml"])
@pytest.mark.parametrize("rubbish", [b"id = = 1", b"\xff\xfe\x00", b'id = "a"\nid = "b"'])
def test_a_file_that_is_no_toml_is_named(
    tiny_questionnaire: Path, file: str, rubbish: bytes
) -> None:
    """Bad syntax, bad bytes, or a key given twice; the parser's reason comes along."""
    (tiny_questionnaire / file).write_bytes(rubbish)
    problem = refused(tiny_questionnaire)
    assert problem.key == "error.instrument_unreadable"
    assert problem.values["file"] == file
    assert problem.values["reason"]


@pytest.mark.parametrize(
    ("file", "old", "new", "entry"),
    [
        ("tiny.toml", 'id = "tiny"', "", "id"),
        ("tiny.toml", 'core = "BB1"', "", "dimensions.1.core"),
        ("tiny.toml", 'core = "BB1"', 'core = "bb1"', "dimensions.1.core"),
        ("tiny.toml", '"AA2"', '"AA0"', "dimensions.0.facets.0"),
        ("tiny.toml", 'id = "second"', 'id = "Second"', "dimensions.1.id"),
        ("tiny.toml", 'core = "BB1"', 'core = "BB1"\nweight = 2', "dimensions.1.weight"),
        ("tiny.de.toml", 'title = "Klein"', "", "title"),
        ("tiny.de.toml", 'title = "Klein"', 'title = "  "', "title"),
        ("tiny.de.toml", 'title = "Klein"', 'title = "Klein"\ncolour = "red"', "colour"),
        ("tiny.de.toml", 'question = "Zweitens?"', "", "dimensions.second.question"),
        ("tiny.de.toml", 'AA2 = "Facette."', "AA2 = 2", "items.AA2"),
        ("tiny.de.toml", '"gar nicht", ', "", "scale.4"),
    ],
)
def test_a_wrong_entry_is_named_with_its_file(
    tiny_questionnaire: Path, file: str, old: str, new: str, entry: str
) -> None:
    """Missing, unknown, empty or of the wrong form: whoever mends it finds the place."""
    damage(tiny_questionnaire / file, old, new)
    problem = refused(tiny_questionnaire)
    assert problem.key == "error.instrument_key"
    assert (problem.values["file"], problem.values["entry"]) == (file, entry)
    assert problem.values["reason"]


@pytest.mark.parametrize(
    ("old", "table", "item"),
    [
        ('AA2 = "Facette."', "items", "AA2"),
        ('[dimensions.second]\ntitle = "Zweite"\nquestion = "Zweitens?"', "dimensions", "second"),
    ],
)
def test_a_text_missing_in_one_language_is_named(
    tiny_questionnaire: Path, old: str, table: str, item: str
) -> None:
    """The other language has it; the message names file, table and id."""
    (tiny_questionnaire / "tiny.en.toml").write_text(GERMAN, encoding="utf-8")
    damage(tiny_questionnaire / "tiny.en.toml", old, "")
    problem = refused(tiny_questionnaire)
    assert problem.key == "error.instrument_missing"
    assert problem.values == {"file": "tiny.en.toml", "table": table, "item": item}


@pytest.mark.parametrize(
    ("old", "new", "table", "item"),
    [
        ('AA2 = "Facette."', 'AA2 = "Facette."\nAA3 = "Zu viel."', "items", "AA3"),
        (
            "[items]",
            '[dimensions.third]\ntitle = "Dritte"\nquestion = "Drittens?"\n[items]',
            "dimensions",
            "third",
        ),
    ],
)
def test_a_text_that_belongs_to_nothing_is_named(
    tiny_questionnaire: Path, old: str, new: str, table: str, item: str
) -> None:
    """An orphan is most often a typo in an id."""
    damage(tiny_questionnaire / "tiny.de.toml", old, new)
    problem = refused(tiny_questionnaire)
    assert problem.key == "error.instrument_orphan"
    assert problem.values == {"file": "tiny.de.toml", "table": table, "item": item}


@pytest.mark.parametrize(
    ("old", "new", "item"),
    [
        ('core = "BB1"', 'core = "AA1"', "AA1"),
        ('facets = ["AA2"]', 'facets = ["AA2", "AA2"]', "AA2"),
        ('id = "second"', 'id = "first"', "first"),
    ],
)
def test_an_id_used_twice_is_named(tiny_questionnaire: Path, old: str, new: str, item: str) -> None:
    """An id never names two things."""
    damage(tiny_questionnaire / "tiny.toml", old, new)
    problem = refused(tiny_questionnaire)
    assert problem.key == "error.instrument_twice"
    assert problem.values == {"file": "tiny.toml", "item": item}


def test_a_questionnaire_without_any_text_is_refused(tiny_questionnaire: Path) -> None:
    """Nobody can answer a structure."""
    (tiny_questionnaire / "tiny.de.toml").unlink()
    problem = refused(tiny_questionnaire)
    assert problem.key == "error.instrument_no_language"
    assert problem.values == {"file": "tiny.toml"}


def test_every_questionnaire_in_the_house_can_be_loaded() -> None:
    """Whatever lies in `instruments/` is whole."""
    names = sorted(file.stem for file in INSTRUMENTS.glob("*.toml") if "." not in file.stem)
    assert FIVE_QUESTIONS in names
    for name in names:
        assert load_instrument(name).id == name
