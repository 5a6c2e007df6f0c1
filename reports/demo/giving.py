"""Who takes part beside the offices: enterprises and their gifts, persons, past honours.

All names carry "Mẫu"; tax codes begin with 999, decisions are marked as invented.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from awards.imports import HONOURS
from campaign.imports import CONTRIBUTIONS
from config import clock
from config.text import VIETNAM
from reports.demo.dice import Dice, dice
from reports.demo.files import bring_in, workbook
from reports.demo.people import ADMINISTRATOR, BOARD_CHIEF, DESK, LEADER, invented_name, unit_stem
from reports.demo.registers import FIRST_DAY
from units.actions.persons import save_person
from units.imports.enterprises import DEFINITION as ENTERPRISES
from units.models import Person, Unit, User

ENTERPRISES_IN = datetime(2022, 7, 7, 9, tzinfo=VIETNAM)
GIFTS_IN = datetime(2023, 11, 20, 14, tzinfo=VIETNAM)
HONOURS_IN = datetime(2023, 11, 15, 9, tzinfo=VIETNAM)
PERSONS_IN = datetime(2022, 7, 12, 9, tzinfo=VIETNAM)

ENTERPRISE_COUNT, GIFT_COUNT, HONOUR_COUNT, PERSON_COUNT = 40, 60, 20, 15
TYPES = (
    ("công ty TNHH", "Công ty TNHH Mẫu {}"),
    ("công ty cổ phần", "Công ty cổ phần Mẫu {}"),
    ("hợp tác xã", "Hợp tác xã Mẫu {}"),
    ("doanh nghiệp tư nhân", "Doanh nghiệp tư nhân Mẫu {}"),
)
TRADES = ("Dệt may", "Cơ khí", "Nông sản", "Du lịch", "Vật liệu", "Điện tử", "Vận tải", "Dược liệu",
          "Chăn nuôi", "Xây dựng")  # fmt: skip
POSTS = (
    "Công chức văn hóa - xã hội", "Phó Chủ tịch UBND xã", "Chủ tịch Hội Phụ nữ xã",
    "Cán bộ khuyến nông", "Trưởng ban công tác Mặt trận",
)  # fmt: skip


@dataclass(frozen=True)
class Giving:
    """Enterprises, gifts, honours and persons of the communes that play."""

    communes: Sequence[Unit]

    def enterprises(self) -> list[dict]:
        found = []
        for number in range(1, ENTERPRISE_COUNT + 1):
            luck = dice("enterprise", number)
            subtype, name = luck.choices(TYPES, (5, 3, 2, 1))[0]
            trade = TRADES[number % len(TRADES)]
            told = {"code": f"999{number:07}", "name": name.format(f"{trade} {number:02}")}
            found.append(told | {"subtype": subtype, "above": luck.choice(self.communes).code})
        return found

    def gifts(self) -> list[dict]:
        """One row for each giver, year and commune, in đồng."""
        found: dict[tuple, dict] = {}
        luck, givers = dice("gifts"), self.enterprises()
        while len(found) < GIFT_COUNT:
            giver, commune = luck.choice(givers), luck.choice(self.communes)
            year = luck.choice((2022, 2023))
            found[giver["code"], year, commune.code] = {
                "tax_code": giver["code"], "giver": giver["name"], "year": year,
                "commune_code": commune.code, "commune": commune.name,
                "amount": luck.randint(4, 160) * 500_000,
                "households": luck.randint(0, 8), "jobs": luck.choice((0, 0, 0, 1, 2, 4)),
            }  # fmt: skip
        return sorted(found.values(), key=lambda row: (row["year"], row["tax_code"]))

    def honours(self) -> list[dict]:
        """Decisions of the years before the campaign and of its first: all kinds of recipient."""
        found = []
        for number in range(1, HONOUR_COUNT + 1):
            luck = dice("honour", number)
            year = luck.randint(2021, 2023)
            day = date(year, luck.randint(1, 10), luck.randint(1, 28))
            told = {
                "form": luck.choice(("BKTINH", "GK")), "number": f"{100 + number}/QĐ-GL",
                "decided_on": day, "issuer": "Cơ quan quyết định giả lập",
                "achievement": "Thành tích trong công tác giảm nghèo (giả lập)",
                "period_from": year - 1, "period_to": year - 1,
            }  # fmt: skip
            found.append(told | self._honoured(number, luck))
        return found

    def _honoured(self, number: int, luck: Dice) -> dict:
        commune = luck.choice(self.communes)
        here = {"unit_code": commune.code, "unit": commune.name}
        if number % 4 == 1:
            return {"recipient": "collective", "name": f"Nhân dân và cán bộ {commune.name}"} | here
        if number % 4 == 2:
            giver = luck.choice(self.enterprises())
            told = {"unit_code": giver["code"], "unit": giver["name"], "name": giver["name"]}
            return told | {"recipient": "enterprise"}
        if number % 4 == 3:
            return {"recipient": "person", "name": invented_name(luck)} | here
        return {"recipient": "household", "name": f"Hộ {invented_name(luck)}"} | here

    # Steps

    def bring_in_enterprises(self) -> None:
        file = workbook(ENTERPRISES, self.enterprises(), "doanh-nghiep")
        day = FIRST_DAY.isoformat()
        bring_in("doanh-nghiep", file, by=ADMINISTRATOR, at=ENTERPRISES_IN, tu=day)

    def bring_in_gifts(self) -> None:
        file = workbook(CONTRIBUTIONS, self.gifts(), "dong-gop")
        bring_in("dong-gop", file, by=DESK, at=GIFTS_IN)

    def bring_in_honours(self) -> None:
        file = workbook(HONOURS, self.honours(), "khen-thuong")
        bring_in("khen-thuong", file, by=BOARD_CHIEF, at=HONOURS_IN)

    def enter_persons(self) -> None:
        """Cadres of the communes, a few individuals; each entered by the leader of the commune."""
        with clock.frozen(PERSONS_IN):
            for number in range(1, PERSON_COUNT + 1):
                luck = dice("person", number)
                unit = self.communes[number % len(self.communes)]
                by = User.objects.get(username=f"{unit_stem(unit)}.{LEADER}")
                save_person(_person(number, unit, luck), by=by)


def _person(number: int, unit: Unit, luck: Dice) -> Person:
    kind = Person.Kind.CADRE
    if number % 5 == 0:
        kind = luck.choice((Person.Kind.INDIVIDUAL, Person.Kind.OVERSEAS))
    cadre = kind == Person.Kind.CADRE
    return Person(
        name=invented_name(luck),
        kind=kind,
        unit=unit,
        position=luck.choice(POSTS) if cadre else "Nhà hảo tâm",
        sex=luck.choice(Person.Sex.values),
        direct_worker=cadre and luck.random() < 1 / 2,
        takes_part_from=PERSONS_IN.date(),
        note="Người giả lập của bản trình diễn",
    )
