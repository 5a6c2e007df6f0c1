"""The yearly review of poor and near-poor households, one balanced row a commune."""

from random import Random

from tests.factories.poverty import ReviewFileFactory
from units.models import PovertyReview, Unit
from units.models.poverty import Area, Stage
from units.poverty.figures import COUNTS
from units.poverty.standards import standard_for


def balanced(luck: Random) -> dict[str, int]:
    """The counts of one commune and year; both identities of the review hold."""
    counts = dict.fromkeys(COUNTS, 0)
    counts["households"] = luck.randint(900, 4_500)
    counts["ethnic_households"] = counts["households"] // luck.randint(5, 40)
    for kind, least, most in (("poor", 8, 60), ("near", 15, 90)):
        opening, arisen = luck.randint(least, most), luck.randint(0, 3)
        escaped, relapsed = luck.randint(0, opening // 2), luck.randint(0, 1)
        closing = opening - escaped + relapsed + arisen
        counts |= {
            f"{kind}_opening": opening,
            f"{kind}_opening_ethnic": opening // 10,
            f"{kind}_escaped": escaped,
            f"{kind}_relapsed": relapsed,
            f"{kind}_arisen": arisen,
            f"{kind}_closing": closing,
            f"{kind}_closing_ethnic": closing // 10,
        }
    counts["poor_unable"] = counts["poor_closing"] // 3
    return counts


class Reviews:
    """The official review of one year; ``fill`` adds communes to it."""

    def __init__(self, year: int):
        self.year, self.luck = year, Random(year)
        self.standard = standard_for(year)
        self.file = ReviewFileFactory(year=year, stage=Stage.OFFICIAL)

    def fill(self, communes: list[Unit]) -> None:
        PovertyReview.objects.bulk_create(
            PovertyReview(
                unit=unit,
                year=self.year,
                stage=Stage.OFFICIAL,
                area=Area.URBAN if unit.urban else Area.RURAL,
                standard=self.standard,
                source=self.file,
                **balanced(self.luck),
            )
            for unit in communes
        )
