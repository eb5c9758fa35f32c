"""One answer's way in: what a form must hold, and which forms are ours."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from itsdangerous import URLSafeSerializer

from data.errors import DatabaseProblem, NotAllowed, SubmissionProblem
from data.model import Department, Invitation, Wave
from data.results import AnswerCount, PublishedComment
from data.store import Store
from survey.settings import signing_secret
from survey.submission import (
    LONGEST_COMMENT,
    NO_DEPARTMENT,
    Draft,
    FormSigner,
    new_nonce,
    submit,
)
from tests.data.samples import DAY, NEXT_DAY, NEXT_NOON, NOON, SHORT_FORM, nonce, short_settings

KEY = nonce(1)
ANSWERS = {"CP1": "1", "EO1": "2", "TB1": "0", "BO1": "4", "SO1": "5"}
FULL = Draft(department=NO_DEPARTMENT, answers=ANSWERS)


@pytest.fixture
def open_link(open_wave: Wave, small_tree: tuple[Department, ...]) -> Invitation:
    """The wave's own link, in an organisation with departments."""
    assert small_tree
    return Invitation(open_wave.code, open_wave)


@pytest.fixture
def form_signer() -> FormSigner:
    return FormSigner("a secret of this house")


def findings(store: Store, invitation: Invitation, draft: Draft) -> list[Mapping[str, object]]:
    """What a draft is refused for; nothing of it may be stored."""
    with pytest.raises(SubmissionProblem) as problem:
        submit(store, invitation, draft, KEY, NOON)
    assert problem.value.key == "error.form_incomplete"
    assert store.answers.counts(invitation.wave) == ()
    assert store.answers.per_day(invitation.wave) == {}
    return [{"key": finding.key, **finding.values} for finding in problem.value.findings]


def stored(store: Store, wave: Wave, item: str = "CP1") -> AnswerCount:
    """The one answer to an item."""
    (count,) = (count for count in store.answers.counts(wave) if count.item == item)
    return count


# What a form must hold


def test_a_complete_form_is_stored_as_it_was_filled_in(
    fresh_store: Store, open_link: Invitation, small_tree: tuple[Department, ...]
) -> None:
    """Every answer, 0 for can't judge, both facts, the department, the comment, the day."""
    north = small_tree[1]
    draft = Draft(
        department=str(north.id),
        position="yes",
        contact="yes",
        answers=ANSWERS,
        comments={"employee_orientation": "  Mehr Lob.\n"},
    )
    assert submit(fresh_store, open_link, draft, KEY, NOON)
    assert set(fresh_store.answers.counts(open_link.wave)) == {
        AnswerCount(north.path, True, True, item, value, 1)
        for item, value in zip(SHORT_FORM, (1, 2, 0, 4, 5), strict=True)
    }
    assert fresh_store.answers.comments(open_link.wave) == (
        PublishedComment(north.path, "employee_orientation", "Mehr Lob."),
    )
    assert fresh_store.answers.per_day(open_link.wave) == {DAY: 1}


def test_a_form_sent_twice_is_stored_once(fresh_store: Store, open_link: Invitation) -> None:
    """The first submission stands, and the second is not an error."""
    changed = replace(FULL, answers=dict.fromkeys(SHORT_FORM, "3"))
    assert submit(fresh_store, open_link, FULL, KEY, NOON)
    assert not submit(fresh_store, open_link, changed, KEY, NOON)
    assert stored(fresh_store, open_link.wave).value == 1


def test_each_missing_answer_is_named_by_its_field_and_number(
    fresh_store: Store, open_link: Invitation
) -> None:
    """In the order they are asked, all at once."""
    draft = replace(FULL, answers={"SO1": "5", "CP1": "1", "TB1": "0"})
    assert findings(fresh_store, open_link, draft) == [
        {"key": "error.answer_missing", "field": "EO1", "question": 2},
        {"key": "error.answer_missing", "field": "BO1", "question": 4},
    ]


def test_an_empty_form_lacks_everything_but_what_is_optional(
    fresh_store: Store, open_link: Invitation
) -> None:
    """Department and five answers; neither facts nor comments."""
    found = findings(fresh_store, open_link, Draft())
    assert [finding["field"] for finding in found] == ["department", *SHORT_FORM]


@pytest.mark.parametrize("text", ["", "6", "-1", "1.0", " 1", "01", "x", "３", "yes"])
def test_a_value_that_the_form_does_not_offer_is_no_answer(
    fresh_store: Store, open_link: Invitation, text: str
) -> None:
    """Whoever sends forms by hand gets no other scale."""
    draft = replace(FULL, answers={**ANSWERS, "TB1": text})
    assert findings(fresh_store, open_link, draft) == [
        {"key": "error.answer_missing", "field": "TB1", "question": 3}
    ]


def test_questions_are_numbered_as_the_form_numbers_them(fresh_store: Store) -> None:
    """By dimension, in the instrument's order, whatever order the wave lists its items in."""
    owner = fresh_store.organisations.add("Lange Form GmbH")
    settings = replace(short_settings(), items=("SO1", "CP2", "EO1", "CP1"))
    wave = fresh_store.waves.open(fresh_store.waves.add(owner, settings, "lang2345"), DAY)
    draft = Draft(answers={"EO1": "3", "CP1": "3"})
    assert findings(fresh_store, Invitation(wave.code, wave), draft) == [
        {"key": "error.answer_missing", "field": "CP2", "question": 2},
        {"key": "error.answer_missing", "field": "SO1", "question": 4},
    ]


def test_items_and_dimensions_that_are_not_asked_are_left_out(fresh_store: Store) -> None:
    """A form cannot smuggle in more than the wave asks."""
    owner = fresh_store.organisations.add("Kurz GmbH")
    settings = replace(short_settings(), items=("CP1",))
    wave = fresh_store.waves.open(fresh_store.waves.add(owner, settings, "kurz2345"), DAY)
    draft = Draft(
        answers={**ANSWERS, "XX1": "5"},
        comments={"systematic_ownership": "nicht gefragt", "made_up": "auch nicht"},
    )
    assert submit(fresh_store, Invitation(wave.code, wave), draft, KEY, NOON)
    assert {count.item for count in fresh_store.answers.counts(wave)} == {"CP1"}
    assert fresh_store.answers.comments(wave) == ()


# The department


@pytest.mark.parametrize("text", ["", "0", "-1", "999999", "Lager", "1 OR 1", "None"])
def test_a_department_must_be_one_of_the_list(
    fresh_store: Store, open_link: Invitation, text: str
) -> None:
    """Nothing chosen and something made up are the same to the person: please choose."""
    assert findings(fresh_store, open_link, replace(FULL, department=text)) == [
        {"key": "error.department_missing", "field": "department"}
    ]


def test_another_organisations_department_is_not_on_the_list(
    fresh_store: Store, open_link: Invitation
) -> None:
    """Ids are counted through the whole database."""
    other = fresh_store.organisations.add("Andere KG")
    (strange,) = fresh_store.organisations.save_departments(other, {("Einkauf",): 30})
    found = findings(fresh_store, open_link, replace(FULL, department=str(strange.id)))
    assert [finding["key"] for finding in found] == ["error.department_missing"]


def test_belonging_to_no_department_is_an_answer(fresh_store: Store, open_link: Invitation) -> None:
    """It counts for the whole organisation only."""
    assert submit(fresh_store, open_link, FULL, KEY, NOON)
    assert stored(fresh_store, open_link.wave).path == ()


@pytest.mark.parametrize("said", ["", NO_DEPARTMENT, "999999"])
def test_a_links_department_needs_no_choice(
    fresh_store: Store, open_wave: Wave, small_tree: tuple[Department, ...], said: str
) -> None:
    """The link says where a person belongs, whatever the form says."""
    invitation = Invitation("lager234", open_wave, small_tree[3])
    assert submit(fresh_store, invitation, replace(FULL, department=said), KEY, NOON)
    assert stored(fresh_store, open_wave).path == ("Lager",)


def test_without_departments_there_is_nothing_to_choose(
    fresh_store: Store, open_wave: Wave
) -> None:
    """An organisation may be asked as a whole."""
    invitation = Invitation(open_wave.code, open_wave)
    assert submit(fresh_store, invitation, replace(FULL, department=""), KEY, NOON)
    assert stored(fresh_store, open_wave).path == ()


# Facts and comments


@pytest.mark.parametrize("said", ["", "no", "skip", "YES", "true", "1"])
def test_facts_are_optional_and_only_yes_is_yes(
    fresh_store: Store, open_link: Invitation, said: str
) -> None:
    """Who skips is one of everyone else."""
    draft = replace(FULL, position="yes", contact=said)
    assert submit(fresh_store, open_link, draft, KEY, NOON)
    count = stored(fresh_store, open_link.wave)
    assert (count.leads, count.customer) == (True, False)


def test_facts_that_a_wave_does_not_ask_are_not_kept(fresh_store: Store) -> None:
    """Even if a form brings them along."""
    owner = fresh_store.organisations.add("Ohne GmbH")
    settings = replace(short_settings(), position=False, contact=False)
    wave = fresh_store.waves.open(fresh_store.waves.add(owner, settings, "ohne2345"), DAY)
    draft = replace(FULL, position="yes", contact="yes")
    assert submit(fresh_store, Invitation(wave.code, wave), draft, KEY, NOON)
    count = stored(fresh_store, wave)
    assert (count.leads, count.customer) == (False, False)


def test_a_comment_that_is_too_long_is_named_with_its_length(
    fresh_store: Store, open_link: Invitation
) -> None:
    """2,000 characters are the most; blanks around them do not count."""
    longest = {"top_down_bottom_up": " " + "ä" * LONGEST_COMMENT + "\n"}
    too_long = {"top_down_bottom_up": "ä" * (LONGEST_COMMENT + 1)}
    assert findings(fresh_store, open_link, replace(FULL, comments=too_long)) == [
        {
            "key": "error.comment_long",
            "field": "comment_top_down_bottom_up",
            "longest": 2000,
            "length": 2001,
        }
    ]
    assert submit(fresh_store, open_link, replace(FULL, comments=longest), KEY, NOON)
    (comment,) = fresh_store.answers.comments(open_link.wave)
    assert comment.text == "ä" * 2000


def test_an_empty_comment_is_none(fresh_store: Store, open_link: Invitation) -> None:
    """Nor are blanks and line breaks one."""
    blank = {"customer_perspective": "", "top_down_bottom_up": " \n "}
    assert submit(fresh_store, open_link, replace(FULL, comments=blank), KEY, NOON)
    assert fresh_store.answers.comments(open_link.wave) == ()


# The wave


def test_a_wave_that_has_not_begun_or_is_over_takes_nothing(
    fresh_store: Store, draft_wave: Wave
) -> None:
    """The refusal names wave and state, whether or not the form is complete."""
    opened = fresh_store.waves.open(draft_wave, DAY)
    closed = fresh_store.waves.close(opened, NEXT_DAY)
    for wave in (draft_wave, closed):
        for draft in (FULL, Draft()):
            with pytest.raises(NotAllowed) as problem:
                submit(fresh_store, Invitation(wave.code, wave), draft, KEY, NEXT_NOON)
            assert problem.value.key == "error.wave_not_open"
            assert problem.value.values == {"wave": wave.title, "state": wave.state}
    assert fresh_store.answers.counts(closed) == ()


def test_a_wave_closed_while_somebody_was_answering_takes_nothing(
    fresh_store: Store, open_link: Invitation
) -> None:
    """The link was looked up while the wave was open, and the answers came after its end."""
    fresh_store.waves.close(open_link.wave, NEXT_DAY)
    with pytest.raises(NotAllowed):
        submit(fresh_store, open_link, FULL, KEY, NEXT_NOON)
    assert fresh_store.answers.counts(open_link.wave) == ()


# Whose form it is


def test_a_signed_form_gives_back_its_key(form_signer: FormSigner) -> None:
    """Also to a signer with the same secret, after a restart."""
    key = new_nonce()
    token = form_signer.sign("k7m2p9qx", key)
    assert form_signer.read(token, "k7m2p9qx") == key
    assert FormSigner("a secret of this house").read(token, "k7m2p9qx") == key


def test_every_form_gets_a_key_of_its_own() -> None:
    """16 random bytes."""
    keys = {new_nonce() for _ in range(1000)}
    assert len(keys) == 1000
    assert {len(key) for key in keys} == {16}


def test_a_form_of_another_link_is_refused(form_signer: FormSigner) -> None:
    """A key signed for one wave opens no other."""
    token = form_signer.sign("k7m2p9qx", KEY)
    with pytest.raises(SubmissionProblem) as problem:
        form_signer.read(token, "m2p9qxk7")
    assert problem.value.key == "error.form_unsigned"


def test_a_form_changed_in_a_single_sign_is_refused(form_signer: FormSigner) -> None:
    """Nobody chooses their own key, and so nobody overwrites or guesses another's."""
    token = form_signer.sign("k7m2p9qx", KEY)
    for place, sign in enumerate(token):
        changed = token[:place] + ("A" if sign != "A" else "Q") + token[place + 1 :]
        with pytest.raises(SubmissionProblem):
            form_signer.read(changed, "k7m2p9qx")


@pytest.mark.parametrize(
    "token", ["", ".", "..", "x", "ä.ö", "\x00", "k7m2p9qx", "W10.x", "a" * 10_000, "null.null"]
)
def test_rubbish_is_no_signed_form(form_signer: FormSigner, token: str) -> None:
    """It is refused like an outdated form, never with an error of our own."""
    with pytest.raises(SubmissionProblem) as problem:
        form_signer.read(token, "k7m2p9qx")
    assert problem.value.key == "error.form_unsigned"
    assert problem.value.findings == ()


@pytest.mark.parametrize(
    ("secret", "salt"), [("another house's secret", "form"), ("a secret of this house", "owner")]
)
def test_what_was_signed_elsewhere_or_for_something_else_is_refused(
    form_signer: FormSigner, secret: str, salt: str
) -> None:
    """Neither another house's form nor this house's owner cookie is a form of this house."""
    token = str(URLSafeSerializer(secret, salt=salt).dumps(["k7m2p9qx", KEY.hex()]))
    with pytest.raises(SubmissionProblem):
        form_signer.read(token, "k7m2p9qx")


# The secret beside the database


def test_the_secret_is_made_once_and_stays(tmp_path: Path) -> None:
    """A restart must not make every open form invalid; every house has its own."""
    first = signing_secret(tmp_path / "one.db")
    assert signing_secret(tmp_path / "one.db") == first
    assert signing_secret(tmp_path / "two.db") != first
    assert len(first) == 64


def test_the_secret_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    """Whoever reads it can sign forms."""
    signing_secret(tmp_path / "var" / "kundenkompass.db")
    assert (tmp_path / "var" / "kundenkompass.db.key").stat().st_mode & 0o777 == 0o600


def test_an_empty_key_file_is_no_secret(tmp_path: Path) -> None:
    """A start that was interrupted between making and filling it must not leave forms unsigned."""
    (tmp_path / "kundenkompass.db.key").touch(0o600)
    assert len(signing_secret(tmp_path / "kundenkompass.db")) == 64


def test_a_secret_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """As something a person can mend, not as a crash."""
    key = tmp_path / "kundenkompass.db.key"
    key.mkdir()
    with pytest.raises(DatabaseProblem) as problem:
        signing_secret(tmp_path / "kundenkompass.db")
    assert problem.value.key == "error.secret_unwritable"
    assert problem.value.values == {"path": key}
