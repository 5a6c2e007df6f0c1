"""Poor and near-poor households by district and year, with rates.

Unit: households; rates in % of all households of the same row, computed. Source: the yearly
review kept per commune (``units.poverty``), official where every commune has it, else the
preliminary one. After the end of the district level the communes stand for themselves. A year
whose standard differs from the year before carries a break mark: figures on either side are not
compared.
"""

from dataclasses import dataclass
from decimal import Decimal

from campaign.models import Period
from units import poverty
from units.kinds import Kind
from units.poverty.figures import Figures, percent_of, rounded
from units.poverty.territory import year_end


@dataclass(frozen=True)
class PovertyRow:
    """A unit in one year; without figures as long as none of its communes has any."""

    unit_id: int | None
    name: str
    kind: str
    reported: int
    expected: int
    counts: dict[str, int] | None
    poor_rate: Decimal | None
    near_rate: Decimal | None
    opening_rate: Decimal | None
    near_opening_rate: Decimal | None


@dataclass(frozen=True)
class PovertyYear:
    """The table of one year: urban and rural (rows I and II), its units, and their sum."""

    year: int
    standard: str
    stage: str
    stage_label: str
    breaks: bool
    areas: tuple[PovertyRow, ...]
    rows: tuple[PovertyRow, ...]
    total: PovertyRow


def poverty_years(period) -> list[int]:
    """The years shown: from the campaign's start, or a year beside the one before it."""
    if period.kind == Period.Kind.YEARLY:
        return [period.year - 1, period.year]
    return list(range(period.campaign.starts.year, period.year + 1))


def poverty_by_district(campaign, years) -> list[PovertyYear]:
    """One table a year, oldest first; a fixed number of queries a year."""
    found, before = [], None
    for year in years:
        standard = poverty.standard_for(year)
        breaks = bool(found) and standard != before
        found.append(_year(campaign, year, standard, breaks=breaks))
        before = standard
    return found


def _year(campaign, year, standard, *, breaks) -> PovertyYear:
    province = campaign.province
    under = province if province.exists_on(year_end(year)) else None
    stage = poverty.latest_stage(year, under)
    rows = poverty.review_table(year, stage or "official", under=under)
    areas = poverty.area_rows(year, stage, under) if stage else {}
    return PovertyYear(
        year=year,
        standard=standard.name if standard else "",
        stage=stage or "",
        stage_label=stage.label if stage else "chưa có",
        breaks=breaks,
        areas=tuple(
            _row(None, f"Khu vực {area.label}", area.value, figures)
            for area, figures in areas.items()
        ),
        rows=tuple(
            _row(row.unit.pk, row.unit.name, row.unit.kind, row.figures, row) for row in rows
        ),
        total=_total(rows),
    )


def _total(rows) -> PovertyRow:
    total = poverty.total_row(rows)
    return _row(None, "Toàn tỉnh", Kind.PROVINCE.value, total.figures, total)


def _row(unit_id, name, kind, figures: Figures | None, count=None) -> PovertyRow:
    reported, expected = (count.reported, count.expected) if count else (0, 0)
    if figures is None:
        return PovertyRow(unit_id, name, str(kind), reported, expected, *[None] * 5)
    return PovertyRow(
        unit_id=unit_id,
        name=name,
        kind=str(kind),
        reported=reported,
        expected=expected,
        counts=dict(figures.counts),
        poor_rate=figures.poor_rate,
        near_rate=figures.near_rate,
        opening_rate=figures.opening_rate,
        near_opening_rate=_share(figures, "near_opening"),
    )


def _share(figures, name) -> Decimal | None:
    return rounded(percent_of(figures[name], figures["households"]))
