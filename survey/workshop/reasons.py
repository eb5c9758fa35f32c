"""Why a workshop should talk about a dimension: what the release says of it. No Streamlit."""

from data.model import Dimension
from scoring.gaps import Gap
from survey.naming import full_name
from survey.results import Results
from survey.sentences import agreed, gap_sentence
from survey.wording import Wording


def reason(say: Wording, results: Results, dimension: Dimension) -> str:
    """Where it is furthest below target, else what the headlines say of it, else that."""
    first = next((p for p in results.priorities if p.gap.question.id == dimension.id), None)
    if first is not None:
        gap = first.gap
        return say(
            "workshop.reason_target",
            name=full_name(say, gap.to.group, results.release),
            size=say.number(-gap.size, 2),
            target=agreed(say, gap.from_.mean),
            people=first.people,
        )
    told = (one for one in results.headlines if isinstance(one, Gap))
    finding = next((gap for gap in told if gap.question.id == dimension.id), None)
    if finding is not None:
        return gap_sentence(say, results, finding)
    return say("workshop.reason_none")
