"""Reads the questionnaires in `instruments/` and says what is wrong with a file.

An instrument is one structure file, `<id>.toml`, and one text file a language,
`<id>.<language>.toml`. Adding an instrument or a language is adding a file.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from data.errors import InstrumentProblem, NotFound
from data.model import Dimension, Instrument, Item

INSTRUMENTS = Path(__file__).parent / "instruments"
FIVE_QUESTIONS = "five_questions"

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_DimensionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
_ItemId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}[1-9][0-9]?$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _DimensionFile(_Strict):
    id: _DimensionId
    core: _ItemId
    facets: tuple[_ItemId, ...] = ()


class _StructureFile(_Strict):
    id: _DimensionId
    dimensions: Annotated[tuple[_DimensionFile, ...], Field(min_length=1)]


class _DimensionText(_Strict):
    title: _Text
    question: _Text


class _TextFile(_Strict):
    title: _Text
    scale: tuple[_Text, _Text, _Text, _Text, _Text]
    cant_judge: _Text
    dimensions: dict[str, _DimensionText]
    items: dict[str, _Text]


_File = TypeVar("_File", bound=_Strict)


def instrument_ids(folder: Path = INSTRUMENTS) -> tuple[str, ...]:
    """Every questionnaire there is."""
    return tuple(sorted(file.stem for file in folder.glob("*.toml") if "." not in file.stem))


@cache
def load_instrument(instrument_id: str, folder: Path = INSTRUMENTS) -> Instrument:
    """Read and check one instrument with all its languages.

    Raises `NotFound` where there is no such instrument, and `InstrumentProblem`
    naming the file and the key (or the item) that is wrong.
    """
    path = folder / f"{instrument_id}.toml"
    if not path.is_file():
        raise NotFound("error.instrument_unknown", instrument=instrument_id)
    structure = _read(path, _StructureFile)
    if structure.id != instrument_id:
        raise InstrumentProblem("error.instrument_name", file=path.name, item=structure.id)
    texts = {
        file.suffixes[-2].removeprefix("."): (file, _read(file, _TextFile))
        for file in sorted(folder.glob(f"{instrument_id}.*.toml"))
    }
    if not texts:
        raise InstrumentProblem("error.instrument_no_language", file=path.name)
    _check_unique(path, structure)
    for file, text in texts.values():
        _check_keys(file, "dimensions", (d.id for d in structure.dimensions), text.dimensions)
        _check_keys(file, "items", _item_ids(structure), text.items)
    return _build(structure, {language: text for language, (_, text) in texts.items()})


def _read(path: Path, model: type[_File]) -> _File:
    """Parse and validate one file, naming the first key that is wrong."""
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InstrumentProblem(
            "error.instrument_unreadable", file=path.name, reason=str(error)
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        entry = ".".join(str(part) for part in first["loc"])
        raise InstrumentProblem(
            "error.instrument_key", file=path.name, entry=entry, reason=first["msg"]
        ) from error


def _item_ids(structure: _StructureFile) -> tuple[str, ...]:
    return tuple(item for d in structure.dimensions for item in (d.core, *d.facets))


def _check_unique(path: Path, structure: _StructureFile) -> None:
    seen: set[str] = set()
    for name in (*(d.id for d in structure.dimensions), *_item_ids(structure)):
        if name in seen:
            raise InstrumentProblem("error.instrument_twice", file=path.name, item=name)
        seen.add(name)


def _check_keys(file: Path, table: str, wanted: Iterable[str], found: Iterable[str]) -> None:
    wanted, found = set(wanted), set(found)
    for item in sorted(wanted - found):
        raise InstrumentProblem("error.instrument_missing", file=file.name, table=table, item=item)
    for item in sorted(found - wanted):
        raise InstrumentProblem("error.instrument_orphan", file=file.name, table=table, item=item)


def _build(structure: _StructureFile, texts: dict[str, _TextFile]) -> Instrument:
    def dimension(file: _DimensionFile) -> Dimension:
        return Dimension(
            id=file.id,
            title={lang: text.dimensions[file.id].title for lang, text in texts.items()},
            question={lang: text.dimensions[file.id].question for lang, text in texts.items()},
            items=tuple(
                Item(
                    id=item,
                    dimension=file.id,
                    core=item == file.core,
                    text={lang: text.items[item] for lang, text in texts.items()},
                )
                for item in (file.core, *file.facets)
            ),
        )

    return Instrument(
        id=structure.id,
        languages=tuple(texts),
        title={lang: text.title for lang, text in texts.items()},
        scale={lang: text.scale for lang, text in texts.items()},
        cant_judge={lang: text.cant_judge for lang, text in texts.items()},
        dimensions=tuple(dimension(file) for file in structure.dimensions),
    )
