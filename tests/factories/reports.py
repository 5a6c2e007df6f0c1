"""Reports brought to a state through the real steps, so that no test starts where none can be.

``started()`` opens a district's report of 2023; ``filled``, ``handed_over``, ``sent``,
``returned``, ``accepted`` walk on from there. The clock stands in the week before the deadline.
"""

from dataclasses import dataclass, replace

import factory
from factory.django import DjangoModelFactory

from config import clock
from criteria.models import CriteriaSet, Criterion, Indicator
from reports import actions
from reports.models import Annex, OutlineSection, Report
from tests.factories.campaign import CampaignFactory, ReportingYear, instant, reporting_year
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    EnterpriseFactory,
    VillageFactory,
    person,
)
from units.kinds import Role, Tier
from units.models import Unit, User

WORKDAY = instant(2023, 11, 20, 9)
"""A Monday ten days before the districts' deadline of 2023."""


class OutlineSectionFactory(DjangoModelFactory):
    class Meta:
        model = OutlineSection

    campaign = factory.SubFactory(CampaignFactory)
    code = factory.Sequence(lambda n: f"muc-{n}")
    position = factory.Sequence(lambda n: n)
    tiers = factory.LazyFunction(lambda: list(Tier.REPORTING))
    title = factory.Sequence(lambda n: f"Công tác chỉ đạo {n}")
    prompt = "Nêu việc đã làm."
    passage = True


class AnnexFactory(DjangoModelFactory):
    class Meta:
        model = Annex

    campaign = factory.SubFactory(CampaignFactory)
    code = factory.Sequence(lambda n: f"B{n}")
    position = factory.Sequence(lambda n: n)
    title = "Nguồn lực huy động"
    tiers = factory.LazyFunction(lambda: list(Tier.REPORTING))
    columns = factory.LazyFunction(
        lambda: [
            {"name": "source", "label": "Nguồn", "kind": "choice", "required": True,
             "choices": ["Doanh nghiệp", "Nhân dân"], "unit": "", "total": False},
            {"name": "cash", "label": "Tiền mặt", "kind": "decimal", "required": False,
             "choices": [], "unit": "triệu đồng", "total": True},
            {"name": "day", "label": "Ngày", "kind": "date", "required": False,
             "choices": [], "unit": "", "total": False},
        ]
    )  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One unit's report with the people around it."""

    year: ReportingYear
    unit: Unit
    reporter: User
    leader: User
    board: User
    report: Report

    def anew(self) -> "Case":
        """The same case with the report as the database has it."""
        return replace(self, report=Report.objects.for_page().get(pk=self.report.pk))


UNIT_OF_TIER = {
    Tier.DEPARTMENT: DepartmentFactory,
    Tier.DISTRICT: DistrictFactory,
    Tier.COMMUNE: CommuneFactory,
    Tier.VILLAGE: VillageFactory,
    Tier.ENTERPRISE: EnterpriseFactory,
}


def unit_of(tier, province):
    """A unit of the tier in its place below the province."""
    if tier in (Tier.DEPARTMENT, Tier.DISTRICT):
        return UNIT_OF_TIER[tier](parent=province)
    district = DistrictFactory(parent=province)
    if tier == Tier.COMMUNE:
        return CommuneFactory(parent=district)
    return UNIT_OF_TIER[tier](parent=CommuneFactory(parent=district))


def laid_out(year, tier):
    """The parts that reports of the tier consist of: criteria, a heading, a figure, an annex."""
    if year.campaign.criteria_sets.filter(tier=tier).exists():
        return
    criteria_set = CriteriaSet.objects.create(
        campaign=year.campaign, letter="b", tier=tier, clause="III.1.b", first_year=2022,
        title="Tiêu chí thử nghiệm",
    )  # fmt: skip
    for number in (1, 2):
        Criterion.objects.create(
            criteria_set=criteria_set, number=number, clause=f"III.1.b, ý {number}",
            statement="Xây dựng và triển khai có hiệu quả kế hoạch.", kind="graded",
        )  # fmt: skip
    if not year.campaign.outline.exists():
        OutlineSectionFactory(campaign=year.campaign, code="chi-dao")
        AnnexFactory(campaign=year.campaign, code="B3")
        Indicator.objects.create(
            campaign=year.campaign, code="van_ban", position=1, section="chi-dao",
            label="Số văn bản ban hành", unit="văn bản", kind="integer", rollup="sum",
            minimum=0, tiers=list(Tier.REPORTING),
        )  # fmt: skip


def started(*, tier=Tier.DISTRICT, year=None, unit=None, at=WORKDAY) -> Case:
    """A report just opened by its reporter."""
    year = year or reporting_year(2023)
    laid_out(year, tier)
    unit = unit or unit_of(tier, year.province)
    reporter, leader = person(Role.REPORTER, unit), person(Role.LEADER, unit)
    board = person(Role.BOARD, year.board)
    with clock.frozen(at):
        report = actions.start_report(unit, year.period, by=reporter)
    return Case(year, unit, reporter, leader, board, report).anew()


def filled(case=None, *, at=WORKDAY, text="Đã ban hành đủ văn bản.", **options) -> Case:
    """A report with everything in it that sending demands."""
    case = case or started(at=at, **options)
    with clock.frozen(at):
        for section in case.report.sections.select_related("outline"):
            actions.save_section(
                case.report, section.outline.code, text, by=case.reporter,
                revision=section.revision,
            )  # fmt: skip
        figures = list(case.report.figures.all())
        actions.save_figures(
            case.report, {figure.pk: 7 for figure in figures}, by=case.reporter,
            revision=sum(figure.revision for figure in figures),
        )  # fmt: skip
        for answer in case.report.checklist.answers.select_related("criterion"):
            given = _answer_to(answer.criterion)
            actions.save_answer(
                case.report, answer, given, by=case.reporter, revision=answer.revision
            )
    return case.anew()


def _answer_to(criterion: Criterion) -> dict:
    if criterion.kind == "number":
        return {"grade": "", "value": criterion.threshold, "explanation": "Theo rà soát."}
    return {"grade": "met", "value": None, "explanation": "Có văn bản kèm theo."}


def _step(case, name, by, at, **options) -> Case:
    with clock.frozen(at):
        actions.take_step(case.report, name, by=by, **options)
    return case.anew()


def handed_over(case=None, *, at=WORKDAY, **options) -> Case:
    """A report that waits for its leader's signature."""
    case = case or filled(at=at, **options)
    return _step(case, "hand_over", case.reporter, at)


def sent(case=None, *, at=WORKDAY, **options) -> Case:
    """A report signed and sent."""
    case = case or filled(at=at, **options)
    return _step(case, "send", case.leader, at)


def receiver_of(case) -> User:
    """Somebody who may receive the case's report."""
    if case.report.receiver == case.year.board:
        return case.board
    return person(Role.LEADER, case.report.receiver)


def returned(case=None, *, at=WORKDAY, note="Bổ sung số liệu.", **options) -> Case:
    """A report sent back with a reason."""
    case = case or sent(at=at, **options)
    return _step(case, "return", receiver_of(case), at, note=note)


def accepted(case=None, *, at=WORKDAY, **options) -> Case:
    """A report received."""
    case = case or sent(at=at, **options)
    return _step(case, "accept", receiver_of(case), at)


AT = {
    "draft": started,
    "signing": handed_over,
    "submitted": sent,
    "returned": returned,
    "accepted": accepted,
}
"""State → the function that brings a new report there."""
