"""One scale's answers in sums: enough for α, and quick to change by a person. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import lcm
from typing import Self

from scoring.reliability import cronbach_alpha

DIGITS = 2
STEP = 50
"""How many people answered everything is released in steps of so many: "at least 150"."""

Answers = tuple[int, ...]
"""In the order of a wave's items; 0 where there is none on the scale."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What is measured together. `parts`: each the mean of some items, by their place."""

    id: str
    parts: tuple[tuple[int, ...], ...]

    def values(self, answers: Answers) -> tuple[int, ...] | None:
        """A person's parts, all in one whole unit; None unless they answered every item.

        α does not depend on the unit.
        """
        unit = lcm(*(len(part) for part in self.parts))
        if any(not answers[item] for part in self.parts for item in part):
            return None
        return tuple(sum(answers[i] for i in part) * unit // len(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over those who answered all of a scale: of each part, of their sum, and squared."""

    scale: Scale
    people: int
    sums: tuple[int, ...]
    squares: int
    whole_squares: int

    @classmethod
    def of(cls, scale: Scale, people: Iterable[tuple[Answers, int]]) -> Self:
        """The sums over people with these answers, each of them so many times."""
        total = cls(scale, 0, (0,) * len(scale.parts), 0, 0)
        for answers, times in people:
            total = total.with_(answers, times)
        return total

    def with_(self, answers: Answers, times: int = 1) -> Self:
        """The sums with somebody more, so many times."""
        values = self.scale.values(answers)
        if values is None:
            return self
        return type(self)(
            scale=self.scale,
            people=self.people + times,
            sums=tuple(s + times * v for s, v in zip(self.sums, values, strict=True)),
            squares=self.squares + times * sum(v * v for v in values),
            whole_squares=self.whole_squares + times * sum(values) ** 2,
        )

    def without(self, answers: Answers) -> Self:
        """The sums with somebody less."""
        return self.with_(answers, -1)

    @property
    def alpha(self) -> float | None:
        """Cronbach's α of these people, from whole numbers."""
        single = self.people * self.squares - sum(s * s for s in self.sums)
        whole = self.people * self.whole_squares - sum(self.sums) ** 2
        return cronbach_alpha(single, whole, len(self.scale.parts))

    @property
    def figures(self) -> tuple[float | None, int]:
        """What is released: α with two digits, and at least how many people it is of."""
        exact = self.alpha
        return None if exact is None else rounded(exact), self.people // STEP * STEP


def rounded(figure: float) -> float:
    """A figure as it is released; never minus nothing, which would tell its sign."""
    return round(figure, DIGITS) + 0.0
