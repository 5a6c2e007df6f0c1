"""The campaign, its calendar and duties; plain objects, one factory per model.

``reporting_year(2023)`` is what most tests want: a province with its board, the duty of receiving
reports, and one yearly period with a deadline for every reporting tier.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from campaign.models import (
    Campaign,
    Deadline,
    Duty,
    Extension,
    Goal,
    Passage,
    Period,
    Phase,
)
from config.text import VIETNAM
from tests.factories.units import DepartmentFactory, DistrictFactory, ProvinceFactory, UserFactory
from units.kinds import Tier
from units.models import Unit


def instant(year, month, day, hour=0, minute=0, second=0, microsecond=0):
    """An instant on Viet Nam's clock."""
    return datetime(year, month, day, hour, minute, second, microsecond, tzinfo=VIETNAM)


class CampaignFactory(DjangoModelFactory):
    class Meta:
        model = Campaign

    code = factory.Sequence(lambda n: f"phong-trao-{n}")
    title = factory.Sequence(lambda n: f"Phong trào thi đua “Vì người nghèo” {n}")
    short_title = factory.Sequence(lambda n: f"Vì người nghèo {n}")
    province = factory.SubFactory(ProvinceFactory)
    plan_number = "166/KH-UBND"
    plan_date = date(2022, 6, 29)
    issuer = "Ủy ban nhân dân tỉnh"
    signer = "Phó Chủ tịch"
    starts = date(2021, 1, 1)
    ends = date(2025, 12, 31)
    basis = "Quyết định thử nghiệm"
    summary = "Phong trào thử nghiệm"


class GoalFactory(DjangoModelFactory):
    class Meta:
        model = Goal

    campaign = factory.SubFactory(CampaignFactory)
    code = factory.Sequence(lambda n: f"T{n}")
    position = factory.Sequence(lambda n: n)
    clause = "I.1, ý 3"
    statement = "Giảm tỷ lệ hộ nghèo đa chiều xuống dưới 0,5%."
    measure = Goal.Measure.POOR_RATE
    direction = Goal.Direction.BELOW
    target = "0.5"
    unit = "%"
    due = date(2025, 12, 31)


class PassageFactory(DjangoModelFactory):
    class Meta:
        model = Passage

    campaign = factory.SubFactory(CampaignFactory)
    part = Passage.Part.CONTENT
    position = factory.Sequence(lambda n: n)
    letter = "a"
    clause = "II.2.a"
    statement = "Nội dung thi đua thử nghiệm."
    tiers = factory.LazyFunction(lambda: ["department"])


class PhaseFactory(DjangoModelFactory):
    class Meta:
        model = Phase

    campaign = factory.SubFactory(CampaignFactory)
    position = factory.Sequence(lambda n: n)
    clause = "IV.1"
    title = "Tổ chức triển khai"
    statement = "Xây dựng kế hoạch và tổ chức triển khai."
    starts = date(2021, 1, 1)
    ends = date(2022, 12, 31)


class PeriodFactory(DjangoModelFactory):
    """A yearly period; ``year`` sets its code and dates."""

    class Meta:
        model = Period

    campaign = factory.SubFactory(CampaignFactory)
    kind = Period.Kind.YEARLY
    year = 2023
    code = factory.LazyAttribute(lambda period: str(period.year))
    title = factory.LazyAttribute(lambda period: f"Báo cáo năm {period.year}")
    clause = "V.4"
    starts = factory.LazyAttribute(lambda period: date(period.year, 1, 1))
    ends = factory.LazyAttribute(lambda period: date(period.year, 12, 31))
    reference_date = factory.LazyAttribute(lambda period: period.ends)


class DeadlineFactory(DjangoModelFactory):
    """Before 1 December (V.4), locked at the end of the year, for the districts."""

    class Meta:
        model = Deadline

    period = factory.SubFactory(PeriodFactory)
    tier = Tier.DISTRICT
    due = factory.LazyAttribute(lambda row: instant(row.period.year, 11, 30, 23, 59, 59))
    lock = factory.LazyAttribute(lambda row: instant(row.period.year, 12, 31, 23, 59, 59))


class ExtensionFactory(DjangoModelFactory):
    """A leave as it stands in the database; tests of the act itself call the action."""

    class Meta:
        model = Extension

    deadline = factory.SubFactory(DeadlineFactory)
    unit = factory.SubFactory(DistrictFactory)
    until = factory.LazyAttribute(lambda row: row.deadline.due + timedelta(days=5))
    reason = "Bão lũ chia cắt địa bàn"
    granted_at = factory.LazyAttribute(lambda row: row.deadline.due - timedelta(days=2))
    granted_by = factory.SubFactory(UserFactory)


class DutyFactory(DjangoModelFactory):
    class Meta:
        model = Duty

    campaign = factory.SubFactory(CampaignFactory)
    kind = Duty.Kind.RECEIVES_REPORTS
    unit = factory.SubFactory(DepartmentFactory)
    starts = date(2022, 6, 29)
    clause = "V.4"
    basis = "Kế hoạch thử nghiệm"


@dataclass(frozen=True)
class ReportingYear:
    """A province ready for the reports of one year."""

    campaign: Campaign
    province: Unit
    board: Unit
    period: Period
    deadlines: dict[str, Deadline]


def reporting_year(year=2023, *, campaign=None) -> ReportingYear:
    """A yearly period with a deadline per reporting tier: communes on 20, villages on 10 November.

    With ``campaign`` the year is added to a campaign made by an earlier call.
    """
    campaign = campaign or CampaignFactory()
    province = campaign.province
    duty = campaign.duties.filter(kind=Duty.Kind.RECEIVES_REPORTS).first() or DutyFactory(
        campaign=campaign, unit=DepartmentFactory(parent=province)
    )
    period = PeriodFactory(campaign=campaign, year=year)
    day = {Tier.COMMUNE: 20, Tier.ENTERPRISE: 20, Tier.VILLAGE: 10}
    deadlines = {
        tier: DeadlineFactory(
            period=period, tier=tier, due=instant(year, 11, day.get(tier, 30), 23, 59, 59)
        )
        for tier in Tier.REPORTING
    }
    return ReportingYear(campaign, province, duty.unit, period, deadlines)
