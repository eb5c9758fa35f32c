"""The server: Streamlit's app with our few HTTP routes and middleware, nothing else.

Start it with `make run`, or `streamlit run streamlit_app.py`.
"""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from data.accounts import TicketKind
from data.errors import Problem
from survey.access import company_addresses, has_company_sign_in
from survey.form.preview import Preview
from survey.form.routes import LightForm
from survey.house import House, house
from survey.phone.routes import PhoneForm
from survey.running import keep_time
from survey.screens.frame import show_trouble
from survey.screens.places import ADDRESSES
from survey.settings import command_line_language, public_url
from survey.web.audit_download import audit_route
from survey.web.downloads import Downloads
from survey.web.gate import Gate
from survey.web.headers import PageHeaders
from survey.web.health import health_route
from survey.web.own_password import OwnPassword
from survey.web.password_links import PasswordLinks
from survey.web.picture import picture_route
from survey.web.scripts import script_route
from survey.web.sign_in import SignIn
from survey.web.single_sign_on import signed_on_route
from survey.web.upkeep import keep_up, keep_waves
from survey.web.workshop_files import WorkshopFiles
from survey.wording import Wording, wording


@contextlib.asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Print where to begin, and look after the database while the server runs."""
    say = wording(command_line_language())
    address, port = st.get_option("server.address"), st.get_option("server.port")
    here = f"http://{'127.0.0.1' if address == '0.0.0.0' else address}:{port}"  # noqa: S104
    print(f"\n  {welcome(say, house(), public_url() or here)}\n", flush=True)
    upkeep = [asyncio.create_task(keep(house().store)) for keep in (keep_up, keep_waves)]
    try:
        yield
    finally:
        for task in upkeep:
            task.cancel()
        house().store.close()


def welcome(say: Wording, open_house: House, address: str) -> str:
    """The address; as long as no owner can sign in, the one-time link by which one begins."""
    if open_house.store.accounts.ready():
        return say("console.address", address=address, sign_in=f"{address}/sign-in")
    token = open_house.visitors.offer(TicketKind.SET_UP, None, datetime.now())
    return say("console.set_up", link=f"{address}/set-up/{token}")


def opened_house() -> House:
    """The house, or a message why it cannot be opened, and the end."""
    try:
        keep_time(house().store, datetime.now(UTC))
        return house()
    except Problem as problem:
        print(wording(command_line_language()).problem(problem), file=sys.stderr)
        sys.exit(1)


opened = opened_house()
app = st.App(
    Path(__file__).parent / "survey" / "navigation.py",
    routes=[
        *LightForm(
            opened.store, opened.signer, partial(datetime.now, UTC), opened.guesses
        ).routes(),
        *PhoneForm(opened.store, opened.phones, opened.guesses).routes(),
        WorkshopFiles(opened.store, opened.visitors, datetime.now).route(),
        Preview(opened.store, opened.visitors.visitor, datetime.now).route(),
        *Downloads(opened.store, opened.visitors, opened.handouts, datetime.now).routes(),
        audit_route(opened, datetime.now),
        picture_route(opened, datetime.now, ADDRESSES),
        script_route(),
        *SignIn(opened, datetime.now, single_sign_on=has_company_sign_in()).routes(),
        signed_on_route(opened, datetime.now),
        *OwnPassword(opened, datetime.now).routes(),
        *PasswordLinks(opened, datetime.now).routes(),
        health_route(opened.store),
    ],
    middleware=[
        Middleware(PageHeaders),
        Middleware(Gate, opened.visitors, datetime.now, ADDRESSES | company_addresses()),
    ],
    lifespan=lifespan,
    on_script_error=show_trouble,
)
