"""One answer's way in: checks what a person filled in and hands it to the store.

The light form and the Streamlit screen both end here. No Streamlit.
"""

import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer

from data.errors import NotAllowed, Problem, SubmissionProblem
from data.model import CANT_JUDGE, SCALE, Department, Invitation, Response, WaveState
from data.questionnaires import load_instrument
from data.schedule import takes_answers
from data.store import Store

LONGEST_COMMENT = 2000
YES = "yes"
NO_DEPARTMENT = "none"
"""What the department field holds when a person belongs to no listed one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person filled in, as text, right or wrong; "" where nothing.

    `department`: a department's id or `NO_DEPARTMENT`. `position`, `contact`:
    "yes", "no" or "skip". `answers`: item → "0" (can't judge) … "5".
    """

    department: str = ""
    position: str = ""
    contact: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)


class FormSigner:
    """Signs the key of a response into the form that will carry it."""

    def __init__(self, secret: str) -> None:
        """Sign with this secret."""
        self._serializer = URLSafeSerializer(secret, salt="form")
        self._thanks = URLSafeSerializer(secret, salt="thanks")

    def sign(self, code: str, nonce: bytes) -> str:
        """A token that holds a nonce for the wave's link `code` and for no other."""
        return self._serializer.dumps([code, nonce.hex()])

    def read(self, token: str, code: str) -> bytes:
        """The nonce in a token. `SubmissionProblem` if it was not signed for this link."""
        try:
            signed_for, nonce = self._serializer.loads(token)
        except (BadSignature, ValueError, TypeError) as error:
            raise SubmissionProblem("error.form_unsigned") from error
        if signed_for != code:
            raise SubmissionProblem("error.form_unsigned")
        return bytes.fromhex(nonce)

    def signed(self, token: str, code: str) -> bool:
        """Whether a token was made by `sign` for this link."""
        try:
            return bool(self.read(token, code))
        except SubmissionProblem:
            return False

    def sign_thanks(self, code: str) -> str:
        """Proves that somebody answered through this link, and tells nothing about whom."""
        return str(self._thanks.dumps(code))

    def thanks(self, proof: str, code: str) -> bool:
        """Whether a proof was made by `sign_thanks` for this link."""
        try:
            return bool(self._thanks.loads(proof) == code)
        except BadSignature:
            return False


def new_nonce() -> bytes:
    """A response's key: 16 random bytes."""
    return secrets.token_bytes(16)


def submit(
    store: Store,
    invitation: Invitation,
    draft: Draft,
    nonce: bytes,
    now: datetime,
    departments: Sequence[Department] | None = None,
) -> bool:
    """Store a checked response; False if one of this nonce stands already.

    `now`: the moment it came, with a time zone; it decides whether the response
    still counts and is not kept. `departments`: the wave's, where the caller has
    them already.

    Raises `NotAllowed` unless the wave is open, its end has not come and a personal
    link is unused, and `SubmissionProblem` with a finding for each field that is
    missing or wrong; nothing is stored then.
    """
    wave = invitation.wave
    if not takes_answers(wave, now):
        state = WaveState.CLOSED if wave.state is WaveState.OPEN else wave.state
        raise NotAllowed("error.wave_not_open", wave=wave.title, state=state)
    if departments is None:
        departments = store.waves.departments(wave)
    response = checked(invitation, draft, nonce, departments)
    on = now.astimezone().date()
    return store.answers.add(wave, response, on, invitation.personal)


def checked(
    invitation: Invitation, draft: Draft, nonce: bytes, known: Sequence[Department]
) -> Response:
    """What a person filled in, as a response. `SubmissionProblem` carries every finding.

    `known`: the departments there are to choose from.
    """
    departments = {str(department.id) for department in known}
    settings = invitation.wave.settings
    asked = load_instrument(settings.instrument).asked(settings.items)
    points = {str(value) for value in (CANT_JUDGE, *SCALE)}
    findings: list[Problem] = []
    must_choose = departments and not invitation.department
    if must_choose and draft.department not in {*departments, NO_DEPARTMENT}:
        findings.append(Problem("error.department_missing", field="department"))
    for number, item in enumerate((i for d in asked for i in d.items), start=1):
        if draft.answers.get(item.id) not in points:
            findings.append(Problem("error.answer_missing", field=item.id, question=number))
    comments = {d.id: _readable(draft.comments.get(d.id, "")) for d in asked}
    for dimension in asked:
        length = len(comments[dimension.id])
        if length > LONGEST_COMMENT:
            findings.append(
                Problem(
                    "error.comment_long",
                    field=f"comment_{dimension.id}",
                    longest=LONGEST_COMMENT,
                    length=length,
                )
            )
    if findings:
        raise SubmissionProblem("error.form_incomplete", findings)
    return Response(
        nonce=nonce,
        department=_department(invitation, draft, departments),
        leads=settings.position and draft.position == YES,
        customer=settings.contact and _customer(invitation, draft),
        answers={item: int(draft.answers[item]) for item in settings.items},
        comments={dimension: text for dimension, text in comments.items() if text},
    )


def asks_contact(invitation: Invitation) -> bool:
    """Whether people are asked for customer contact: not where their link's department tells."""
    given = invitation.department is not None and invitation.department.contact is not None
    return invitation.wave.settings.contact and not given


def _customer(invitation: Invitation, draft: Draft) -> bool:
    """What the tree says of the link's department, whatever was sent; else what people say."""
    if invitation.department and invitation.department.contact is not None:
        return invitation.department.contact
    return draft.contact == YES


def _readable(text: str) -> str:
    """A comment without characters that cannot be seen, or that turn the text around."""
    unseen = {"Cc", "Cf", "Cs", "Co"}
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in unseen)
    return "".join(kept).strip()


def _department(invitation: Invitation, draft: Draft, departments: set[str]) -> int | None:
    if invitation.department:
        return invitation.department.id
    return int(draft.department) if draft.department in departments else None
