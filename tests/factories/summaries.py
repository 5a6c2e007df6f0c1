"""A province ready for its summary, and summaries brought to a state through the real steps.

``scene()`` has two districts of two communes each with an official review, the interim period of
2023 and those who compose it. ``drafted``, ``written``, ``frozen``, ``issued`` walk on.
"""

from dataclasses import dataclass
from datetime import date

import factory
from factory.django import DjangoModelFactory

from campaign.models import Duty, Period
from config import clock
from reports import actions as report_actions
from reports.actions import summaries as actions
from reports.models import Selection, Summary, SummaryFile
from reports.queries import summaries as queries
from tests.factories.campaign import (
    DutyFactory,
    PeriodFactory,
    ReportingYear,
    instant,
    reporting_year,
)
from tests.factories.criteria import IndicatorFactory
from tests.factories.poverty import PovertyReviewFactory, both_standards
from tests.factories.reports import accepted, filled, started
from tests.factories.units import CommuneFactory, DepartmentFactory, DistrictFactory, person
from units.kinds import Role, Tier
from units.models import Unit, User

REPORTED = instant(2023, 11, 20, 9)
"""When units of the scene report: ten days before the districts' deadline."""

SUMMED_UP = instant(2023, 12, 28, 9)
"""When the summary is composed: the year's reports are in, its official review is on file."""

TEXTS = {
    "assessment": "Phong trào được triển khai rộng khắp.",
    "shortcomings": "- Một số đơn vị gửi báo cáo muộn.",
    "directions": "- Đôn đốc các đơn vị chưa gửi báo cáo.",
}


class SummaryFactory(DjangoModelFactory):
    """A draft as it stands in the database; tests of the act itself call ``drafted``."""

    class Meta:
        model = Summary

    period = factory.SubFactory(PeriodFactory, kind=Period.Kind.INTERIM, code="interim-2023")
    lead = factory.SubFactory(DepartmentFactory)
    started_at = SUMMED_UP
    started_by = factory.LazyAttribute(lambda row: person(Role.POVERTY_DESK, row.lead))


class SelectionFactory(DjangoModelFactory):
    class Meta:
        model = Selection

    summary = factory.SubFactory(SummaryFactory)
    section = factory.LazyFunction(lambda: accepted().report.sections.first())
    position = factory.Sequence(lambda n: n + 1)
    text = factory.SelfAttribute("section.text")
    chosen_at = SUMMED_UP
    chosen_by = factory.SelfAttribute("summary.started_by")


class SummaryFileFactory(DjangoModelFactory):
    class Meta:
        model = SummaryFile

    summary = factory.SubFactory(SummaryFactory)
    format = SummaryFile.Format.PDF
    content = b"%PDF-1.7"
    sha256 = "0" * 64
    made_at = SUMMED_UP


@dataclass(frozen=True)
class Scene:
    """A province at the end of 2023 with the people around its summary."""

    year: ReportingYear
    interim: Period
    lead: Unit
    desk: User
    districts: list[tuple[Unit, list[Unit]]]

    @property
    def campaign(self):
        return self.year.campaign

    @property
    def province(self):
        return self.year.province

    def board(self) -> User:
        return person(Role.BOARD, self.year.board)

    def viewer(self) -> User:
        return person(Role.PROVINCE_VIEWER, self.province)


def scene(*, districts=2, communes=2, reviewed=(2022, 2023)) -> Scene:
    """The province; each commune of ``reviewed`` years has 1000 households, 20 of them poor."""
    both_standards()
    year = reporting_year(2023)
    lead = DepartmentFactory(parent=year.province, name="Sở Lao động & Xã hội <thử> 😀")
    DutyFactory(campaign=year.campaign, unit=lead, kind=Duty.Kind.INTERIM_LEAD, clause="IV.3")
    DutyFactory(
        campaign=year.campaign, unit=year.board, kind=Duty.Kind.FINAL_LEAD, clause="IV.4"
    )  # fmt: skip
    interim = PeriodFactory(
        campaign=year.campaign, kind=Period.Kind.INTERIM, code="interim-2023", year=2023,
        title="Sơ kết phong trào năm 2023", clause="IV.3", starts=date(2021, 1, 1),
        ends=date(2023, 12, 31),
    )  # fmt: skip
    found = []
    for _ in range(districts):
        district = DistrictFactory(parent=year.province)
        found.append((district, CommuneFactory.create_batch(communes, parent=district)))
    for _, rows in found:
        for commune in rows:
            for reviewed_year in reviewed:
                PovertyReviewFactory(unit=commune, year=reviewed_year)
    return Scene(year, interim, lead, person(Role.POVERTY_DESK, lead), found)


def indicators(campaign, *codes, rollup="sum", tiers=None):
    """Indicators of these codes in the campaign's reports; part of reports opened from now on."""
    tiers = tiers or list(Tier.REPORTING)
    return [IndicatorFactory(campaign=campaign, code=c, rollup=rollup, tiers=tiers) for c in codes]


def reported(year, unit, values=None, *, state="accepted", text="Đã ban hành đủ văn bản.", rows=()):
    """A unit's report with these figures by indicator code (7 for the rest), in a state.

    ``rows``: annex rows as typed, by annex code. The report is walked there by its own people.
    """
    at = instant(year.period.year, 11, 20, 9)
    case = filled(started(tier=unit.tier, year=year, unit=unit, at=at), at=at, text=text)
    with clock.frozen(at):
        _enter(case, values or {})
        for annex in year.campaign.annexes.filter(code__in=dict(rows)):
            report_actions.save_annex(
                case.report, annex, dict(rows)[annex.code], by=case.reporter, revision=0
            )
        if state == "draft":
            return case.anew()
        report_actions.take_step(case.report, "send", by=case.leader)
    return accepted(case.anew(), at=at) if state == "accepted" else case.anew()


def _enter(case, values):
    figures = list(case.report.figures.select_related("indicator"))
    given = {f.pk: values.get(f.indicator.code, f.value) for f in figures}
    revision = sum(figure.revision for figure in figures)
    report_actions.save_figures(case.report, given, by=case.reporter, revision=revision)


def drafted(place=None, *, period=None, by=None, at=SUMMED_UP) -> Summary:
    """An open draft without texts."""
    place = place or scene()
    with clock.frozen(at):
        return actions.start_summary(period or place.interim, by=by or place.desk)


def written(place=None, *, at=SUMMED_UP, by=None, texts=None, **options) -> Summary:
    """A draft with its three texts: it can be frozen."""
    place = place or scene()
    summary = drafted(place, at=at, by=by, **options)
    with clock.frozen(at):
        return actions.save_texts(
            summary, texts or TEXTS, by=by or place.desk, seen=queries.texts_mark(summary)
        )


def frozen(place=None, *, at=SUMMED_UP, by=None, **options) -> Summary:
    """A frozen summary with its files."""
    place = place or scene()
    summary = written(place, at=at, by=by, **options)
    with clock.frozen(at):
        return actions.freeze_summary(summary, by=by or place.desk)


def issued(place=None, *, at=SUMMED_UP, by=None, **options) -> Summary:
    """A summary with number, date and signer."""
    place = place or scene()
    summary = frozen(place, at=at, by=by, **options)
    with clock.frozen(at):
        return actions.issue_summary(
            summary, number="412", signed_on=at.date(), signer="Vũ Thị A & B",
            signer_post="Phó Chủ tịch", by=by or place.desk,
        )  # fmt: skip
