"""The table of a year, by province, district or commune, and one unit over years."""

from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import Count, QuerySet

from units.boundaries.levels import row_key
from units.kinds import Kind
from units.models import Import, PovertyReview, PovertyStandard, Unit, alive_on, path_below
from units.models.poverty import Area, Stage
from units.poverty.figures import TOTALS, Figures
from units.poverty.territory import MEASURED, communes_alive, territory, year_end

DISTRICT, COMMUNE, PROVINCE = "district", "commune", "province"


@dataclass(frozen=True)
class ReviewRow:
    """One row of the table. ``figures`` is None as long as none of its communes has any."""

    unit: Unit | None
    figures: Figures | None
    reported: int
    expected: int
    sources: tuple[Import, ...] = ()

    @property
    def complete(self) -> bool:
        return self.reported >= self.expected

    @property
    def opens(self) -> bool:
        """Whether the row is a sum that can be opened to its communes."""
        return self.unit is not None and self.unit.kind != Kind.COMMUNE


def reviews_of(year: int, stage: str, under: Unit | None = None) -> QuerySet:
    """The rows behind the figures of a year: communes only, so that nothing counts twice."""
    found = PovertyReview.objects.filter(year=year, stage=stage, unit__kind=Kind.COMMUNE)
    return found if under is None else found.filter(path_below(under.path, "unit__path"))


def review_table(
    year: int, stage: str, *, by: str = DISTRICT, under: Unit | None = None
) -> list[ReviewRow]:
    """The rows of a year in alphabetical order, those without figures too.

    ``by`` is "province", "district" or "commune"; rows of communes name their source files.
    Units are those of the end of that year. At most five queries, whatever the number of rows.
    """
    alive = communes_alive(year, under).annotate(row=row_key(by)).order_by()
    expected = dict(alive.values_list("row").annotate(number=Count("pk")))
    reviews = reviews_of(year, stage, under)
    keyed = reviews.annotate(row=row_key(by, "unit__")).values("row").order_by()
    keyed = keyed.annotate(**TOTALS, number=Count("unit", distinct=True))
    sums = {line["row"]: line for line in keyed}
    units = list(Unit.objects.filter(pk__in=expected.keys() | sums.keys()).in_order())
    by_itself = any(unit.kind == Kind.COMMUNE for unit in units)
    sources = _sources(reviews) if by_itself else {}
    return [
        _row(unit, sums.get(unit.pk), expected.get(unit.pk, 0), sources.get(unit.pk, ()))
        for unit in units
    ]


def _row(unit, line: dict | None, expected: int, sources=()) -> ReviewRow:
    figures = Figures.from_sums(line) if line else None
    return ReviewRow(unit, figures, line["number"] if line else 0, expected, tuple(sources))


def _sources(reviews: QuerySet) -> dict[int, list[Import]]:
    """The files each commune's figures came from; two where its areas came apart."""
    pairs = list(reviews.values_list("unit", "source").distinct().order_by("source"))
    files = Import.objects.in_bulk({source for _, source in pairs})
    found = defaultdict(list)
    for unit, source in pairs:
        found[unit].append(files[source])
    return found


def counted_units() -> QuerySet:
    """The units that have poverty figures of their own, with all units above them."""
    kinds = (*MEASURED, Kind.VILLAGE)
    return Unit.objects.filter(kind__in=kinds).select_related("parent__parent__parent")


def above(unit: Unit) -> list[Unit]:
    """The units above one of ``counted_units``, from the province down; no query."""
    found = []
    while unit := unit.parent:
        found.insert(0, unit)
    return found


def total_row(rows: list[ReviewRow]) -> ReviewRow:
    """The sum of a table's rows, each counted once."""
    given = [row.figures for row in rows if row.figures]
    return ReviewRow(
        None,
        sum(given[1:], given[0]) if given else None,
        sum(row.reported for row in rows),
        sum(row.expected for row in rows),
    )


def area_rows(year: int, stage: str, under: Unit | None = None) -> dict[Area, Figures]:
    """Rows I and II of the official table: urban and rural, where there are figures."""
    found = reviews_of(year, stage, under).values("area").order_by().annotate(**TOTALS)
    sums = {line["area"]: Figures.from_sums(line) for line in found}
    return {area: sums[area] for area in Area if area in sums}


def review_years() -> list[int]:
    """The years that have figures, newest first."""
    years = PovertyReview.objects.order_by("-year").values_list("year", flat=True)
    return list(years.distinct())


def source_files(year: int, stage: str) -> QuerySet:
    """The confirmed files that the figures of a year rest on, the newest first."""
    used = reviews_of(year, stage).values("source")
    found = Import.objects.filter(pk__in=used).select_related("uploaded_by")
    return found.order_by("-confirmed_at", "-pk")


def best_stage(reported: dict[str, int], expected: int) -> Stage | None:
    """Official once every commune has it; until then preliminary, if there is any.

    An official table that is still being filled must not take the place of a whole one.
    """
    official, preliminary = (
        reported.get(stage, 0) for stage in (Stage.OFFICIAL, Stage.PRELIMINARY)
    )
    if official and (official >= expected or not preliminary):
        return Stage.OFFICIAL
    return Stage.PRELIMINARY if preliminary else None


def latest_stage(year: int, under: Unit | None = None) -> Stage | None:
    """The best stage on file for a year, see ``best_stage``; None when there is nothing."""
    found = PovertyReview.objects.filter(year=year, unit__kind=Kind.COMMUNE)
    if under is not None:
        found = found.filter(path_below(under.path, "unit__path"))
    counted = found.values_list("stage").annotate(number=Count("unit", distinct=True))
    return best_stage(dict(counted.order_by()), communes_alive(year, under).count())


@dataclass(frozen=True)
class SeriesPoint:
    """One unit in one year. ``breaks``: measured by another standard than the year before it.

    ``refusal`` says why there are no figures, ``caveat`` what to know when reading them.
    """

    year: int
    standard: PovertyStandard | None
    stage: Stage | None
    figures: Figures | None
    reported: int
    expected: int
    refusal: str = ""
    caveat: str = ""
    breaks: bool = False


def _staged(found: QuerySet) -> QuerySet:
    """Reviews summed by year and stage; one line each, with the number of communes."""
    lines = found.values("year", "stage").order_by()
    return lines.annotate(**TOTALS, number=Count("unit", distinct=True))


def unit_year(unit: Unit, year: int, standard: PovertyStandard | None) -> SeriesPoint:
    """A unit's figures in a year, of the best stage, over its ground at the end of that year.

    Figures of some of its communes only are no figures of the unit.
    """
    ground = territory(unit, year)
    if ground.refusal:
        return SeriesPoint(year, standard, None, None, 0, 0, ground.refusal)
    reviews = PovertyReview.objects.filter(year=year, unit__in=ground.communes)
    point = _point(unit, year, standard, list(_staged(reviews)), ground.communes.count())
    return replace(point, caveat=ground.caveat)


def _point(unit, year: int, standard, lines: list[dict], expected: int) -> SeriesPoint:
    by_stage = {line["stage"]: line for line in lines}
    stage = best_stage({name: line["number"] for name, line in by_stage.items()}, expected)
    reported = by_stage[stage]["number"] if stage else 0
    if not reported or reported < expected:
        refusal = _incomplete(unit, year, reported, expected)
        return SeriesPoint(year, standard, stage, None, reported, expected, refusal)
    figures = Figures.from_sums(by_stage[stage])
    return SeriesPoint(year, standard, stage, figures, reported, expected)


def _incomplete(unit: Unit, year: int, reported: int, expected: int) -> str:
    if not reported:
        return f"Chưa có kết quả rà soát năm {year} của {unit.name}."
    return f"Mới có kết quả rà soát năm {year} của {reported}/{expected} xã thuộc {unit.name}."


def series(unit: Unit, years) -> list[SeriesPoint]:
    """A unit over the years, each point marked where the standard changed before it.

    Never draw a line or compute a change across a mark (2021|2022, 2026|2027). Three queries for
    the years in which the unit exists, a few more for each other year.
    """
    standards = list(PovertyStandard.objects.order_by("first_year"))
    years = sorted(years)
    direct = _direct_points(unit, [year for year in years if unit.exists_on(year_end(year))])
    points: list[SeriesPoint] = []
    for year in years:
        standard = next((s for s in standards if s.first_year <= year <= s.last_year), None)
        if year in direct:
            point = replace(direct[year], standard=standard)
        else:
            point = unit_year(unit, year, standard)
        points.append(replace(point, breaks=bool(points) and standard != points[-1].standard))
    return points


def _direct_points(unit: Unit, years: list[int]) -> dict[int, SeriesPoint]:
    """The points of years at whose end the unit's ground is simply its subtree."""
    if unit.kind not in MEASURED or not years:
        return {}
    communes = Unit.objects.below(unit).filter(kind=Kind.COMMUNE)
    expected = communes.aggregate(
        **{f"of_{year}": Count("pk", filter=alive_on(year_end(year))) for year in years}
    )
    reviews = PovertyReview.objects.filter(path_below(unit.path, "unit__path"), year__in=years)
    lines = defaultdict(list)
    for line in _staged(reviews.filter(unit__kind=Kind.COMMUNE)):
        lines[line["year"]].append(line)
    return {year: _point(unit, year, None, lines[year], expected[f"of_{year}"]) for year in years}
