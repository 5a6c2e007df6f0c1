"""Numbers seen so far, in eight bytes each: a set of a million and a half would take a hundred."""

from array import array
from secrets import randbits

FIRST_SIZE = 1 << 12
MOST_FILLED = 0.6


class Seen:
    """Whole numbers from nought on, below 2^63 - 1; a table of slots, 0 where one is free."""

    __slots__ = ("_factor", "_left", "_mask", "_slots")

    def __init__(self):
        self._factor = randbits(16) | 1  # nobody can lay numbers all on one place
        self._empty(FIRST_SIZE)

    def _empty(self, size: int) -> None:
        self._slots, self._mask = array("q", bytes(8 * size)), size - 1
        self._left = int(size * MOST_FILLED)

    def clear(self) -> None:
        self._empty(FIRST_SIZE)

    def add(self, number: int) -> bool:
        """Whether the number is new; from now on it is not."""
        slots, number = self._slots, number + 1
        place = number * self._factor >> 7 & self._mask
        held = slots[place]
        while held:
            if held == number:
                return False
            place = place + 1 & self._mask
            held = slots[place]
        slots[place] = number
        self._left -= 1
        if not self._left:
            self._grow()
        return True

    def _grow(self) -> None:
        old = self._slots
        self._empty(2 * len(old))
        for number in old:
            if number:
                self.add(number - 1)
