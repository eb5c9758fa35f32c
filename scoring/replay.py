"""A third attacker, beyond METHOD §4: he also knows the rule by which groups are dropped. Pure.

What is withheld tells something, too: a team that is large enough must be of one
mind, or near it. He goes through the answers that fit everything published and
keeps those for which the rule would have dropped the very same groups. Whoever
answers the same in all that are left is caught.

He is fended off where he is strongest: for people who were all of one mind, so
that groups were dropped. For each of them other answers are looked for, and the
rule is tried on them:

- they are of another mind; or too few of them could judge; or another withheld
  group is of that mind in their place;
- one of them trades the answer with somebody whom nothing published tells apart,
  or along a chain of trades (`scoring.chains`).

Many of these are tried at once, and halves of them where that fails. Whoever is
left when all has been tried is taken to be caught. In large organisations not all
can be tried; what is left untried there is not taken to be caught.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from data.model import DepartmentPath
from scoring.cells import (
    FACTS,
    Candidate,
    Key,
    Pair,
    People,
    Shown,
    children,
    owner,
)
from scoring.chains import given
from scoring.conjectures import Change, Changes, changed

Rule = Callable[[People], Shown]

_FEWEST_TRIALS, _MOST_TRIALS, _PEOPLE_IN_TRIALS = 10, 100, 40_000
"""How often the rule is tried: the less often, the more departments it takes each time."""

_MOST_OPTIONS = 40
"""Other answers that are looked at for each of those who were of one mind."""


@dataclass(frozen=True, slots=True)
class Caught:
    """People whose answer the rule gives away, and the groups that are dropped for it."""

    key: Key
    answer: int
    groups: tuple[Candidate, ...]


def attack_by_replay(
    people: People,
    wanted: Shown,
    shown: Shown,
    of_one_mind: Sequence[frozenset[Key]],
    rule: Rule,
    smallest_group: int,
) -> tuple[Caught, ...]:
    """Whose answers are certain to somebody who knows that `rule` made `shown` of them.

    `wanted`: the groups that could have been published. `of_one_mind`: the people
    for whose one answer groups were dropped.
    """
    if not shown.nodes:
        return ()
    trial = _Trial(people, shown, rule)
    changes = Changes(people, wanted, shown, of_one_mind, smallest_group)
    left = sorted(frozenset[Key]().union(*of_one_mind))
    for number in range(_MOST_OPTIONS):
        options = [o for o in (changes.option(key, number) for key in left) if o]
        if not options:
            break
        trial.test(list(dict.fromkeys(options)))
        left = [key for key in left if key not in trial.cleared]
    if trial.over:
        return ()
    below = children(shown.nodes)
    return tuple(_caught(people, shown, below, key) for key in left)


def _caught(
    people: People,
    shown: Shown,
    below: Mapping[DepartmentPath, Sequence[DepartmentPath]],
    key: Key,
) -> Caught:
    node = owner(key[0], shown.nodes) or ()
    scopes = zip(FACTS, shown.scopes(node), strict=True)
    pairs = [Pair(scope, kind) for kind, scope in scopes if scope is not None]
    return Caught(key, given(people[key].counts)[0], (node, *below[node], *pairs))


class _Trial:
    """Tries changes, many at once, and remembers whose answer was another."""

    def __init__(self, people: People, shown: Shown, rule: Rule) -> None:
        self._people, self._shown, self._rule = people, shown, rule
        affordable = _PEOPLE_IN_TRIALS // len(people)
        self._left = max(_FEWEST_TRIALS, min(_MOST_TRIALS, affordable))
        self.cleared: set[Key] = set()

    @property
    def over(self) -> bool:
        """Whether there were more to try than can be afforded."""
        return self._left <= 0

    def test(self, changes: Sequence[Change]) -> None:
        """All of these together; in halves where the rule would then have dropped other groups."""
        while changes and self._left > 0:
            self._left -= 1
            other, made, later = changed(self._people, changes)
            if made and self._rule(other) == self._shown:
                self.cleared |= {
                    key for key, histogram in self._people.items() if other[key] != histogram
                }
            elif len(made) > 1:
                half = len(made) // 2
                self.test(made[:half])
                self.test(made[half:])
            changes = later if made else ()
