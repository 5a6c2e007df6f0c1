"""Made-up registers for properties: units of several layers and the successions between them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from tests.factories.units import CommuneFactory, DistrictFactory, SuccessionFactory
from units.boundaries.fates import Link, Walk
from units.models import Unit

SHARES = [Decimal(text) for text in ("0.5", "0.25", "0.33333", "0.1", "0.6")]


@dataclass
class Register:
    """``layers[n]``: the units that exist after n reorganisations; ``links[n]`` lead into it."""

    layers: list[set[int]]
    links: list[list[Link]] = field(default_factory=list)

    def day(self, layer: int) -> date:
        """The day from which a layer exists."""
        return date(2021, 1, 1) + timedelta(days=365 * layer)

    def built(self) -> dict[int, Unit]:
        """The same as communes of two districts and their successions, by number."""
        districts = DistrictFactory.create_batch(2)
        made = {}
        for number in sorted(self.units):
            lives = [n for n, layer in enumerate(self.layers) if number in layer]
            ends = self.day(lives[-1] + 1) if lives[-1] + 1 < len(self.layers) else None
            made[number] = CommuneFactory(
                parent=districts[number % 2], valid_from=self.day(lives[0]), valid_to=ends
            )
        for layer, links in enumerate(self.links, start=1):
            several = {old for old, *_ in links if sum(each[0] == old for each in links) > 1}
            for old, new, share in links:
                SuccessionFactory(
                    predecessor=made[old],
                    successor=made.get(new),
                    date=self.day(layer),
                    way="split" if share or old in several else ("merge" if new else "dissolve"),
                    share=share,
                )
        return made

    @property
    def units(self) -> set[int]:
        return set().union(*self.layers)

    def walk(self, start: int, end: int) -> Walk:
        """From the units of one layer to those of another, on or back."""
        first, last = sorted((start, end))
        links = [link for step in self.links[first:last] for link in step]
        return Walk(links, self.layers[end].__contains__, forward=start <= end)


@st.composite
def registers(draw, reorganisations: int = 3) -> Register:
    """A few units, and up to so many reorganisations of some of them."""
    register = Register([set(range(1, draw(st.integers(2, 5)) + 1))])
    for _ in range(draw(st.integers(1, reorganisations))):
        _reorganise(draw, register)
    return register


def _reorganise(draw, register: Register) -> None:
    """Some units end; together they become none, one or several new ones, each part as it comes."""
    before, links = register.layers[-1], []
    ending = sorted(unit for unit in before if draw(st.booleans()))
    after, number = before - set(ending), max(register.units)
    while ending:
        group = [ending.pop() for _ in range(draw(st.integers(1, len(ending))))]
        heirs = [number := number + 1 for _ in range(draw(st.integers(0, 3)))]
        for old in group:
            links += draw(_handover(old, heirs))
        after |= set(heirs)
    register.layers.append(after)
    register.links.append(links)


@st.composite
def _handover(draw, old: int, heirs: list[int]) -> list[Link]:
    chosen = [heir for heir in heirs if draw(st.booleans())]
    if not chosen:
        return draw(st.sampled_from([[], [Link(old, None)]]))
    left, links = Fraction(1), []
    for heir in chosen:
        share = draw(st.sampled_from([None, *SHARES]))
        if share is not None and Fraction(share) > left:
            share = None
        left -= Fraction(share or 0)
        links.append(Link(old, heir, share))
    return links
