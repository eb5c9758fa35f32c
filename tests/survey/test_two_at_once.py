"""Two at once over HTTP: one gets through, the other is told in words."""

from datetime import datetime

import pytest
from starlette.testclient import TestClient

from data.accounts import TicketKind
from data.invited import Invited, hash_code
from data.store import Store
from survey.house import house
from survey.invitations import new_personal_code
from survey.visitors import COOKIE
from tests.data.samples import at_once
from tests.people import PASSWORD, form_of
from tests.survey.everybody import ADDRESS, CONSULTANT, NOBODY, OPEN, app_of_a_start, browser_of
from tests.survey.test_foreign_numbers import responses


def filled_in(page: str, department: int) -> dict[str, str]:
    """A form with every statement answered."""
    token = page.split('name="token" value="')[1].split('"', maxsplit=1)[0]
    names = {name.split('"')[0] for name in page.split('type="radio" name="')[1:]}
    return {"token": token, **dict.fromkeys(names, "3"), "department": str(department)}


@pytest.fixture
def personal_code(started: Store) -> str:
    """A personal link of the open wave."""
    code = new_personal_code()
    started.personal.add(started.waves.find(OPEN), [Invited(hash_code(code))])
    return code


def test_of_two_phones_with_one_personal_link_one_answers(
    started: Store, personal_code: str
) -> None:
    """The other reads that the link has been used, and which way it went is nobody's guess."""
    wave = started.waves.find(OPEN)
    department = started.waves.departments(wave)[0].id
    app, before = app_of_a_start(), responses(started)
    with TestClient(app, follow_redirects=False) as browser:
        forms = [filled_in(browser.get(f"/q/{personal_code}").text, department) for _ in range(6)]
        assert len({form["token"] for form in forms}) == 6
        answers = at_once(lambda n: browser.post(f"/q/{personal_code}", data=forms[n]), 6)
    assert sorted(answer.status_code for answer in answers) == [303, *[409] * 5]
    assert all("bereits" in a.text or "schon" in a.text for a in answers if a.status_code == 409)
    assert responses(started) == before + 1
    assert "<form" not in browser_of(NOBODY).get(f"/q/{personal_code}").text


def test_one_form_sent_by_many_threads_is_stored_once(started: Store) -> None:
    """A double click, and a retry on a bad line; everybody is thanked."""
    department = started.waves.departments(started.waves.find(OPEN))[0].id
    before = responses(started)
    with TestClient(app_of_a_start(), follow_redirects=False) as browser:
        form = filled_in(browser.get(f"/q/{OPEN}").text, department)
        answers = at_once(lambda _: browser.post(f"/q/{OPEN}", data=form))
    assert {answer.status_code for answer in answers} == {303}
    assert responses(started) == before + 1


def test_of_two_who_use_one_password_link_one_gets_in(started: Store) -> None:
    """And only one password is set."""
    account = started.accounts.find(ADDRESS[CONSULTANT])
    token = house().visitors.offer(TicketKind.PASSWORD, account, datetime.now())
    path, app = f"/password/{token}", app_of_a_start()
    browsers = [TestClient(app, follow_redirects=False) for _ in range(2)]
    fields = [{**form_of(b, path), "password": PASSWORD, "again": PASSWORD} for b in browsers]
    answers = at_once(lambda n: browsers[n].post(path, data=fields[n]), 2)
    assert sorted(answer.status_code for answer in answers) == [303, 403]
    assert sum(COOKIE in answer.headers.get("set-cookie", "") for answer in answers) == 1
