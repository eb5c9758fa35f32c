"""The first glance: how good, who took part, what is shown; and where each finding leads."""

import re
from dataclasses import replace
from html import unescape

from data.model import WaveState
from data.results import Histogram
from scoring.release import ORGANISATION
from survey.facts import facts, first_priorities, linked_headlines
from survey.results import results_of
from survey.wording import wording
from tests.survey.test_results_values import RELEASE, RESULTS, WAVE

DE, EN = wording("de"), wording("en")


def words(html: str) -> str:
    """What one reads of it."""
    return " ".join(
        unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)).split()
    )


def test_the_overall_score_stands_first_with_its_index() -> None:
    """By hand: CP1 208/62 = 3.355 and EO1 184/62 = 2.968 make 3.16, which is index 54."""
    assert words(facts(DE, RESULTS)).startswith("Gesamt 3,16 von 5 Index 54 von 100.")
    assert words(facts(EN, RESULTS)).startswith("Overall 3.16 of 5 Index 54 of 100.")


def test_participation_is_a_share_where_the_headcount_is_known() -> None:
    """62 of 124 are 50 %; more answers than heads, or no headcount, are told as what they are."""
    assert "50 % 62 von 124 Personen haben geantwortet." in words(facts(DE, RESULTS))
    for heads, told in (({(): 60}, "62 Antworten bei 60"), ({}, "ist nicht bekannt")):
        results = results_of(WAVE, replace(RELEASE, headcounts=heads), None)
        assert told in words(facts(DE, results))


def test_departments_that_lack_something_are_counted() -> None:
    """Of Gut, Schlecht and Klein only Gut is shown on both statements."""
    assert "1 von 3 Der Rest ist ganz oder zum Teil" in words(facts(DE, RESULTS))


def test_an_organisation_that_is_withheld_gives_the_one_reason() -> None:
    """No number, not even of those who took part."""
    histograms = {group: shown for group, shown in RELEASE.histograms.items() if group.path}
    told = words(facts(DE, results_of(WAVE, replace(RELEASE, histograms=histograms), None)))
    assert told.count("zu wenige oder zu einheitliche Antworten") == 3
    assert "124" not in told


def test_the_overall_score_says_what_it_was_in_the_earlier_wave() -> None:
    """Then 2.97 on CP1 and 2.97 on EO1: 0.19 points less."""
    then = replace(
        RELEASE,
        histograms={
            ORGANISATION: {
                "CP1": Histogram((0, 0, 22, 20, 20, 0)),
                "EO1": Histogram((0, 0, 22, 20, 20, 0)),
            }
        },
    )
    before = replace(
        WAVE, id=9, code="earlier2", settings=replace(WAVE.settings, title="Herbst 2024")
    )
    assert before.state is WaveState.RELEASED
    results = results_of(WAVE, RELEASE, (before, then))
    assert "+0,19 Punkte seit „Herbst 2024“; nicht geprüft" in words(facts(DE, results))


def test_each_headline_leads_to_its_picture_in_the_same_language() -> None:
    """Of this wave, on this kind of gap and question; a sentence about nothing leads nowhere."""
    links = re.findall(r'href="([^"]+)"', linked_headlines(EN, RESULTS))
    assert links
    assert all(unescape(link).startswith("/gaps?wave=abcdefgh&gap=") for link in links)
    assert all(link.endswith("lang=en") for link in links)
    nothing = results_of(WAVE, replace(RELEASE, groups=RELEASE.groups[:1], targets={}), None)
    assert "href" not in linked_headlines(DE, nothing)


def test_headlines_do_not_say_again_what_the_facts_say() -> None:
    """Who took part and what is withheld stand above them."""
    told = words(linked_headlines(DE, RESULTS))
    assert told
    assert "haben geantwortet" not in told
    assert "zurückgehalten" not in told


def test_the_first_priorities_lead_to_their_departments() -> None:
    """Without targets there are none, and no heading either."""
    assert "department=Schlecht" in first_priorities(DE, RESULTS)
    assert first_priorities(DE, results_of(WAVE, replace(RELEASE, targets={}), None)) == ""
