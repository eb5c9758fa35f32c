"""What is typed on the command line as NAME=VALUE. No Streamlit."""

from collections.abc import Sequence

from data.errors import SetUpProblem
from data.model import SCALE


def pairs(texts: Sequence[str], problem: str = "error.map_form") -> dict[str, str]:
    """Names and values; `problem` is said of a text that is not a pair.

    The last "=" counts, since columns of other people's files may hold some.
    Raises `SetUpProblem`, also for a name that is given twice.
    """
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.rpartition("=")
        if not equals or not name or not value:
            raise SetUpProblem(problem, text=text)
        if name.strip() in found:
            raise SetUpProblem("error.pair_twice", name=name.strip())
        found[name.strip()] = value.strip()
    return found


def means(texts: Sequence[str]) -> dict[str, float]:
    """Dimensions and means, as DIMENSION=MEAN. `SetUpProblem`."""
    return {name: mean(text) for name, text in pairs(texts, "error.mean_pair").items()}


def mean(text: str) -> float:
    """A mean of 1…5 with a comma or a point, to two digits. `SetUpProblem` where it is none."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError as error:
        raise SetUpProblem("error.mean_form", text=text) from error
    if not SCALE[0] <= value <= SCALE[-1]:
        raise SetUpProblem("error.mean_form", text=text)
    return round(value, 2)
