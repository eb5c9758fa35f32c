"""The server: Streamlit's app with our few HTTP routes and middleware, nothing else.

Start it with `make run`, or `streamlit run streamlit_app.py`.
"""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from data.errors import Problem
from survey.form.routes import LightForm
from survey.house import House, house
from survey.screens.frame import show_trouble
from survey.screens.places import ADDRESSES
from survey.settings import command_line_language, public_url
from survey.web.audit_download import audit_route
from survey.web.gate import Gate
from survey.web.headers import PageHeaders
from survey.web.health import health_route
from survey.web.owner import owner_route
from survey.web.upkeep import keep_up
from survey.wording import wording


@contextlib.asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Print the owner's link, and look after the database while the server runs."""
    say = wording(command_line_language())
    address, port = st.get_option("server.address"), st.get_option("server.port")
    here = f"http://{'127.0.0.1' if address == '0.0.0.0' else address}:{port}"  # noqa: S104
    link = f"{public_url() or here}/owner/{house().ownership.offer()}"
    print(f"\n  {say('console.owner_link')}\n  {link}\n", flush=True)
    upkeep = asyncio.create_task(keep_up(house().store))
    try:
        yield
    finally:
        upkeep.cancel()
        house().store.close()


def opened_house() -> House:
    """The house, or a message why it cannot be opened, and the end."""
    try:
        return house()
    except Problem as problem:
        print(wording(command_line_language()).problem(problem), file=sys.stderr)
        sys.exit(1)


opened = opened_house()
app = st.App(
    Path(__file__).parent / "survey" / "navigation.py",
    routes=[
        *LightForm(opened.store, opened.signer, date.today).routes(),
        owner_route(opened.ownership, datetime.now),
        audit_route(opened, datetime.now),
        health_route(opened.store),
    ],
    middleware=[
        Middleware(PageHeaders),
        Middleware(Gate, opened.ownership, datetime.now, ADDRESSES),
    ],
    lifespan=lifespan,
    on_script_error=show_trouble,
)
