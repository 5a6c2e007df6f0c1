"""Invented rows of the annexes B2–B7 that add up to the figures of the same report."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from config.text import vn_date
from reports.demo.dice import Dice, dice, spread
from reports.demo.texts import Words, shipped
from units.kinds import Kind
from units.models import Unit

Row = dict[str, str]


def typed(value) -> str:
    """A number as it is typed into a cell: a comma, no thousands."""
    number = Decimal(value)
    return f"{number.normalize():f}".replace(".", ",") if number else "0"


class Tables:
    """The rows of one unit's annexes, by code; an annex without rows stays empty."""

    def __init__(self, words: Words, escapes: Sequence[tuple[str, Decimal, Decimal]] = ()):
        """``escapes``: (place below, registered, achieved), for the districts' B7."""
        self.words, self.unit, self.year = words, words.unit, words.year
        self.values, self.escapes = words.values, escapes
        self.makers = {
            "B2": self._documents,
            "B3": self._resources,
            "B4": self._credit,
            "B5": self._models,
            "B6": self._commendations,
            "B7": self._registrations,
        }

    def rows(self, code: str) -> list[Row]:
        """The rows of an annex, as a person would type them."""
        maker = self.makers.get(code)
        return maker(dice("table", code, self.unit.code, self.year)) if maker else []

    def _documents(self, luck: Dice) -> list[Row]:
        group = "department" if self.unit.kind == Kind.DEPARTMENT else "territory"
        known = shipped()["documents"][group]
        on_time = int(self.values["documents_on_time"])
        rows, day, count = [], date(self.year, 1, 10), int(self.values["documents_issued"])
        for number in range(count):
            _, sign, subject = known[number % len(known)].split("|")
            day += timedelta(days=luck.randint(120, 270) // count)
            late = timedelta(days=0 if number < on_time else luck.randint(3, 7))
            rows.append(
                {
                    "number": f"TD-{number + 1:02d}/{sign}-{_sign_of(self.unit)}",
                    "issued_on": vn_date(day),
                    "issuer": _issuer(self.unit),
                    "subject": subject.format(year=self.year),
                    "due_on": vn_date(day - late + timedelta(days=2 if not late else 0)),
                }
            )
        return rows

    def _resources(self, luck: Dice) -> list[Row]:
        value = self.values.get
        rows = [
            ("Ngân sách nhà nước", value("local_budget"), 0, 0, "Hỗ trợ sinh kế, nhà ở, dạy nghề"),
            ("Quỹ “Vì người nghèo”", value("fund_for_poor_raised"), 0, 0, "Nhà ở, quà Tết"),
            (
                "Doanh nghiệp, tổ chức, cá nhân", value("enterprise_cash"), value("in_kind_value"),
                0, "Sinh kế, nhà ở, thẻ bảo hiểm y tế",
            ),
            (
                "Nhân dân, cộng đồng", value("community_cash"), 0, value("labour_days"),
                "Giúp vốn, giống, ngày công, sửa nhà",
            ),
        ]  # fmt: skip
        rows = [row for row in rows if any(row[1:4])]
        helped = spread(int(self.values["households_helped"]), [luck.random() + 0.2 for _ in rows])
        return [
            {
                "source": source,
                "cash": typed(cash or 0),
                "in_kind": typed(in_kind or 0),
                "labour_days": typed(days or 0),
                "purpose": purpose,
                "households": str(households),
            }
            for (source, cash, in_kind, days, purpose), households in zip(rows, helped, strict=True)
        ]

    def _credit(self, luck: Dice) -> list[Row]:
        """Territories as their figures say; of the bodies only the policy bank has any."""
        lent = self.values.get("credit_lent")
        if lent is not None:
            sums = [int(self.values[f"credit_{name}"]) for name in CREDIT]
        elif self.unit.code == "NHCSXH":
            sums = [luck.randint(6800, 7400), luck.randint(330_000, 360_000), 1_240_000]
        else:
            return []
        weights = (3, 5, 4)
        parts = [spread(total, weights) for total in sums]
        return [
            {
                "programme": programme,
                "borrowers": str(borrowers),
                "lent": str(lent),
                "outstanding": str(outstanding),
                "overdue": str(round(outstanding * luck.uniform(0, 0.002))),
            }
            for programme, borrowers, lent, outstanding in zip(PROGRAMMES, *parts, strict=True)
        ]

    def _models(self, luck: Dice) -> list[Row]:
        words = shipped()["models"]
        replicated = int(self.values["models_replicated"])
        return [
            {
                "name": f"Mô hình {name}",
                "place": self._somewhere(luck),
                "field": field,
                "households": str(luck.randint(5, 35)),
                "result": luck.choice(words["results"]),
                "replicated": "Đã nhân rộng" if place < replicated else "Chưa nhân rộng",
                "replicated_where": "Xã lân cận" if place < replicated else "",
            }
            for place, (name, field) in enumerate(self._model_names(luck))
        ]

    def _model_names(self, luck: Dice) -> list[tuple[str, str]]:
        """As many (name, field) as are running, the one that the texts speak of first."""
        known = dict(one.split("|") for one in shipped()["models"]["names"])
        first = self.words.facts["model"]
        names = [first, *luck.sample([name for name in known if name != first], len(known) - 1)]
        return [
            (f"{name} (điểm {turn // len(names) + 1})" if turn >= len(names) else name, known[name])
            for turn in range(int(self.values["models_running"]))
            for name in [names[turn % len(names)]]
        ]

    def _somewhere(self, luck: Dice) -> str:
        if self.unit.kind == Kind.COMMUNE:
            return f"Thôn, khu số {luck.randint(1, 9)}"
        if self.escapes:
            return luck.choice(self.escapes)[0]
        return self.words.facts["helped"]

    def _commendations(self, luck: Dice) -> list[Row]:
        counts = {"Tập thể": "collectives_commended", "Cá nhân": "people_commended"}
        rows = []
        for recipient, code in counts.items():
            if count := int(self.values[code]):
                row = {"form": "Giấy khen", "recipient": recipient}
                row |= {"year": str(self.year), "count": str(count)}
                if recipient == "Cá nhân":
                    row |= {
                        name: str(luck.randint(0, count)) for name in ("direct", "women", "ethnic")
                    }
                rows.append(row)
        return rows

    def _registrations(self, luck: Dice) -> list[Row]:
        if self.unit.kind == Kind.DISTRICT:
            places = [one for one in self.escapes if one[1]]
        else:
            places = self._villages(luck)
        return [
            {
                "place": place,
                "registered": typed(registered),
                "achieved": typed(achieved),
                "missed": typed(registered - achieved),
                "reason": "Ốm đau, mất việc làm" if registered > achieved else "",
            }
            for place, registered, achieved in places
        ]

    def _villages(self, luck: Dice) -> list[tuple[str, Decimal, Decimal]]:
        achieved = int(self.values["escape_achieved"])
        missed = int(self.values["escape_registered"]) - achieved
        weights = [luck.random() + 0.1 for _ in range(luck.randint(4, 8))]
        word = "Tổ dân phố" if self.unit.urban else "Thôn"
        return [
            (f"{word} số {number}", Decimal(done + failed), Decimal(done))
            for number, (done, failed) in enumerate(
                zip(spread(achieved, weights), spread(missed, weights), strict=True), start=1
            )
            if done + failed
        ]


CREDIT = ("borrowers", "lent", "outstanding")
PROGRAMMES = ("Hộ nghèo", "Hộ cận nghèo", "Hộ mới thoát nghèo")


def _sign_of(unit: Unit) -> str:
    return unit.code if unit.kind == Kind.DEPARTMENT else "UBND"


def _issuer(unit: Unit) -> str:
    if unit.kind == Kind.DEPARTMENT:
        return unit.name
    return f"UBND {unit.name[:1].lower()}{unit.name[1:]}"
