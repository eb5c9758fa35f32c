"""Whether figures of whole rows of answers leave doubt about everybody's answers. Pure.

A scale's figures (α, how many people) come from answers side by side, so they
could make somebody's answer certain that histograms leave open. They do not if
the same release could have come from other answers. For everybody, another such
organisation is shown:

- People who are in the same published groups can trade all their answers. No
  histogram changes then, nor any figure of whole rows. So only those can be
  certain whose groups, all together, hold people of one answer.
- For these, one trades that answer with somebody whom the item's groups place
  alike (and where facts differ, two people elsewhere trade theirs back), so that
  no histogram changes. The figures as released may not change either; if they
  do, one more pair in the same groups may trade an answer. Such an organisation
  is looked for.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product

from data.results import AnswerPattern, Release
from scoring.cells import FACTS, Shown, owner, shown_of
from scoring.totals import Answers, Scale, Totals

_TRIES, _REPAIRED, _REPAIRS = 1000, 20, 200
"""Trades tried for one answer, of these how many with repairs, and repairs tried with each.

Where none of them fits, the answer is taken to be certain.
"""

Facts = tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Person:
    """People who cannot be told apart: their published places, their facts, all their answers."""

    places: tuple[object, ...]
    facts: Facts
    answers: Answers

    def with_(self, item: int, answer: int) -> tuple["Person", Answers]:
        """One of these people, with another answer to an item."""
        return self, (*self.answers[:item], answer, *self.answers[item + 1 :])


@dataclass(frozen=True, slots=True)
class Fixed:
    """A place and facts whose people all gave one answer to an item."""

    places: tuple[object, ...]
    facts: Facts
    item: int
    answer: int


Trade = tuple[tuple[Person, Answers], ...]
"""Different people, and what they would have answered instead."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody, by what is published: `lenses[i]` are the facts published for item i."""

    people: Mapping[Person, int]
    lenses: tuple[Facts, ...]

    @property
    def rows(self) -> Iterator[tuple[Answers, int]]:
        """Everybody's answers, and how many people gave them."""
        return ((person.answers, times) for person, times in self.people.items())

    def fixed(self) -> tuple[Fixed, ...]:
        """Every answer that might be certain."""
        given: dict[tuple[tuple[object, ...], Facts], list[set[int]]] = {}
        for person in self.people:
            cell = given.setdefault((person.places, person.facts), [set() for _ in self.lenses])
            for item, answer in enumerate(person.answers):
                cell[item].add(answer)
        return tuple(
            Fixed(places, facts, item, next(iter(answers)))
            for (places, facts), items in sorted(given.items(), key=repr)
            for item, answers in enumerate(items)
            if len(answers) == 1
        )

    def doubts(self, fixed: Sequence[Fixed], scales: Sequence[Scale]) -> bool:
        """Whether each of these answers could be another, with all the scales' figures as they are.

        Only answers to items of the scales matter.
        """
        asked = sorted({item for scale in scales for part in scale.parts for item in part})
        totals = [Totals.of(scale, self.rows) for scale in scales]
        repairs = tuple(islice(self.repairs(asked), _REPAIRS))
        concerned = [one for one in fixed if one.item in asked]
        indexes = {item: self.index(item) for item in {one.item for one in concerned}}
        return all(
            any(_keeps(trade, totals) for trade in self.trades(one, indexes[one.item], repairs))
            for one in concerned
        )

    def trades(self, one: Fixed, index: "Index", repairs: Sequence[Trade] = ()) -> Iterator[Trade]:
        """Ways in which somebody may have given another answer and no histogram is another.

        `index`: of the item. Alone at first; then, each together with one of the
        `repairs` elsewhere.
        """
        alone = tuple(islice(self._trades(one, index), _TRIES))
        yield from alone
        for trade in alone[:_REPAIRED]:
            busy = {person for person, _ in trade}
            for repair in repairs:
                if not busy & {person for person, _ in repair}:
                    yield (*trade, *repair)

    def index(self, item: int) -> "Index":
        """Everybody, by what an item's histograms tell apart."""
        found: Index = {}
        for person in sorted(self.people, key=repr):
            place = found.setdefault(person.places[item], {})
            place.setdefault((person.facts, person.answers[item]), []).append(person)
        return found

    def _trades(self, one: Fixed, index: "Index") -> Iterator[Trade]:
        here = index[one.places[one.item]]
        mine = [p for p in here[one.facts, one.answer] if p.places == one.places]
        for (facts, other), partners in here.items():
            if other != one.answer:
                difference = self._difference(one.facts, facts, one.item)
                for person, partner in product(mine, partners):
                    trade = (person.with_(one.item, other), partner.with_(one.item, one.answer))
                    for back in self._mirrors(one, other, difference, index):
                        yield (*trade, *back)

    def _mirrors(
        self, one: Fixed, other: int, difference: tuple[int, int], index: "Index"
    ) -> Iterator[Trade]:
        """How others trade back what two people did to the sums of published facts, if anything.

        They are others: they differ from the first two in a fact or in the answer.
        """
        if not any(difference):
            yield ()
            return
        for there in index.values():
            for (facts, answer), first in there.items():
                for (opposite, wanted), second in there.items():
                    same = self._difference(facts, opposite, one.item) == difference
                    if same and (answer, wanted) == (other, one.answer):
                        for left, right in product(first, second):
                            yield (
                                left.with_(one.item, one.answer),
                                right.with_(one.item, other),
                            )

    def repairs(self, items: Sequence[int]) -> Iterator[Trade]:
        """Pairs of people in the same groups who trade a single answer: no histogram notices."""
        together: dict[tuple[tuple[object, ...], Facts], list[Person]] = {}
        for person in sorted(self.people, key=repr):
            together.setdefault((person.places, person.facts), []).append(person)
        for item in items:
            for people in together.values():
                for left, right in pairwise(people):
                    one, other = left.answers[item], right.answers[item]
                    if one != other:
                        yield (left.with_(item, other), right.with_(item, one))

    def _difference(self, left: Facts, right: Facts, item: int) -> tuple[int, int]:
        """How two people's facts differ, as far as they are published for an item."""
        position, contact = self.lenses[item]
        return (position * (left[0] - right[0]), contact * (left[1] - right[1]))


Index = dict[object, dict[tuple[Facts, int], list[Person]]]
"""Place → facts and answer to one item → people."""


def crowd(release: Release, patterns: Sequence[AnswerPattern]) -> Crowd:
    """Everybody, as the release tells them apart."""
    shown = [
        shown_of(group for group, items in release.histograms.items() if item in items)
        for item in release.items
    ]
    lenses = tuple(
        (
            any(pair.kind is FACTS[0] for pair in one.pairs),
            any(pair.kind is FACTS[1] for pair in one.pairs),
        )
        for one in shown
    )
    told = tuple(any(lens[n] for lens in lenses) for n in range(len(FACTS)))
    people: Counter[Person] = Counter()
    for pattern in patterns:
        facts = (pattern.leads and told[0], pattern.customer and told[1])
        places = tuple(_place(pattern, one) for one in shown)
        people[Person(places, facts, pattern.answers)] += pattern.people
    return Crowd(people, lenses)


def _place(pattern: AnswerPattern, shown: Shown) -> object:
    """Where an item's groups place somebody; where a division's pair is shown, by that fact too."""
    node = owner(pattern.path, shown.nodes)
    if node is None:
        return None
    facts = zip(shown.scopes(node), (pattern.leads, pattern.customer), strict=True)
    return (node, *(fact if scope else None for scope, fact in facts))


def _keeps(trade: Trade, totals: Sequence[Totals]) -> bool:
    """Whether the scales' figures, as released, are the same after a trade."""
    for before in totals:
        after = before
        for person, answers in trade:
            after = after.without(person.answers).with_(answers)
        if after.figures != before.figures:
            return False
    return True
