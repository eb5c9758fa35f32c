"""`/picture/<wave>/<name>?<choices>`: one picture of the results, to take away. No Streamlit.

For accounts that may read the release; what does not exist and what is not
theirs are answered alike. The browser makes the files, of what stands in the
page. Like a look at a screen, a look at it is not written down.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from textwrap import shorten
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from data.errors import NotFound, Problem
from data.model import Wave, WaveState
from survey.charts.chart import Chart
from survey.charts.look import LIGHT
from survey.charts.to_take import SCALE, to_take
from survey.form.page import CONTENT_SECURITY_POLICY, TEMPLATES, message
from survey.form.style import plain_style
from survey.house import House
from survey.own import own_path
from survey.results import load_results
from survey.tables import TABLE_STYLE
from survey.templating import template
from survey.views.pictures import PICTURES
from survey.views.scene import Scene
from survey.visitors import COOKIE
from survey.web.file_names import safe
from survey.web.plain import spoken
from survey.web.scripts import script_address
from survey.wording import LANGUAGES, Wording, wording

_HERE = Path(__file__).parent
_CSS = plain_style(TABLE_STYLE + (_HERE / "picture.css").read_text(encoding="utf-8")).css
# Plotly writes styles of its own into the picture, which it first draws in the page.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src data: blob:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_NO_STORE = {"Cache-Control": "no-store"}
_LONGEST_TITLE = 60
_OVERVIEW = "/results"


def picture_route(house: House, now: Callable[[], datetime], screens: Collection[str]) -> Route:
    """The route. `screens`: addresses that a picture may lead back to."""

    def answer(request: Request) -> Response:
        say = spoken(request)
        try:
            return _page(_scene(house, say, request, now()), request, screens)
        except NotFound:
            title, line, status = say("picture.unknown_title"), say("picture.unknown"), 404
        except Problem as problem:
            title, line, status = say("picture.trouble_title"), say.problem(problem), 503
        policy = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}
        html = message(say, title, [line])
        return HTMLResponse(html, status_code=status, headers={**policy, **_NO_STORE})

    async def show(request: Request) -> Response:
        return await run_in_threadpool(answer, request)

    return Route("/picture/{code}/{name}", show, methods=["GET"])


def _scene(house: House, say: Wording, request: Request, now: datetime) -> Scene:
    """What whoever asks looks at. `NotFound`: not released, or not theirs."""
    code = request.path_params["code"]
    account = house.visitors.visitor(request.cookies.get(COOKIE), now)
    wave = house.store.waves.find(code)
    released = wave.state is WaveState.RELEASED and wave.code == code
    if account is None or not released or not account.reads(wave.organisation.id):
        raise NotFound("error.wave_unknown", wave=code)
    own = own_path(account, wave.organisation)
    return Scene(say, load_results(house.store, wave), request.query_params, LIGHT, own)


def _page(scene: Scene, request: Request, screens: Collection[str]) -> Response:
    """The picture that the address names. `NotFound`: there is none, or nothing to draw."""
    name = request.path_params["name"]
    chart = PICTURES[name](scene) if name in PICTURES else None
    if chart is None:
        raise NotFound("error.wave_unknown", wave=name)
    say, figure = scene.say, to_take(chart)
    html = template(_HERE / "templates", "picture.html", TEMPLATES).render(
        say=say,
        css=_CSS,
        chart=chart,
        table=Markup(chart.table),  # noqa: S704 - made by our own templates
        figure=_in_script(figure.to_json()),
        width=figure.layout.width,
        height=figure.layout.height,
        scale=SCALE,
        file=_file_name(scene.results.wave, chart),
        back=_back(scene, request, screens),
        others=_others(say, request),
        plotly=script_address("plotly.js"),
        script=script_address("drawing.js"),
    )
    return HTMLResponse(html, headers={"Content-Security-Policy": _POLICY, **_NO_STORE})


def _in_script(json: str) -> Markup:
    """JSON that no name in it can end the script around it with."""
    for sign in "<>&":
        json = json.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(json)  # noqa: S704 - in quotes of JSON, and without those signs


def _file_name(wave: Wave, chart: Chart) -> str:
    """Without its ending, which says PNG or SVG."""
    title = shorten(chart.title.replace(":", " –"), _LONGEST_TITLE, placeholder="").rstrip(".")
    return safe(f"Kundenkompass {wave.organisation.name} {wave.title} {title}")


def _back(scene: Scene, request: Request, screens: Collection[str]) -> str:
    """The screen that a picture is of: what its name begins with."""
    screen = "/" + request.path_params["name"].partition("_")[0]
    asked = {**request.query_params, "wave": scene.results.wave.code, "lang": scene.say.language}
    return f"{screen if screen in screens else _OVERVIEW}?{urlencode(asked)}"


def _others(say: Wording, request: Request) -> dict[Wording, str]:
    """The same picture in the other languages."""
    others = (language for language in LANGUAGES if language != say.language)
    return {
        wording(other): "?" + urlencode({**request.query_params, "lang": other}) for other in others
    }
