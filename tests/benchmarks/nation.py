"""Units: the real register of Vĩnh Phúc, and around it invented provinces of real size.

With all of them there are as many provinces, districts and communes as Viet Nam had before 2025:
63, 705 and 10,603. Names and codes are made up; numbers of districts and communes are those of
the General Statistics Office's list of early 2021, province by province, Vĩnh Phúc left out.
"""

from datetime import date
from itertools import islice
from random import Random

from django.core.management import call_command
from django.db.models import Max

from units.kinds import Kind
from units.models import Unit

DAY = date(2023, 11, 24)
"""The day on which everything is looked at: a week before the districts' reports are due."""

COMMUNES = 10_603
FEW = 1_000
"""So many communes must cost as many queries as all of them."""

SHAPE = (
    (30, 579), (11, 193), (10, 161), (8, 108), (7, 138), (9, 152), (10, 129), (8, 106),
    (12, 204), (9, 173), (10, 151), (9, 178), (11, 200), (13, 177), (10, 209), (13, 225),
    (8, 126), (12, 235), (15, 217), (10, 161), (8, 260), (6, 109), (10, 226), (8, 143),
    (27, 559), (21, 460), (13, 216), (8, 151), (10, 125), (9, 145), (8, 56), (18, 241),
    (13, 173), (11, 159), (9, 110), (9, 139), (7, 65), (10, 124), (10, 102), (17, 220),
    (15, 184), (8, 71), (12, 142), (11, 111), (9, 94), (9, 91), (11, 170), (8, 82),
    (22, 312), (15, 188), (11, 172), (9, 157), (9, 106), (8, 107), (12, 143), (11, 156),
    (15, 144), (9, 83), (8, 75), (11, 109), (7, 64), (9, 101),
)  # fmt: skip
"""Districts and communes of each other province."""

NAMES_FIRST = (
    "An Bình Cẩm Châu Đại Đông Đức Gia Hải Hòa Hồng Hưng Kim Lạc Liên Long Minh Mỹ Nam Nghĩa Ngọc "
    "Phú Phước Quang Sơn Tam Tân Thanh Thái Thạnh Thọ Thuận Tiên Trung Trường Vân Vĩnh Xuân Yên Ấm"
)
NAMES_SECOND = (
    "Bảo Bình Cát Châu Cường Dương Đà Điền Giang Hà Hải Hậu Hiệp Hòa Khánh Lâm Lộc Lợi Lý Mai Ninh "
    "Nội Phong Phúc Quý Sơn Tâm Thành Thịnh Thủy Tiến Trì Tường Vượng Xá Ứng Ước Đạo Đình Độ"
)


def load_province() -> None:
    """The register and the plan as every portal starts with them."""
    call_command("load_register", verbosity=0, stdout=_Nowhere())
    call_command("load_plan", verbosity=0, stdout=_Nowhere())


class _Nowhere:
    def write(self, text):
        pass

    def isatty(self):
        return False


class Nation:
    """The provinces around; ``grow`` adds communes with the units above them."""

    def __init__(self):
        self.luck = Random(166)
        self.names = NAMES_FIRST.split(), NAMES_SECOND.split()
        self.last = Unit.objects.aggregate(last=Max("pk"))["last"]
        self.above: dict[str, Unit] = {}
        self.places = iter(list(self._places()))

    def _places(self):
        """Codes of province and district of each commune to come, in order."""
        for number, (districts, communes) in enumerate(SHAPE, start=1):
            for commune in range(communes):
                district = commune * districts // communes
                yield f"T{number:02}", f"T{number:02}H{district:02}"

    def grow(self, total: int) -> list[Unit]:
        """Add communes until there are ``total`` of them; the new units, those above first."""
        there = Unit.objects.as_of(DAY).filter(kind=Kind.COMMUNE).count()
        made = []
        for province, district in islice(self.places, total - there):
            if province not in self.above:
                made.append(self._remember(province, Kind.PROVINCE, "tỉnh", None))
            if district not in self.above:
                above = self.above[province]
                made.append(self._remember(district, Kind.DISTRICT, "huyện", above))
            code = f"{40_000 + self.last + 1:05}"
            made.append(self._unit(code, Kind.COMMUNE, self._type(), self.above[district]))
        Unit.objects.bulk_create(made)
        return made

    def _type(self) -> str:
        return self.luck.choices(("xã", "phường", "thị trấn"), (78, 16, 6))[0]

    def _remember(self, code, kind, subtype, parent) -> Unit:
        self.above[code] = self._unit(code, kind, subtype, parent)
        return self.above[code]

    def _unit(self, code, kind, subtype, parent) -> Unit:
        self.last += 1
        short = " ".join(map(self.luck.choice, self.names))
        unit = Unit(
            pk=self.last,
            code=code,
            name=f"{subtype.capitalize()} {short}",
            short_name=short,
            kind=kind,
            subtype=subtype,
            urban=subtype != "xã",
            parent=parent,
            valid_from=date(2021, 1, 1),
        )
        unit.fill_keys()
        unit.path = unit.place()
        return unit
