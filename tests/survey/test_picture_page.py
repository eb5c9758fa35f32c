"""The picture page: for accounts that may read the release, alike for everybody else."""

import gzip
import json
import re
from collections.abc import Mapping
from typing import cast

import plotly.graph_objects as go
import pytest
from starlette.testclient import TestClient

from data.store import Store
from survey.charts.chart import Chart
from survey.house import house
from survey.views.pictures import PICTURES
from survey.views.scene import Scene
from tests.survey.everybody import (
    CONSULTANT,
    LEADER,
    NOBODY,
    OPEN,
    OWNER,
    RELEASED,
    STRANGER,
    app_of_a_start,
    browser_of,
    cookies_of,
)

ADDRESS = f"/picture/{RELEASED}/gaps"
FIGURE = re.compile(r'<script type="application/json" id="figure">(.*?)</script>', re.DOTALL)

pytestmark = pytest.mark.usefixtures("started")


@pytest.fixture
def owner() -> TestClient:
    """The owner's browser, in German."""
    app = app_of_a_start()
    german = {"accept-language": "de"}
    return TestClient(app, follow_redirects=False, cookies=cookies_of(OWNER), headers=german)


def figure_in(page: str) -> Mapping[str, object]:
    """What the page's script draws."""
    found = FIGURE.search(page)
    assert found
    figure: Mapping[str, object] = json.loads(found[1])
    return figure


def layout_in(page: str) -> dict[str, object]:
    """The layout of what it draws."""
    layout = figure_in(page)["layout"]
    assert isinstance(layout, dict)
    return layout


def test_readers_see_the_picture_with_its_words(owner: TestClient) -> None:
    """Title, unit and source stand in the page and in the figure; the table is below."""
    page = owner.get(ADDRESS).text
    layout = layout_in(page)
    assert "Der größte gesicherte Abstand" in str(layout["title"])
    assert "gegenüber dem Rest der Organisation" in str(layout["title"])
    assert "Quelle: Apfel &amp; Birne" in str(layout["annotations"])
    assert "Der größte gesicherte Abstand" in page.split("<script")[0]
    assert "<table>" in page
    assert 'data-file="Kundenkompass Apfel &amp; Birne Waagenbau GmbH' in page


def test_what_does_not_exist_and_what_is_not_theirs_look_the_same() -> None:
    """The same page for every stranger, and for readers of a wave that is not released."""
    asked = {
        (NOBODY, ADDRESS),
        (STRANGER, ADDRESS),
        (OWNER, f"/picture/{OPEN}/gaps"),
        (CONSULTANT, f"/picture/{RELEASED}/nosuch"),
        (LEADER, "/picture/nosuchwave/gaps"),
        (OWNER, f"/picture/{RELEASED.upper()}/gaps"),
    }
    german = {"accept-language": "de"}
    answers = [browser_of(person).get(place, headers=german) for person, place in asked]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


def test_the_address_chooses_and_nonsense_is_the_default(owner: TestClient) -> None:
    """The same choices as the screen's; both languages."""
    default = owner.get(ADDRESS).text
    leaders = owner.get(f"{ADDRESS}?gap=leadership").text
    assert figure_in(leaders) != figure_in(default)
    nonsense = owner.get(f"{ADDRESS}?gap=<script>&question=x&department=%00&order=1").text
    assert figure_in(nonsense) == figure_in(default)
    english = owner.get(f"{ADDRESS}?lang=en").text
    assert "Save as PNG" in english
    assert 'href="?lang=de"' in english


def test_it_leads_back_to_its_screen_with_the_same_choices(owner: TestClient) -> None:
    """And never elsewhere."""
    page = owner.get(f"{ADDRESS}?gap=leadership&lang=de").text
    assert f'href="/gaps?gap=leadership&amp;lang=de&amp;wave={RELEASED}"' in page
    for name, screen in (("priorities", "priorities"), ("department_profile", "department")):
        page = owner.get(f"/picture/{RELEASED}/{name}?lang=de").text
        assert f'href="/{screen}?lang=de&amp;wave={RELEASED}"' in page


def test_a_name_ends_no_script_and_is_no_html(
    owner: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever an organisation calls its departments."""
    name = "</script><script>alert(1)</script><!--<b>&\u2028"

    def picture(_: Scene) -> Chart:
        figure = go.Figure(go.Bar(x=[1], y=[name], name=name))
        return Chart("gaps", name, name, name, name, figure, "<table></table>")

    monkeypatch.setitem(cast("dict[str, object]", PICTURES), "gaps", picture)
    page = owner.get(ADDRESS).text
    assert "<script>" not in page
    assert "alert(1)<" not in page
    assert json.loads(FIGURE.findall(page)[0])["data"][0]["name"] == name
    assert "<script>" not in str(layout_in(page))


def test_its_policy_lets_no_text_be_run_and_nothing_leave(owner: TestClient) -> None:
    """Scripts from here only, no addresses outside, nothing kept."""
    headers = owner.get(ADDRESS).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self';" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert "connect-src" not in policy
    assert headers["cache-control"] == "no-store"


def test_scripts_are_kept_for_good_and_travel_zipped(owner: TestClient) -> None:
    """Their address changes with them; other names do not exist."""
    page = owner.get(ADDRESS).text
    addresses = re.findall(r'<script src="([^"]+)"', page)
    assert len(addresses) == 2
    for address in addresses:
        assert re.fullmatch(r"/picture-script/\w+\.js\?of=[0-9a-f]{16}", address)
        answer = owner.get(address, headers={"accept-encoding": "gzip"})
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["content-type"].startswith("text/javascript")
        plain = owner.get(address, headers={"accept-encoding": "identity"})
        assert plain.content == answer.content
        assert "content-encoding" not in plain.headers
    packed = len(gzip.compress(plain.content))
    assert packed < 5_000
    for name in ("nosuch.js", "..%2fdrawing.js", "picture.css"):
        assert owner.get(f"/picture-script/{name}").status_code == 404


def test_a_look_takes_nothing_out(owner: TestClient, started: Store) -> None:
    """Like a screen, a picture shows what is released; files of figures are written down."""
    before = started.audit.count()
    assert owner.get(ADDRESS).status_code == 200
    assert owner.head(ADDRESS).status_code == 200
    assert owner.post(ADDRESS).status_code == 405
    assert started.audit.count() == before


def test_signing_out_closes_it(owner: TestClient) -> None:
    """At once."""
    assert owner.get(ADDRESS).status_code == 200
    account = house().store.accounts.find("owner@example.org")
    house().visitors.sign_out_everywhere(account)
    assert owner.get(ADDRESS).status_code == 404
