"""Which unit a code means: codes are reused, so a code names a unit only together with a day."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from config.text import vn_date
from units.kinds import Kind
from units.models import Unit


class Life(NamedTuple):
    """What rows are judged by, of one unit of the register; light, as there may be 100,000."""

    pk: int
    name: str
    kind: str
    path: str
    starts: date
    ends: date | None

    def covers(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


class Lives:
    """All lives of each code, of some kinds of unit. One query."""

    def __init__(self, kinds: Iterable[str]):
        self._of: dict[str, list[Life]] = {}
        units = Unit.objects.filter(kind__in=kinds).order_by("valid_from", "pk")
        fields = ("pk", "name", "kind", "path", "valid_from", "valid_to")
        for code, *life in units.values_list("code", *fields).iterator(chunk_size=5_000):
            self._of.setdefault(code, []).append(Life(*life))

    def __iter__(self) -> Iterator[Life]:
        for lives in self._of.values():
            yield from lives

    def of(self, code: str) -> list[Life]:
        """All units that ever carried the code, in order."""
        return self._of.get(code, [])

    def on(self, code: str, day: date) -> Life | None:
        """The unit that carries the code on that day."""
        for life in self._of.get(code, ()):
            if life.covers(day):
                return life
        return None

    def last_within(self, code: str, first: date, last: date) -> Life | None:
        """The unit that carried the code last within the two days, both counted in."""
        for life in reversed(self._of.get(code, ())):
            if life.starts <= last and (life.ends is None or first < life.ends):
                return life
        return None

    def refusal(self, code: str, day: date) -> tuple[str, str]:
        """Rule and sentence for a code that no unit carries on that day."""
        if lives := self._of.get(code):
            return _not_then(code, lives, day)
        if code.isdecimal() and f"0{code}" in self._of:
            return (
                "leading_zero_lost",
                f"“{code}” thiếu số 0 ở đầu; hãy đổi định dạng ô thành Text rồi ghi 0{code}.",
            )
        return (
            "unknown_unit",
            f"mã {code} không có trong sổ đơn vị; hãy sửa mã theo mẫu tải về.",
        )


def _not_then(code: str, lives: list[Life], day: date) -> tuple[str, str]:
    """The code was another unit's, or is of one still to come."""
    ended = [life for life in lives if life.ends is not None and life.ends <= day]
    last = ended[-1] if ended else lives[0]
    when = f"hết từ {vn_date(last.ends)}" if ended else f"có từ {vn_date(last.starts)}"
    return (
        "dissolved_unit" if ended else "future_unit",
        f"{last.name} (mã {code}) {when}, không tồn tại vào {vn_date(day)}; hãy bỏ dòng này và "
        "nhập theo đơn vị của mẫu tải về.",
    )


MEASURED = (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE, Kind.VILLAGE)
"""The kinds of unit that households are counted in."""
