"""A house with the demo organisation and one of everybody, as at a start."""

import shutil
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import streamlit as st
from PIL import Image

from data.accounts import Role
from data.measures import Plan
from data.sqlite import open_store
from data.store import Store
from data.workshops import StepKind
from survey import running
from survey.house import house
from survey.logo import prepare_logo
from tests.people import somebody
from tests.survey.everybody import LEADER, RELEASED
from tests.survey.held import TALKED, planned
from tests.survey.held import asked as voted_on


def picture() -> bytes:
    """A small red image."""
    file = BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="session")
def furnished_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo organisation and one of everybody."""
    path = tmp_path_factory.mktemp("people") / "kundenkompass.db"
    store = open_store(path)
    running.demo(store)
    firm = store.organisations.all()[0]
    store.profiles.set_logo(firm, prepare_logo(picture()))
    demo = firm.id
    asked = next(wave for wave in store.waves.all() if wave.code == RELEASED)
    for where in ((), store.waves.departments(asked)[0].path):
        agreed = Plan(where, "customer_perspective", "Mitfahren", "Leitung", date(2030, 1, 31))
        store.measures.add(asked, agreed)
    workshop = planned(store, asked.organisation, asked)
    voted_on(store, workshop, StepKind.VOTE, TALKED[0], 1, 2, 3, 4, 5)
    other = store.organisations.add("Pflaume KG").id
    somebody(store, Role.LEADER, {demo: ()}, f"{LEADER}@example.org")
    somebody(store, Role.CONSULTANT, {other: ()}, "stranger@example.org")
    somebody(store, Role.CONSULTANT, {demo: ()}, "consultant@example.org")
    store.accounts.set_password(somebody(store), "a hash")
    store.close()
    return path


@pytest.fixture
def started(
    furnished_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """The house on a copy of that database, just opened."""
    path = shutil.copy(furnished_file, tmp_path / "kundenkompass.db")
    monkeypatch.setenv("KUNDENKOMPASS_DATABASE", str(path))
    house.cache_clear()
    st.cache_data.clear()
    yield house().store
    house().store.close()
    house.cache_clear()
