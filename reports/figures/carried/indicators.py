"""Series of the numbers that units report, summed from accepted reports.

At the level of communes, or of bodies of the province, each unit's own report counts. Districts
and the province are sums as in the summaries: each branch once, from its highest accepted report
(``reports.figures.counting``); what bodies of the province report is not in them.
"""

from decimal import Decimal

from django.db.models import Case, Count, Exists, F, Q, Sum, When
from django.urls import reverse

from campaign.models import Period
from criteria.models import Indicator
from reports.figures.carried.measures import LEVELS, Measure, Paper, Span
from reports.figures.counting import higher_report
from reports.models import Figure, Report
from reports.permissions import followed_scope
from reports.states import State
from units.boundaries import Level
from units.boundaries.sources import Listed, Summed
from units.kinds import Kind, Role, Tier
from units.models import path_below

GROUNDS = (Kind.DISTRICT, Kind.COMMUNE)
UNIT, YEAR = "report__unit", "report__period__year"
CENT = Decimal("0.01")
PREFIX = "bc-"


class ReportFigure(Measure):
    """One indicator of the reports."""

    why_apart = (
        "Số này chỉ đếm phần do chính đơn vị làm, không cộng giữa các đơn vị, nên không chuyển "
        "sang địa giới khác."
    )

    def __init__(self, indicator: Indicator):
        self.indicator = indicator
        self.key, self.label = f"{PREFIX}{indicator.code}", indicator.label
        self.unit, self.help = indicator.unit, indicator.help
        self.adds = indicator.rollup != Indicator.Rollup.NONE
        self.levels = _levels(indicator)
        self._step = 1 if indicator.kind == Indicator.Kind.INTEGER else CENT

    def spans(self, years):
        found = Period.objects.filter(
            campaign=self.indicator.campaign_id, kind=Period.Kind.YEARLY, year__in=list(years)
        )
        return [
            Span(period.year, period.reference_date, of=period)
            for period in found.order_by("year", "pk")
        ]

    def source(self, level, spans, user):
        figures = self._figures([span.of for span in spans], user)
        within = _within(user)
        if not self.adds or level in (Level.COMMUNE, Level.DEPARTMENT):
            own = figures.filter(**{f"{UNIT}__kind": level})
            sums = {"count": Sum("value")}
            return Summed(own, sums, UNIT, YEAR, (Kind(level),), self._step, within)
        return Listed(_lines(_counted(figures)), self._step, within=within)

    def _figures(self, periods, user):
        """The accepted figures of these periods that the user may see."""
        reports = Report.objects.visible_to(user).filter(period__in=periods, state=State.ACCEPTED)
        return Figure.objects.filter(
            indicator=self.indicator, value__isnull=False, report__in=reports.values("pk")
        )

    def papers(self, units, span, user):
        rows = _grounded(self._figures([span.of], user)).filter(
            Q(ground__in=list(units)) | Q(report__unit__in=list(units))
        )
        found: dict[int, list[Paper]] = {}
        for row in rows.select_related("report__unit").order_by("report__unit__sort_key", "pk"):
            url = reverse("reports:detail", args=[row.report_id])
            paper = Paper(f"Báo cáo năm {span.year} của {row.report.unit.name}", url)
            for unit in {row.ground, row.report.unit_id} - {None}:
                found.setdefault(unit, []).append(paper)
        return found

    @property
    def whole_numbers(self):
        return self.indicator.kind == Indicator.Kind.INTEGER

    def about(self, level):
        if level in (Level.PROVINCE, Level.DISTRICT) and self.adds:
            return (
                f"{self.help} Mỗi địa bàn tính một lần, từ báo cáo cấp cao nhất đã được nhận; "
                "không gồm số của sở, ban, ngành, đoàn thể tỉnh."
            ).strip()
        return self.help

    def about_scope(self, user):
        return "" if sees_all(user) else "Chỉ gồm báo cáo đã nhận của các đơn vị bạn theo dõi."


def _within(user) -> Q:
    """The units whose reports the user reads: those followed, and what they took over whole."""
    scope = followed_scope(user)
    for unit in user.taken_over():
        scope |= path_below(unit.path)
    return scope


def sees_all(user) -> bool:
    """Whether the user follows the reports of the whole province."""
    return bool(user.role_names() & set(Role.PROVINCE_WIDE))


def _levels(indicator) -> list[Level]:
    """Levels of territory, where districts or communes report it; bodies of the province."""
    adds, tiers = indicator.rollup != Indicator.Rollup.NONE, set(indicator.tiers)
    found = [level for level in LEVELS if level in tiers or (adds and Tier.COMMUNE in tiers)]
    return found + ([Level.DEPARTMENT] if Tier.DEPARTMENT in tiers else [])


def _counted(figures):
    """Those that no higher accepted report of the same kind contains, see ``counting``."""
    higher = figures.filter(higher_report())
    return figures.alias(contained=Exists(higher)).filter(contained=False)


def _grounded(figures):
    """The figures with ``ground``: the district or commune that the reporting unit is or is in."""
    itself, above = {f"{UNIT}__kind__in": GROUNDS}, {f"{UNIT}__parent__kind__in": GROUNDS}
    return figures.annotate(
        ground=Case(
            When(**itself, then=F(f"{UNIT}_id")), When(**above, then=F(f"{UNIT}__parent_id"))
        )
    )


def _lines(figures) -> list:
    """One line for each ground and year; a head of a branch counts as a unit reported."""
    head = Q(report__unit__kind=Kind.DISTRICT)
    head |= Q(report__unit__kind=Kind.COMMUNE, report__unit__parent__kind=Kind.PROVINCE)
    rows = _grounded(figures).filter(ground__isnull=False).values("ground", at=F(YEAR)).order_by()
    rows = rows.annotate(total=Sum("value"), heads=Count("pk", filter=head))
    return [(row["ground"], row["at"], row["heads"], {"count": row["total"]}) for row in rows]
