"""What tests of every floor stand on: a store in a real file, a small firm, and its wave."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.model import Department, Organisation, Wave
from data.sqlite import open_store
from data.store import Store
from tests.data.samples import DAY, NEXT_DAY, short_settings


@pytest.fixture
def fresh_store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file of its own."""
    store = open_store(tmp_path / "fresh.db")
    yield store
    store.close()


@pytest.fixture
def small_firm(fresh_store: Store) -> Organisation:
    """An organisation that has no departments yet."""
    return fresh_store.organisations.add("Muster GmbH")


@pytest.fixture
def living_tree(fresh_store: Store, small_firm: Organisation) -> tuple[Department, ...]:
    """The firm's own: Vertrieb (20) with Nord (12) and Süd (8), and Lager (9), in this order."""
    return fresh_store.organisations.save_departments(
        small_firm,
        {
            ("Vertrieb",): 20,
            ("Vertrieb", "Nord"): 12,
            ("Vertrieb", "Süd"): 8,
            ("Lager",): 9,
        },
    )


@pytest.fixture
def small_tree(
    fresh_store: Store, living_tree: tuple[Department, ...], request: pytest.FixtureRequest
) -> tuple[Department, ...]:
    """The same tree, as the wave of the test has it: once opened, a wave has its own."""
    if "open_wave" in request.fixturenames:
        return fresh_store.waves.departments(request.getfixturevalue("open_wave"))
    return living_tree


@pytest.fixture
def draft_wave(fresh_store: Store, small_firm: Organisation) -> Wave:
    """A wave of the short form; its code is `k7m2p9qx`."""
    return fresh_store.waves.add(small_firm, short_settings(), "k7m2p9qx")


@pytest.fixture
def open_wave(fresh_store: Store, draft_wave: Wave, request: pytest.FixtureRequest) -> Wave:
    """The same wave, open since DAY, with the departments that the test has."""
    if "small_tree" in request.fixturenames:
        request.getfixturevalue("living_tree")
    return fresh_store.waves.open(draft_wave, DAY)


@pytest.fixture
def closed_wave(fresh_store: Store, open_wave: Wave) -> Wave:
    """The same wave, closed on NEXT_DAY without an answer."""
    return fresh_store.waves.close(open_wave, NEXT_DAY)
