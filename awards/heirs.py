"""Which unit stands for another on a day: the living heir, followed along the successions."""

from datetime import date
from typing import NamedTuple

from config.text import vn_date
from units.models import Succession, Unit


class Standing(NamedTuple):
    """The unit of that day, or in words why the register cannot name one.

    ``choices``: where a unit was split, those among whom people must choose.
    """

    unit: Unit | None
    problem: str = ""
    choices: tuple[Unit, ...] = ()


def unit_on(unit: Unit, day: date) -> Standing:
    """The unit itself while it lives, else the one that took it over whole.

    A split asks people to which part it went; an end without an heir, and a day before the first
    one, are told.
    """
    here = unit
    while here.valid_to is not None and here.valid_to <= day:
        links = list(here.handovers.select_related("successor").order_by("pk"))
        heirs = tuple(link.successor for link in links if link.successor)
        if not heirs:
            told = f"{here.name} kết thúc từ {vn_date(here.valid_to)}, không có đơn vị kế thừa"
            return Standing(None, told)
        if len(links) > 1 or links[0].way == Succession.Way.SPLIT:
            named = "; ".join(heir.name for heir in heirs)
            told = f"{here.name} được chia tách từ {vn_date(here.valid_to)} thành: {named}"
            return Standing(None, told, heirs)
        here = heirs[0]
    if here.valid_from > day:
        return Standing(None, f"{here.name} chỉ có từ {vn_date(here.valid_from)}")
    return Standing(here)
