"""The words of the invented reports, from ``texts.toml``, filled with the unit's own figures."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from config.text import vn_number
from reports.demo.amounts import Amounts, Values
from reports.demo.dice import dice
from units.kinds import Kind
from units.models import Unit
from units.poverty.figures import percent_of, rounded

SHIPPED = Path(__file__).resolve().parent / "texts.toml"
MARK = "[Số liệu trình diễn]"
MARKED = {"1", "5", "6"}
"""Headings whose figures somebody might quote: they say so themselves."""

MODELS, FRONT = "7", "4d-department"
FRONT_BODIES = ("Mặt trận Tổ quốc", "tổ chức chính trị - xã hội")

ANYWHERE = "xã được phân công giúp đỡ"


@cache
def shipped() -> dict:
    """The file as it is: variants by heading and tier, phrases by body."""
    return tomllib.loads(SHIPPED.read_text(encoding="utf-8"))


class Words:
    """What one unit writes in one year: the same every time, different from its neighbours."""

    def __init__(self, unit: Unit, year: int, amounts: Amounts, *, helped: str = ANYWHERE):
        self.unit, self.year = unit, year
        self.values = amounts.of(unit, year)
        self.facts = _names(unit, year, helped) | _told(self.values)
        if unit.kind == Kind.DEPARTMENT:
            self.facts |= _department(unit)
        else:
            self.facts |= _review(amounts, unit, year)

    def section(self, code: str) -> str:
        """The text under a heading; "" where this unit has nothing to say."""
        if self._leaves_out(code):
            return ""
        variants = shipped()["section"].get(code, {})
        text = self._one_of(variants.get(self.unit.tier) or variants.get("any"), "section", code)
        return f"{text} {MARK}" if text and code in MARKED else text

    def _leaves_out(self, code: str) -> bool:
        """Headings on models without any, and the Front's own without being of the Front."""
        if code == MODELS:
            return not self.values["models_running"]
        return code == FRONT and self.unit.subtype not in FRONT_BODIES

    def answer(self, outcome: str, number: int) -> str:
        """The explanation of an answer, by how it turned out."""
        return self._one_of(shipped()["answer"][outcome], "answer", outcome, number)

    def remark(self, kind: str) -> str:
        """What the receiver asks to mend."""
        return self._one_of(shipped()["remark"][kind], "remark", kind)

    def judgement(self, number: int) -> str:
        """Why the points are fewer than the unit gave itself."""
        return self._one_of(shipped()["judgement"]["lower"], "judgement", number)

    def leave(self) -> str:
        """Why the unit may send later."""
        return self._one_of(shipped()["extension"]["reason"], "leave")

    def mended(self) -> str:
        """What the unit adds to a text that came back."""
        return self._filled(shipped()["remark"]["mended"])

    def _one_of(self, variants: list[str] | None, *words) -> str:
        if not variants:
            return ""
        return self._filled(dice("words", self.unit.code, self.year, *words).choice(variants))

    def _filled(self, text: str) -> str:
        return text.format_map(self.facts).strip()


def _names(unit: Unit, year: int, helped: str) -> dict[str, str]:
    luck = dice("model", unit.code, year)
    inside = unit.name
    if unit.kind != Kind.DEPARTMENT:  # "huyện Tam Đảo" within a sentence, "Sở Nội vụ" as it is
        inside = unit.name[:1].lower() + unit.name[1:]
    return {
        "Unit": unit.name,
        "unit": inside,
        "year": str(year),
        "level": unit.subtype,
        "model": luck.choice(shipped()["models"]["names"]).partition("|")[0],
        "helped": helped,
    }


def _department(unit: Unit) -> dict[str, str]:
    """What a body is there for; bodies that the file does not know speak in general terms."""
    known = shipped()["department"].get(unit.code, {})
    return {
        "function": known.get("function", "thực hiện nhiệm vụ theo chức năng được giao"),
        "Done": known.get("done", "Đơn vị đã lồng ghép giảm nghèo vào nhiệm vụ của ngành."),
        "Contribution": known.get("contribution", ""),
    }


def _told(values: Values) -> dict[str, str]:
    return {code: told(value) for code, value in values.items()}


def told(value: Decimal) -> str:
    """A number as people write it: no ".00", thousands with a point."""
    whole = value == value.to_integral_value()
    return vn_number(int(value)) if whole else vn_number(value.normalize())


def _review(amounts: Amounts, unit: Unit, year: int) -> dict[str, str]:
    counts = amounts.review_of(unit, year)
    rate = rounded(percent_of(counts["poor_closing"], counts["households"]))
    below = amounts.communes.get(unit.code, ())
    return {name: vn_number(count) for name, count in counts.items()} | {
        "poor_rate": vn_number(rate),
        "communes": str(len(below)),
    }
