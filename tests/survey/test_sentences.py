"""Findings in whole sentences: right direction, right numbers, right people, in both languages."""

from dataclasses import replace

import pytest

from data.model import Organisation, Wave, WaveSettings, WaveState
from data.questionnaires import load_instrument
from data.results import Group, GroupKind, Release
from scoring.figures import Figures
from scoring.gaps import Gap, GapKind
from scoring.headlines import NothingToTell, Withheld
from scoring.priorities import Priority
from scoring.release import ORGANISATION
from scoring.scores import OVERALL, Question, QuestionKind, Score
from scoring.sides import Side, SideKind
from survey.naming import group_name
from survey.results import Results
from survey.sentences import certainty, gap_sentence, headline_sentences, priority_reason
from survey.wording import wording

STORES = Group(GroupKind.DEPARTMENT, ("Logistik", "Lager"))
REMAINDER = Group(GroupKind.REMAINDER, ("Logistik",), without=(("Logistik", "Versand"),))
LEADERS, NO_LEADERS = (Group(GroupKind.POSITION, member=member) for member in (True, False))
CUSTOMERS, NO_CUSTOMERS = (Group(GroupKind.CONTACT, member=member) for member in (True, False))
PERSPECTIVE = Question("customer_perspective", QuestionKind.DIMENSION, ("CP1",))
ALL = Question(OVERALL, QuestionKind.OVERALL, ("CP1", "EO1"))

TREE = (("Logistik",), ("Logistik", "Lager"), ("Logistik", "Versand"))
SETTINGS = WaveSettings("Herbst 2026", "five_questions", ("CP1", "EO1"))
WAVE = Wave(2, "abcdefgh", Organisation(1, "Muster"), SETTINGS, WaveState.RELEASED)
RESULTS = Results(
    wave=WAVE,
    instrument=load_instrument("five_questions"),
    release=Release(
        items=("CP1", "EO1"),
        groups=(
            ORGANISATION,
            *(Group(GroupKind.DEPARTMENT, path) for path in TREE),
        ),
        histograms={},
        headcounts={("Logistik",): 60, ("Logistik", "Lager"): 25, ("Logistik", "Versand"): 35},
    ),
    gaps=dict.fromkeys(GapKind, ()),
    headlines=(),
    priorities=(),
    earlier=replace(WAVE, id=1, settings=replace(SETTINGS, title="Herbst 2025")),
)


def gap(kind: GapKind, from_: Side, to: Side, question: Question = PERSPECTIVE) -> Gap:
    """A gap between two sides whose n is what counts."""
    return Gap(kind, question, from_, to, to.mean - from_.mean)


def group(of: Group, mean: float, people: int, kind: SideKind = SideKind.GROUP) -> Side:
    """One side that people answered for."""
    return Side(kind, of, mean, people, people)


SENTENCES = {
    "target below": (
        gap(GapKind.TARGET, Side(SideKind.TARGET, STORES, 4.0), group(STORES, 3.2, 1234)),
        (
            "Im Bereich Logistik / Lager liegt „Kundensicht“ 0,8 Punkte unter dem Ziel von 4,0;"
            " das betrifft 1.234 Personen."
        ),
        (
            "In Logistik / Lager, “Customer perspective” is 0.8 points below the target of 4.0;"
            " this concerns 1,234 people."
        ),
    ),
    "target above": (
        gap(GapKind.TARGET, Side(SideKind.TARGET, ORGANISATION, 3.0), group(ORGANISATION, 4, 30)),
        (
            "In der ganzen Organisation liegt „Kundensicht“ 1,0 Punkte über dem Ziel von 3,0;"
            " so sehen es 30 Personen."
        ),
        (
            "In the whole organisation, “Customer perspective” is 1.0 points above the target"
            " of 3.0;"
            " this is how 30 people see it."
        ),
    ),
    "what remains of a parent": (
        gap(GapKind.TARGET, Side(SideKind.TARGET, REMAINDER, 4.0), group(REMAINDER, 3.5, 21)),
        (
            "In der Gruppe „Logistik / Übrige: Lager“ liegt „Kundensicht“ 0,5 Punkte unter dem Ziel"
            " von 4,0; das betrifft 21 Personen."
        ),
        (
            "In the group “Logistik / Others: Lager”, “Customer perspective” is 0.5 points"
            " below the"
            " target of 4.0; this concerns 21 people."
        ),
    ),
    "department lower": (
        gap(GapKind.DEPARTMENT, group(STORES, 3.5, 200, SideKind.REST), group(STORES, 3.1, 34)),
        (
            "Im Bereich Logistik / Lager wird „Kundensicht“ um 0,4 Punkte schlechter gesehen als im"
            " Rest der Organisation; das betrifft 34 Personen."
        ),
        (
            "In Logistik / Lager, “Customer perspective” is seen 0.4 points less favourably"
            " than in the"
            " rest of the organisation; this concerns 34 people."
        ),
    ),
    "department higher": (
        gap(GapKind.DEPARTMENT, group(STORES, 3.1, 200, SideKind.REST), group(STORES, 3.5, 34)),
        (
            "Im Bereich Logistik / Lager wird „Kundensicht“ um 0,4 Punkte besser gesehen als im"
            " Rest"
            " der Organisation; so sehen es 34 Personen."
        ),
        (
            "In Logistik / Lager, “Customer perspective” is seen 0.4 points more favourably"
            " than in the"
            " rest of the organisation; this is how 34 people see it."
        ),
    ),
    "everyone else lower than leaders": (
        gap(GapKind.LEADERSHIP, group(LEADERS, 4.0, 29), group(NO_LEADERS, 3.0, 241)),
        (
            "Wer keine Führungsaufgabe angibt, sieht „Kundensicht“ um 1,0 Punkte schlechter als die"
            " 29 Führungskräfte; das betrifft 241 Personen."
        ),
        (
            "Those who report no leadership role see “Customer perspective” 1.0 points less"
            " favourably"
            " than the 29 leaders; this concerns 241 people."
        ),
    ),
    "leaders lower than everyone else": (
        gap(GapKind.LEADERSHIP, group(LEADERS, 3.0, 29), group(NO_LEADERS, 4.0, 241)),
        (
            "Die 29 Führungskräfte sehen „Kundensicht“ um 1,0 Punkte schlechter als die 241"
            " Personen,"
            " die keine Führungsaufgabe angeben."
        ),
        (
            "The 29 leaders see “Customer perspective” 1.0 points less favourably than the 241"
            " people"
            " who report no leadership role."
        ),
    ),
    "everyone else lower than with contact": (
        gap(GapKind.CONTACT, group(CUSTOMERS, 4.0, 112), group(NO_CUSTOMERS, 3.2, 64)),
        (
            "Wer keinen Kundenkontakt angibt, sieht „Kundensicht“ um 0,8 Punkte schlechter als die"
            " 112 Personen mit Kundenkontakt; das betrifft 64 Personen."
        ),
        (
            "Those who report no customer contact see “Customer perspective” 0.8 points less"
            " favourably"
            " than the 112 people with customer contact; this concerns 64 people."
        ),
    ),
    "with contact lower than everyone else": (
        gap(GapKind.CONTACT, group(CUSTOMERS, 3.2, 112), group(NO_CUSTOMERS, 4.0, 64)),
        (
            "Wer mit Kunden arbeitet, sieht „Kundensicht“ um 0,8 Punkte schlechter als die"
            " 64 Personen, die keinen Kundenkontakt angeben; das betrifft 112 Personen."
        ),
        (
            "Those who work with customers see “Customer perspective” 0.8 points less"
            " favourably than"
            " the 64 people who report no customer contact; this concerns 112 people."
        ),
    ),
    "answers below the prediction": (
        gap(
            GapKind.BLIND_SPOT,
            Side(SideKind.PREDICTION, ORGANISATION, 4.0),
            group(ORGANISATION, 3.1, 270),
        ),
        (
            "„Kundensicht“ wird um 0,9 Punkte schlechter gesehen, als die Leitung vorhergesagt hat"
            " (4,0); geantwortet haben 270 Personen."
        ),
        (
            "“Customer perspective” is seen 0.9 points less favourably than leadership"
            " predicted (4.0);"
            " 270 people answered."
        ),
    ),
    "answers above the prediction": (
        gap(
            GapKind.BLIND_SPOT,
            Side(SideKind.PREDICTION, ORGANISATION, 3.0),
            group(ORGANISATION, 3.3, 270),
        ),
        (
            "„Kundensicht“ wird um 0,3 Punkte besser gesehen, als die Leitung vorhergesagt hat"
            " (3,0); geantwortet haben 270 Personen."
        ),
        (
            "“Customer perspective” is seen 0.3 points more favourably than leadership"
            " predicted (3.0);"
            " 270 people answered."
        ),
    ),
    "fallen": (
        gap(GapKind.TREND, group(STORES, 3.5, 40, SideKind.EARLIER), group(STORES, 3.0, 38)),
        (
            "Im Bereich Logistik / Lager ist „Kundensicht“ seit der Befragung „Herbst 2025“ um"
            " 0,5 Punkte gefallen; geantwortet haben 38 Personen, damals 40."
        ),
        (
            "In Logistik / Lager, “Customer perspective” has fallen by 0.5 points since the survey"
            " “Herbst 2025”; 38 people answered, 40 then."
        ),
    ),
    "risen, of one side of a pair": (
        gap(
            GapKind.TREND,
            group(NO_LEADERS, 3.0, 241, SideKind.EARLIER),
            group(NO_LEADERS, 3.5, 229),
        ),
        (
            "In der Gruppe „Alle anderen (Führung)“ ist „Kundensicht“ seit der Befragung"
            " „Herbst 2025“"
            " um 0,5 Punkte gestiegen; geantwortet haben 229 Personen, damals 241."
        ),
        (
            "In the group “Everyone else (leadership)”, “Customer perspective” has risen by 0.5"
            " points"
            " since the survey “Herbst 2025”; 229 people answered, 241 then."
        ),
    ),
    "a statement instead of a dimension": (
        gap(
            GapKind.BLIND_SPOT,
            Side(SideKind.PREDICTION, ORGANISATION, 4.0),
            group(ORGANISATION, 3.0, 20),
            Question("EO1", QuestionKind.ITEM, ("EO1",)),
        ),
        (
            "„Unsere Organisation ist gegenüber ihren Beschäftigten so aufmerksam wie gegenüber"
            " ihren"
            " Kunden“ wird um 1,0 Punkte schlechter gesehen, als die Leitung vorhergesagt hat"
            " (4,0);"
            " geantwortet haben 20 Personen."
        ),
        None,
    ),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_a_gap_is_told_in_the_right_direction_with_its_numbers(case: str) -> None:
    """One sentence a kind and direction; decimal comma and point, groups of thousands."""
    found, german, english = SENTENCES[case]
    assert gap_sentence(wording("de"), RESULTS, found) == german
    if english:
        assert gap_sentence(wording("en"), RESULTS, found) == english


def overall(mean: float | None, people: int | None, heads: int | None) -> Figures:
    """The organisation's overall score."""
    share = people / heads if people and heads and people <= heads else None
    return Figures(Score(ORGANISATION, ALL, mean, people, people), heads, people, share)


HEADLINES = {
    "known headcount": (
        overall(3.16, 270, 340),
        (
            "270 von 340 Personen haben geantwortet (79\N{NO-BREAK SPACE}%)."
            " Der Gesamtwert liegt bei 3,16 auf der Skala"
            " 1 bis 5 (Index 54 von 100)."
        ),
        (
            "270 of 340 people answered (79%). The overall score is 3.16 on the scale 1 to 5"
            " (index 54 of 100)."
        ),
    ),
    "unknown headcount": (
        overall(3.0, 5400, None),
        (
            "5.400 Personen haben geantwortet. Der Gesamtwert liegt bei 3,00 auf der Skala 1 bis 5"
            " (Index 50 von 100)."
        ),
        "5,400 people answered. The overall score is 3.00 on the scale 1 to 5 (index 50 of 100).",
    ),
    "more answers than heads": (
        overall(3.0, 30, 29),
        (
            "Es gibt 30 Antworten bei 29 gemeldeten Personen; die Personalzahlen bitte prüfen."
            " Der Gesamtwert liegt bei 3,00 auf der Skala 1 bis 5 (Index 50 von 100)."
        ),
        (
            "There are 30 responses from 29 people reported; please check the headcounts."
            " The overall score is 3.00 on the scale 1 to 5 (index 50 of 100)."
        ),
    ),
    "overall withheld, but not who took part": (
        overall(None, 12, 13),
        (
            "12 von 13 Personen haben geantwortet (92\N{NO-BREAK SPACE}%)."
            " Ein Gesamtwert lässt sich nicht zeigen: zu wenige oder zu einheitliche Antworten."
        ),
        (
            "12 of 13 people answered (92%)."
            " An overall score cannot be shown: too few or too similar answers."
        ),
    ),
    "all but one": (
        overall(3.0, 4999, 5000),
        (
            "4.999 von 5.000 Personen haben geantwortet (über 99\N{NO-BREAK SPACE}%)."
            " Der Gesamtwert liegt bei 3,00 auf der Skala 1 bis 5 (Index 50 von 100)."
        ),
        (
            "4,999 of 5,000 people answered (over 99%)."
            " The overall score is 3.00 on the scale 1 to 5 (index 50 of 100)."
        ),
    ),
    "heads that were said to be none": (
        overall(3.0, 30, 0),
        (
            "Es gibt 30 Antworten bei 0 gemeldeten Personen; die Personalzahlen bitte prüfen."
            " Der Gesamtwert liegt bei 3,00 auf der Skala 1 bis 5 (Index 50 von 100)."
        ),
        (
            "There are 30 responses from 0 people reported; please check the headcounts."
            " The overall score is 3.00 on the scale 1 to 5 (index 50 of 100)."
        ),
    ),
    "withheld": (
        overall(None, None, 12),
        "Ein Gesamtwert lässt sich nicht zeigen: zu wenige oder zu einheitliche Antworten.",
        "An overall score cannot be shown: too few or too similar answers.",
    ),
    "one test": (
        NothingToTell(1, 0),
        "1 Abstand wurde geprüft; er kann Zufall sein.",
        "1 distance was tested; it may be chance.",
    ),
    "some tests": (
        NothingToTell(12, 0),
        "12 Abstände wurden geprüft; keiner ist statistisch gesichert.",
        "12 distances were tested; none is statistically sure.",
    ),
    "no test": (
        NothingToTell(0, 0),
        (
            "Kein Abstand ließ sich prüfen: Dafür braucht es auf jeder Seite mindestens 20"
            " Antworten"
            " auf eine einzelne Frage, die gezeigt werden darf."
        ),
        (
            "No distance could be tested: that takes at least 20 answers on each side to a single"
            " question that may be shown."
        ),
    ),
    "sure and not fit to be told": (
        NothingToTell(9, 2),
        "2 Abstände sind gesichert, aber zu klein oder zu widersprüchlich, um sie zu nennen.",
        "2 distances are sure, but too small or too contradictory to be told.",
    ),
    "some withheld": (
        Withheld(4, 26),
        (
            "Bei 4 von 26 Bereichen ist alles oder ein Teil zurückgehalten: zu wenige oder zu"
            " einheitliche Antworten."
        ),
        "For 4 of 26 departments all or part is withheld: too few or too similar answers.",
    ),
    "nothing withheld but both pairs": (
        Withheld(0, 26, (GroupKind.POSITION, GroupKind.CONTACT)),
        (
            "Alle 26 Bereiche sind vollständig zu sehen. Diese Vergleiche sind ganz oder"
            " teilweise"
            " zurückgehalten: Führung und Kundenkontakt."
        ),
        (
            "All 26 departments are shown in full. These comparisons are withheld in whole or part:"
            " Leadership and Customer contact."
        ),
    ),
    "the only department withheld": (
        Withheld(1, 1),
        (
            "Im einzigen Bereich ist alles oder ein Teil zurückgehalten: zu wenige oder zu"
            " einheitliche Antworten."
        ),
        "In the only department all or part is withheld: too few or too similar answers.",
    ),
    "one department": (
        Withheld(0, 1),
        "Der eine Bereich ist vollständig zu sehen.",
        "The one department is shown in full.",
    ),
    "no departments": (
        Withheld(0, 0),
        "Nach Bereichen wurde nicht gefragt.",
        "Departments were not asked for.",
    ),
}


@pytest.mark.parametrize("case", HEADLINES)
def test_what_frames_the_gaps_is_said_in_every_case(case: str) -> None:
    """Where the organisation stands, that nothing is sure, and what is withheld."""
    found, german, english = HEADLINES[case]
    results = replace(RESULTS, headlines=(found,))
    assert headline_sentences(wording("de"), results) == (german,)
    assert headline_sentences(wording("en"), results) == (english,)


def test_a_priority_gives_its_reason_and_its_doubts() -> None:
    """How far below the target, how many people, whether it is sure, and whether to talk first."""
    below = gap(GapKind.TARGET, Side(SideKind.TARGET, STORES, 4.0), group(STORES, 3.2, 34))
    sure = Priority(
        replace(below, effect=-0.9, p=0.001, p_claim=0.01), 27.2, disagrees=True, stands_out=True
    )
    assert priority_reason(wording("de"), sure) == (
        "0,80 Punkte unter dem Ziel von 4,0; das betrifft 34 Personen. Statistisch gesichert."
        " Die Antworten gehen weit auseinander: erst darüber sprechen, dann handeln."
        " Auch vorsichtig geschätzt unter den anderen Bereichen."
    )
    unsure = Priority(replace(below, p=0.04, p_claim=0.2), 27.2, disagrees=None, stands_out=False)
    assert priority_reason(wording("en"), unsure) == (
        "0.80 points below the target of 4.0; this concerns 34 people. Not statistically sure."
    )
    untested = Priority(below, 27.2, disagrees=False, stands_out=False)
    assert priority_reason(wording("de"), untested).endswith(
        "Nicht prüfbar (unter 20 Antworten oder mehrere Fragen)."
    )


def test_sentences_count_those_whose_answers_were_compared() -> None:
    """Of 100 people 25 judged: 25 is the n of the test, of the table, and of the sentence."""
    rest = Side(SideKind.REST, STORES, 3.0, 100, 40)
    below, above = (Side(SideKind.GROUP, STORES, mean, 100, 25) for mean in (2.0, 4.0))
    say = wording("de")
    told = gap_sentence(say, RESULTS, gap(GapKind.DEPARTMENT, rest, below))
    assert told.endswith("das betrifft 25 Personen.")
    told = gap_sentence(say, RESULTS, gap(GapKind.DEPARTMENT, rest, above))
    assert told.endswith("so sehen es 25 Personen.")
    then = Side(SideKind.EARLIER, STORES, 3.0, 100, 40)
    told = gap_sentence(say, RESULTS, gap(GapKind.TREND, then, below))
    assert told.endswith("geantwortet haben 25 Personen, damals 40.")


@pytest.mark.parametrize(("target", "said"), [(3.25, "3,25"), (3.2, "3,2"), (4, "4,0")])
def test_a_number_that_was_set_is_told_as_it_was_set(target: float, said: str) -> None:
    """3.25 is neither 3.2 nor 3.3."""
    aim = Side(SideKind.TARGET, STORES, target)
    told = gap_sentence(wording("de"), RESULTS, gap(GapKind.TARGET, aim, group(STORES, 2.0, 30)))
    assert f"unter dem Ziel von {said};" in told


def test_a_remainder_names_those_who_belong_to_no_sub_department() -> None:
    """Of 60 heads 60 are below: nobody. Of 70, ten are not; of an unknown number, perhaps some."""
    say = wording("de")
    for heads, named in ((60, "Lager"), (70, "Lager, keinem"), (None, "Lager, keinem")):
        known = {**RESULTS.release.headcounts, ("Logistik",): heads}
        counts = {path: count for path, count in known.items() if count is not None}
        name = group_name(say, REMAINDER, replace(RESULTS.release, headcounts=counts))
        assert name.startswith(f"Übrige: {named}")
        assert ("keinem" in name) == ("keinem" in named)


def test_means_and_ranks_that_disagree_are_called_so() -> None:
    """Sure, and yet nothing that could be claimed."""
    odd = replace(SENTENCES["department lower"][0], effect=0.1, p=0.001, p_claim=0.002)
    assert certainty(wording("de"), odd).startswith("widersprüchlich")
    assert certainty(wording("de"), replace(odd, p_claim=0.2)) == "nicht gesichert"
    assert certainty(wording("de"), replace(odd, effect=-0.1)) == "gesichert"
