"""Turns what employees may see of a release into one light HTML page. No Streamlit, no script."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.measures import Plan
from data.model import SCALE, Wave, WaveState
from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.results import Histogram
from scoring.figures import Figures
from survey.form.page import overview_page
from survey.languages import others_offered
from survey.measures import state_name
from survey.naming import question_title
from survey.sentences import headline_sentences
from survey.staff_overview import Part, StaffOverview
from survey.wording import Wording


@dataclass(frozen=True, slots=True)
class _Bar:
    """One answer of a distribution: how many per cent gave it, in words and as a width."""

    label: str
    share: str
    width: str


def shown_to_staff(wave: Wave) -> bool:
    """Whether everybody who was asked may see the overview now."""
    return wave.state is WaveState.RELEASED and wave.settings.staff_overview


def staff_overview(say: Wording, overview: StaffOverview, code: str) -> str:
    """The page. `code`: of the link it was asked for by."""
    results = overview.results
    wave, instrument = results.wave, results.instrument
    language = instrument.spoken(say.language)
    scale = tuple(map(say.spelled, instrument.scale[language]))
    return overview_page(
        wave.organisation,
        say=say,
        others=others_offered(wave, say),
        wave=wave,
        code=code,
        sentences=headline_sentences(say, results),
        scale=scale,
        parts=[_part(say, part, language, scale) for part in overview.parts],
        measures=[_measure(say, one.plan, overview.parts, language) for one in overview.measures],
    )


def _measure(say: Wording, plan: Plan, parts: Sequence[Part], language: str) -> dict[str, str]:
    """What was agreed, in the words that people wrote it in."""
    dimensions = (*load_instrument(FIVE_QUESTIONS).dimensions, *(one.dimension for one in parts))
    titles = {dimension.id: dimension.title.get(language, "") for dimension in dimensions}
    return {
        "what": plan.what,
        "dimension": say.spelled(titles.get(plan.dimension, "")),
        "department": " / ".join(plan.path) or say("group.organisation"),
        "responsible": plan.responsible,
        "due": say.day(plan.due),
        "state": state_name(say, plan.state),
    }


def _part(say: Wording, part: Part, language: str, scale: tuple[str, ...]) -> dict[str, object]:
    dimension, found = part.dimension, part.figures
    counts = found.score.histogram
    return {
        "title": say.spelled(dimension.title[language]),
        "question": say.spelled(dimension.question[language]),
        "asked": say.spelled(dimension.items[0].text[language])
        if len(dimension.items) == 1
        else None,
        "level": _level(say, found, scale),
        "people": _people(say, found, counts),
        "bars": _bars(say, counts, scale) if counts and found.distribution else [],
        "statements": [
            (question_title(say, (dimension,), one.score.question), _level(say, one, scale))
            for one in part.statements
        ],
    }


def _level(say: Wording, found: Figures, scale: tuple[str, ...]) -> str | None:
    """A mean in the scale's words; None where it is withheld."""
    mean = found.score.mean
    if mean is None:
        return None
    nearest = scale[int(mean + 0.5) - SCALE[0]]
    return say("overview.level", mean=say.number(mean, 1), most=SCALE[-1], label=nearest)


def _people(say: Wording, found: Figures, counts: Histogram | None) -> str:
    if found.score.valid is None:
        return ""
    told = say.count("overview.people", found.score.valid)
    if counts and counts.cant_judge:
        return f"{told} {say.count('overview.cant_judge', counts.cant_judge)}"
    return told


def _bars(say: Wording, counts: Histogram, scale: tuple[str, ...]) -> list[_Bar]:
    """The highest answer first."""
    shares = [counts.counts[value] / counts.valid for value in SCALE]
    return [
        _Bar(label, say.percent(share), f"{100 * share:.1f}")
        for label, share in zip(reversed(scale), reversed(shares), strict=True)
    ]
