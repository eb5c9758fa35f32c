"""What phones are answered: the room as it is now, and what comes of what they send."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.responses import RedirectResponse, Response

from data.errors import NotAllowed, Problem, SubmissionProblem
from data.store import Store
from data.workshops import POLLS, Room, Round, StepKind, WorkshopState
from survey.form.logos import logo_answer
from survey.form.replies import reply
from survey.measures import of_workshop
from survey.phone.moment import Scene, scene_of
from survey.phone.page import Told, room_page
from survey.phone.scenes import Shown
from survey.phone.sent import read_dots, read_poll, read_text
from survey.phone.visit import Visit, answers_of, unsent
from survey.web.limits import Attempts
from survey.wording import LANGUAGES, wording_for
from survey.workshop.phones import ballot_key, contribution_key, member_key

NO_STORE = {"Cache-Control": "no-store"}

_TEXTS = "10 per 1 minute"
_VOTES = "60 per 1 minute"
_JOINS = "20 per 1 minute"
_JOINS_OF_CLIENT = "500 per 6 hours"
"""A room full of people often has one address; a single stranger's must not fill the room."""

_COUNTED = frozenset({Scene.POLL_REVEALED, Scene.DOTS_REVEALED})
_AGREED = frozenset({Scene.MEASURES, Scene.ENDED})
_GOOD = {"idea": "phone.idea_sent", "ask": "phone.ask_sent"}
_NOT_CARRIED = frozenset({"act", "nonce", "switch"})


class Answers:
    """Reads and writes a store; what is sent has to be received inside a transaction."""

    def __init__(self, store: Store) -> None:
        """Answer from this store; begin with nobody too eager."""
        self._store = store
        self._texts = Attempts(_TEXTS)
        self._votes = Attempts(_VOTES)
        self._joins = Attempts(_JOINS)
        self._joins_of_client = Attempts(_JOINS_OF_CLIENT)

    def joined(self, room: Room, token: str | None) -> bool:
        """Whether a phone was let in."""
        workshops, workshop = self._store.workshops, room.workshop
        return token is not None and workshops.joined(workshop, member_key(token, workshop))

    def show(self, visit: Visit) -> Response:
        """What the room does now, with the phone's own vote while its round is open."""
        good = _GOOD.get(visit.fields.get("sent", ""))
        told = Told(good=visit.say(good) if good else "", asking="ask" in visit.fields)
        return self._page(visit, self._with_vote(visit, told))

    def depict(self, visit: Visit) -> Response:
        """The logo of the organisation whose workshop it is."""
        organisation = visit.room.workshop.organisation
        return logo_answer(self._store, organisation, visit.fields.get("v", ""))

    def receive(self, visit: Visit) -> Response:
        """Do what was sent, or say why not with what was filled in still there."""
        workshop = visit.room.workshop
        if visit.fields.get("switch") in LANGUAGES:
            say = wording_for(workshop.organisation, visit.fields["switch"])
            return self._again(replace(visit, say=say))
        if workshop.state is not WorkshopState.RUNNING:
            over = NotAllowed("error.workshop_not_running", workshop=workshop.plan.title)
            return self._late(visit, over)
        if visit.token is None:
            return self._outside(visit, NotAllowed("error.phone_cookie"))
        if visit.fields.get("act") == "join":
            return self._join(visit, visit.token)
        return self._send(visit, visit.token)

    def _send(self, visit: Visit, token: str) -> Response:
        """A vote, an idea or a question of a phone that has joined."""
        if not self.joined(visit.room, token):
            return self._outside(visit, NotAllowed("error.phone_not_joined"))
        act = visit.fields.get("act", "")
        try:
            if act in {"idea", "ask"}:
                return self._contribute(visit, token, act)
            return self._vote(visit, token)
        except SubmissionProblem as problem:
            return self._again(visit, problem, status=422)

    def _join(self, visit: Visit, token: str) -> Response:
        wait = self._joins.take(token)
        if wait:
            return self._too_often(visit, wait)
        if self.joined(visit.room, token):
            return self._on(visit)
        workshop = visit.room.workshop
        if self._joins_of_client.take(visit.client, workshop.code):
            return self._outside(visit, NotAllowed("error.phone_network_full"), status=429)
        try:
            self._store.workshops.join(workshop, member_key(token, workshop))
        except NotAllowed as problem:
            return self._outside(visit, problem, status=409)
        return self._on(visit)

    def _vote(self, visit: Visit, token: str) -> Response:
        """A vote on items or with dots, instead of the one before."""
        workshop, step, asked = visit.room.workshop, visit.room.workshop.step, visit.open_round
        if step is None or asked is None or step.kind not in POLLS | {StepKind.DOTS}:
            return self._late(visit, NotAllowed("error.round_closed"))
        if step.kind is StepKind.DOTS:
            values = read_dots(asked, workshop.plan.dots, visit.fields)
        else:
            values = read_poll(step, visit.fields)
        wait = self._votes.take(token)
        if wait:
            return self._too_often(visit, wait)
        try:
            self._store.workshops.vote(
                workshop, asked.id, ballot_key(token, workshop, asked), values
            )
        except NotAllowed as problem:
            return self._late(visit, problem)
        return self._on(visit)

    def _contribute(self, visit: Visit, token: str, act: str) -> Response:
        """An idea for the present step, or a question, which is always welcome."""
        workshop, idea = visit.room.workshop, act == "idea"
        step = workshop.step
        if idea and (not visit.open_round or not step or step.kind is not StepKind.IDEAS):
            return self._late(visit, NotAllowed("error.idea_late"))
        field, at = ("idea", workshop.at) if idea else ("question", 0)
        text = read_text(field, visit.fields)
        wait = self._texts.take(token)
        if wait:
            return self._too_often(visit, wait)
        key = contribution_key(token, workshop, at, visit.fields.get("nonce", ""), text)
        try:
            self._store.workshops.contribute(workshop, at, key, text)
        except NotAllowed as problem:
            if problem.key == "error.round_closed":
                return self._late(visit, NotAllowed("error.idea_late"))
            return self._again(visit, problem, status=409)
        rest = {name: value for name, value in visit.fields.items() if name != field}
        return self._on(replace(visit, fields=rest), act)

    def _on(self, visit: Visit, sent: str = "") -> Response:
        """On to what the room does now; where something else is not sent yet, with it."""
        own = self._own(visit)
        left = unsent(visit.room, visit.fields, own) if visit.same_step else {}
        if left:
            good = visit.say(_GOOD[sent]) if sent else ""
            told = Told(
                {**own, **left}, bool(own), good=good, unsent=True, asking="question" in left
            )
            return self._page(visit, told)
        workshop = visit.room.workshop
        here = f"/w/{workshop.code}?lang={visit.say.language}"
        return RedirectResponse(here + (f"&sent={sent}" if sent else ""), 303, NO_STORE)

    def _outside(self, visit: Visit, problem: Problem, status: int = 403) -> Response:
        """The way in, with what was filled in carried along."""
        carried = {n: text for n, text in visit.fields.items() if n not in _NOT_CARRIED}
        shown = self._shown(visit, joined=False)
        return self._page(visit, Told(carried, problem=problem), status, shown)

    def _late(self, visit: Visit, problem: Problem) -> Response:
        """What was sent came too late; a text is there to be copied."""
        idea = visit.fields.get("idea", "").strip()
        shown = self._shown(visit, joined=self.joined(visit.room, visit.token))
        kept = "" if visit.same_step and shown.scene is Scene.IDEAS else idea
        return self._again(visit, problem, kept=kept, status=409)

    def _too_often(self, visit: Visit, seconds: int) -> Response:
        problem = NotAllowed("error.phone_too_often", seconds=seconds)
        answer = self._again(visit, problem, status=429)
        answer.headers["Retry-After"] = str(seconds)
        return answer

    def _again(
        self, visit: Visit, problem: Problem | None = None, *, kept: str = "", status: int = 200
    ) -> Response:
        """The page as it was filled in, as far as that fits what is asked now."""
        own = self._own(visit)
        fits = visit.same_step or not visit.fields.get("round")
        draft = {**own, **visit.fields} if fits else own
        question = visit.fields.get("question", "")
        draft = {**draft, "question": question}
        told = Told(
            draft,
            bool(own),
            problem,
            kept=kept,
            unsent=bool(kept or unsent(visit.room, draft, own)),
            asking=bool(question),
        )
        return self._page(visit, told, status)

    def _with_vote(self, visit: Visit, told: Told) -> Told:
        own = self._own(visit)
        if not own:
            return told
        good = told.good or visit.say("phone.voted")
        return replace(told, draft=own, voted=True, good=good)

    def _own(self, visit: Visit) -> Mapping[str, str]:
        """What the phone votes in the round that is open, as fields; {} if nothing."""
        room, asked = visit.room, visit.room.current
        if visit.token is None or asked is None or asked.closed:
            return {}
        return answers_of(room, self._voted(room, asked, visit.token))

    def _voted(self, room: Room, asked: Round, token: str) -> Mapping[str, int]:
        key = ballot_key(token, room.workshop, asked)
        return self._store.workshops.voted(room.workshop, asked.id, key)

    def _page(
        self, visit: Visit, told: Told, status: int = 200, shown: Shown | None = None
    ) -> Response:
        shown = shown or self._shown(visit, joined=self.joined(visit.room, visit.token))
        html, style = room_page(visit.say, shown, told)
        return reply(html, style, status=status, headers=NO_STORE)

    def _shown(self, visit: Visit, *, joined: bool) -> Shown:
        room = visit.room
        scene, workshop = scene_of(room, joined=joined), room.workshop
        tallies = self._store.workshops.tallies(workshop) if scene in _COUNTED else {}
        agreed = of_workshop(self._store, workshop) if scene in _AGREED else ()
        return Shown(room, scene, tallies, agreed)
