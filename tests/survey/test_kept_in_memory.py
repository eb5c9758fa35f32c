"""What the server keeps of releases in memory, so that nothing is drawn twice."""

import pytest

from data.accounts import Role
from data.store import Store
from survey.screens.results_view import forget, kept, results_for
from survey.views.scene import Scene
from survey.wording import wording
from tests.survey.test_screen_logic import demo_house, empty_house, visit
from tests.survey.visitors import sign_in

__all__ = ["demo_house", "empty_house"]

WAVE = "muster25"


def test_a_picture_is_drawn_once_however_its_address_is_decorated(demo_house: Store) -> None:
    """Nobody fills the memory by making up addresses; each real choice is drawn for itself."""
    results = results_for(demo_house.waves.find(WAVE))
    made: list[dict[str, str]] = []

    def make(scene: Scene) -> int:
        made.append(dict(scene.asked))
        return len(made)

    for n in range(20):
        made_up = {f"x{n}": "1", "gap": f"g{n}", "question": "q" * n, "lang": "de"}
        assert kept(Scene(wording("de"), results, made_up), "gaps", "test", make) == 1
    trend = Scene(wording("de"), results, {"gap": "trend", "x": "1"})
    assert [kept(trend, "gaps", "test", make) for _ in range(2)] == [2, 2]
    assert made == [{}, {"gap": "trend"}]


def test_languages_looks_and_leaders_have_pictures_of_their_own(demo_house: Store) -> None:
    """What one person sees is never shown to another who would see something else."""
    results = results_for(demo_house.waves.find(WAVE))
    scenes = [
        Scene(wording(language), results, own=own)
        for language in ("de", "en")
        for own in ((), ("Vertrieb",))
    ]
    made = [
        kept(scene, "priorities", "whose", lambda s: (s.say.language, s.own)) for scene in scenes
    ]
    assert made == [(scene.say.language, scene.own) for scene in scenes]


def test_a_new_name_of_the_organisation_is_told_at_once(
    demo_house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below every picture, though its figures are kept."""
    sign_in(monkeypatch, Role.OWNER)
    firm = demo_house.waves.find(WAVE).organisation
    assert firm.name.replace("&", "&amp;") in sources()
    demo_house.profiles.change(firm, "Neuer Name AG", firm.profile)
    assert "Neuer Name AG" in sources()
    assert firm.name.replace("&", "&amp;") not in sources()


def sources() -> str:
    """What stands below the gaps' picture and the heat map."""
    screens = [visit(place, wave=WAVE) for place in ("gaps", "heatmap")]
    html = [str(one.proto.body) for screen in screens for one in screen.get("html")]
    captions = [one.value.replace("\\", "") for screen in screens for one in screen.caption]
    return "\n".join((*html, *captions))


def test_what_is_forgotten_is_computed_anew(demo_house: Store) -> None:
    """As after an organisation has been erased: its results leave the memory, too."""
    wave = demo_house.waves.find(WAVE)
    before = results_for(wave).release
    assert results_for(wave).release is before
    forget()
    assert results_for(wave).release is not before
