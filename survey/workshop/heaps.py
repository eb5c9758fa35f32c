"""How what people wrote lies on the wall. Pure."""

from collections.abc import Iterable, Mapping

from data.workshops import Contribution


def heaps(shown: Iterable[Contribution]) -> Mapping[str, tuple[str, ...]]:
    """The texts of each group by its name, the largest first; "" at the end has those in none."""
    found: dict[str, list[str]] = {}
    for one in shown:
        found.setdefault(one.group, []).append(one.text)
    order = sorted(found, key=lambda name: (not name, -len(found[name]), name.casefold()))
    return {name: tuple(found[name]) for name in order}
