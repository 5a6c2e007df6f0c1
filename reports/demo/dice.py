"""Chance that falls the same way every time: the demonstration is invented, not arbitrary."""

import random
from collections.abc import Sequence

Dice = random.Random
"""What is passed around: random numbers that follow from the words they were seeded with."""


def dice(*words) -> Dice:
    """Random numbers that depend on nothing but the words."""
    return Dice("/".join(map(str, words)))  # invented data, no secret


def part(value: float, luck: Dice) -> int:
    """Round up or down, so that the expected result is the value itself."""
    return int(value + luck.random())


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """Split an integer over weights; the parts always add up to the total."""
    scale = total / sum(weights)
    parts = [int(weight * scale) for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (parts[i] - weights[i] * scale, i))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts
