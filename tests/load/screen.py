"""The browser's side of Streamlit's websocket: visits to a screen, and a form filled in there.

The page itself with its 75 files, which a real browser loads first, is left
out, which favours the screen.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as open_socket
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.typing import Subprotocol

from tests.load.bulk import ORGANISATION
from tests.load.light import Surveys
from tests.load.server import HOST, Server

SESSIONS = 4
"""Browsers that are there at the same time."""

_LONGEST_RUN = 60


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds from asking for a screen to the end of its script, and bytes sent to the browser."""

    seconds: float
    wire: int


class _Counted(ClientConnection):
    """A connection that counts every byte the server sends, as it comes over the wire."""

    wire = 0

    def data_received(self, data: bytes) -> None:
        """Count, and pass on."""
        self.wire += len(data)
        super().data_received(data)


class Visit:
    """One session: reruns of a screen, and what it shows."""

    def __init__(self, socket: ClientConnection, page: str, query: str) -> None:
        """A browser at `/<page>?<query>` that is connected and has asked for nothing yet."""
        self._socket = socket
        self._state = ClientState(page_name=page, query_string=query)
        self._state.context_info.locale = "de-DE"
        self._state.context_info.timezone = "Europe/Berlin"
        self.elements: list[Element] = []

    async def rerun(self, *widgets: WidgetState) -> None:
        """Run the screen with these widgets' values until it has finished."""
        self._state.widget_states.CopyFrom(WidgetStates(widgets=widgets))
        await self._socket.send(BackMsg(rerun_script=self._state).SerializeToString())
        self.elements = []
        async with asyncio.timeout(_LONGEST_RUN):
            while not self._finished(ForwardMsg.FromString(await self._received())):
                pass

    async def _received(self) -> bytes:
        message = await self._socket.recv()
        if isinstance(message, str):
            raise TypeError("a text message from Streamlit")
        return message

    def _finished(self, message: ForwardMsg) -> bool:
        """Take one message in; whether it was the last. `st.rerun` ends a run early."""
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.HasField("new_element"):
            self.elements.append(message.delta.new_element)
        elif kind == "navigation":
            self._state.page_script_hash = message.navigation.page_script_hash
            self._state.page_name = ""
        elif kind == "page_not_found":
            raise RuntimeError(f"no such screen: {self._state.page_name}")
        elif kind == "script_finished":
            early = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
            return message.script_finished != early
        return False


def visited(server: Server, page: str, query: str, cookie: str) -> Cost:
    """What it costs to open a screen of the results in a new session.

    `RuntimeError`: it shows no results of ours.
    """
    return asyncio.run(_visited(server, page, query, cookie))


async def _visited(server: Server, page: str, query: str, cookie: str) -> Cost:
    async with _socket(server, cookie) as socket:
        visit = Visit(socket, page, query)
        started = time.perf_counter()
        await visit.rerun()
        taken = time.perf_counter() - started
        assert isinstance(socket, _Counted)
    kinds = {element.WhichOneof("type") for element in visit.elements}
    heads = [element.heading.body for element in visit.elements]
    if "exception" in kinds or not any(ORGANISATION in head for head in heads):
        raise RuntimeError(f"/{page}?{query} shows no results: {kinds}, {heads}")
    return Cost(taken, socket.wire)


def fill_in_for(server: Server, code: str, seconds: float, random: Random) -> Surveys:
    """Session after session fills in the form; those begun when time is up are finished."""
    return asyncio.run(_fill_in_for(server, code, seconds, random))


async def _fill_in_for(server: Server, code: str, seconds: float, random: Random) -> Surveys:
    started = time.perf_counter()
    until = started + seconds
    sent = await asyncio.gather(
        *(_fill_in_until(until, server, code, random) for _ in range(SESSIONS))
    )
    return Surveys(sum(sent), time.perf_counter() - started)


async def _fill_in_until(until: float, server: Server, code: str, random: Random) -> int:
    sent = 0
    while time.perf_counter() < until:
        async with _socket(server) as socket:
            visit = Visit(socket, "answer", f"wave={code}")
            await visit.rerun()
            await visit.rerun(*_filled_in(visit.elements, random))
        sent += 1
    return sent


def _filled_in(elements: list[Element], random: Random) -> Iterator[WidgetState]:
    """Something chosen everywhere, and the form's button pressed."""
    for element in elements:
        match element.WhichOneof("type"):
            case "radio":
                chosen = random.choice(element.radio.options)
                yield WidgetState(id=element.radio.id, string_value=chosen)
            case "selectbox":
                chosen = random.choice(element.selectbox.options)
                yield WidgetState(id=element.selectbox.id, string_value=chosen)
            case "button" if element.button.is_form_submitter:
                yield WidgetState(id=element.button.id, trigger_value=True)


def _socket(server: Server, cookie: str = "") -> open_socket:
    """A connection as browsers open it, with the compression that they offer."""
    return open_socket(
        f"ws://{HOST}:{server.port}/_stcore/stream",
        origin=None,
        subprotocols=[Subprotocol("streamlit")],
        additional_headers={"Cookie": cookie} if cookie else {},
        compression=None,
        extensions=[ClientPerMessageDeflateFactory(client_max_window_bits=True)],
        create_connection=_Counted,
        max_size=None,
    )
