"""The questionnaire as a Streamlit screen; the same instrument and `submit` as the light form."""

import streamlit as st

from data.errors import DatabaseProblem, NotAllowed, SubmissionProblem
from data.model import Dimension, Instrument, Invitation, Organisation, WaveState
from data.questionnaires import load_instrument
from data.schedule import takes_answers
from survey.form.page import contact_given
from survey.house import house
from survey.invitations import readable_code
from survey.screens.answer_door import asked_invitation
from survey.screens.brand import accented, heading_of, own_words
from survey.screens.frame import escaped, plain_lines, spoken, spoken_to_employees
from survey.screens.today import now
from survey.submission import (
    LONGEST_COMMENT,
    NO_DEPARTMENT,
    Draft,
    asks_contact,
    new_nonce,
    submit,
)
from survey.wording import Wording

_NONCE = "answer_nonce"
_SENT = "answer_sent"
_SHORT = 6


def show() -> None:
    """The form of the wave in the address, or why there is none."""
    say = spoken()
    code = readable_code(st.query_params.get("wave", ""))
    invitation = asked_invitation(say, code)
    if invitation is None:
        return
    wave = invitation.wave
    say = spoken_to_employees(wave)
    accented(wave.organisation)
    heading_of(wave.organisation, code)
    if st.session_state.get(_SENT) == code:
        _thanks(say, invitation)
    elif not takes_answers(wave, now()):
        draft = wave.state is WaveState.DRAFT
        st.title(say("form.not_open_title"))
        key = "form.not_open_draft" if draft else "form.not_open_over"
        st.write(say(key, wave=escaped(wave.title)))
    elif invitation.used:
        st.title(say("form.used_title"))
        st.write(say("form.used", wave=escaped(wave.title)))
    else:
        with st.container(width=736, key="questionnaire"):
            _questionnaire(say, invitation)


def _questionnaire(say: Wording, invitation: Invitation) -> None:
    wave = invitation.wave
    instrument = load_instrument(wave.settings.instrument)
    asked = instrument.asked(wave.settings.items)
    st.title(escaped(wave.title))
    _introduction(say, invitation)
    with st.form("questionnaire", enter_to_submit=False, border=False):
        department = _department(say, invitation)
        position, contact = _facts(say, invitation)
        st.header(say("form.statements"))
        answers, comments = _statements(say, instrument, asked)
        st.write(say("form.send_hint"))
        sent = st.form_submit_button(say("form.send"), type="primary")
    if sent:
        _receive(say, invitation, Draft(department, position, contact, answers, comments))


def _introduction(say: Wording, invitation: Invitation) -> None:
    wave = invitation.wave
    if wave.organisation.demo:
        st.warning(say("form.demo"))
    if wave.settings.introduction:
        st.markdown(plain_lines(wave.settings.introduction))
    st.write(say("form.who", organisation=escaped(wave.organisation.name)))
    if len(wave.settings.items) <= _SHORT:
        st.write(f"**{say.count('form.length_short', len(wave.settings.items))}**")
    smallest = wave.settings.smallest_group
    with st.container(border=True):
        st.header(say("form.privacy_title"))
        st.markdown(
            _list(
                say("form.privacy_stored"),
                say("form.privacy_groups", smallest=smallest),
                say("form.privacy_final"),
                *([say("form.privacy_personal")] if invitation.personal else []),
                *([say("form.privacy_overview")] if wave.settings.staff_overview else []),
            )
        )
        with st.expander(say("form.privacy_more")):
            st.markdown(
                _list(
                    say("form.privacy_comments"),
                    say("form.privacy_deleted", days=wave.settings.retention_days),
                    say("form.privacy_server"),
                    *([] if invitation.personal else [say("form.privacy_twice")]),
                )
            )
            _own_words(say, wave.organisation)


def _own_words(say: Wording, organisation: Organisation) -> None:
    """What the organisation itself says about data protection, and whom to ask."""
    profile = organisation.profile
    if profile.privacy:
        st.subheader(say("form.privacy_own", organisation=escaped(organisation.name)))
        own_words(profile.privacy)
    if profile.contact:
        st.subheader(say("form.contact_person"))
        own_words(profile.contact)


def _department(say: Wording, invitation: Invitation) -> str:
    if invitation.department:
        name = " / ".join(invitation.department.path)
        st.info(say("form.department_given", department=escaped(name)))
        if given := contact_given(say, invitation):
            st.info(given)
        return ""
    names = {
        str(d.id): " / ".join(d.path) for d in house().store.waves.departments(invitation.wave)
    }
    if not names:
        return ""
    names[NO_DEPARTMENT] = say("form.department_none")
    chosen = st.selectbox(
        say("form.department"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=say("form.department_choose"),
    )
    st.caption(say("form.department_hint"))
    return chosen or ""


def _statements(
    say: Wording, instrument: Instrument, asked: tuple[Dimension, ...]
) -> tuple[dict[str, str], dict[str, str]]:
    language = instrument.spoken(say.language)
    labels = dict(enumerate(map(say.spelled, instrument.scale[language]), start=1))
    labels[0] = say.spelled(instrument.cant_judge[language])
    items = [item.id for dimension in asked for item in dimension.items]
    answers: dict[str, str] = {}
    comments: dict[str, str] = {}
    for dimension in asked:
        for item in dimension.items:
            number = say("form.question_number", number=items.index(item.id) + 1, total=len(items))
            chosen = st.radio(
                f"{number} · {say.spelled(item.text[language])}",
                list(labels),
                index=None,
                format_func=labels.__getitem__,
                key=f"answer_{item.id}",
            )
            answers[item.id] = "" if chosen is None else str(chosen)
        with st.expander(say("form.comment")):
            st.caption(say("form.comment_hint"))
            comments[dimension.id] = st.text_area(
                f"{say('form.comment')} {say.spelled(dimension.title[language])}",
                max_chars=LONGEST_COMMENT,
                label_visibility="collapsed",
                key=f"answer_comment_{dimension.id}",
            )
    return answers, comments


def _facts(say: Wording, invitation: Invitation) -> tuple[str, str]:
    settings = invitation.wave.settings
    labels = {"yes": say("form.yes"), "no": say("form.no"), "skip": say("form.skip")}
    if settings.position or asks_contact(invitation):
        st.header(say("form.facts"))
        st.write(say("form.facts_hint", smallest=settings.smallest_group))

    def fact(asked: bool, question: str) -> str:
        if not asked:
            return ""
        chosen = st.radio(question, list(labels), index=None, format_func=labels.__getitem__)
        return chosen or ""

    return (
        fact(settings.position, say("form.position")),
        fact(asks_contact(invitation), say("form.contact")),
    )


def _receive(say: Wording, invitation: Invitation, draft: Draft) -> None:
    """Store it under the key that this visit was given; a second click changes nothing."""
    nonce = st.session_state.setdefault(f"{_NONCE}_{invitation.code}", new_nonce())
    try:
        submit(house().store, invitation, draft, nonce, now())
    except NotAllowed as problem:
        if problem.key == "error.link_used":
            st.error(say("form.used", wave=escaped(invitation.wave.title)))
            return
        st.error(say("form.not_open_over", wave=escaped(invitation.wave.title)))
        return
    except DatabaseProblem:
        st.error(say("form.trouble_screen"))
        return
    except SubmissionProblem as problem:
        st.error(f"{say.problem(problem)}\n\n{_list(*map(say.problem, problem.findings))}")
        return
    st.session_state[_SENT] = invitation.code
    st.rerun()


def _thanks(say: Wording, invitation: Invitation) -> None:
    planned = invitation.wave.settings.results_on
    st.title(say("form.thanks_title"))
    st.write(say("form.thanks_stored"))
    st.write(say("form.thanks_results_on", day=planned) if planned else say("form.thanks_results"))
    if invitation.personal is None and st.button(say("form.thanks_next")):
        for key in list(st.session_state):
            if str(key).startswith("answer_"):
                del st.session_state[key]
        st.rerun()


def _list(*lines: str) -> str:
    return "\n".join(f"- {line}" for line in lines)
