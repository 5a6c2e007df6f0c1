"""``manage.py load_plan``, and the outline and annexes of the reports."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from campaign.models import Campaign
from reports.loading import load
from reports.models import Annex, Figure, OutlineSection, Section
from tests.factories.plan import shipped, standing, written
from tests.factories.reports import sent, started
from units.kinds import Tier
from units.models import LogEntry, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _register(django_db_setup, django_db_blocker):
    with standing(django_db_blocker, plan=False):
        yield


@pytest.fixture
def content():
    return shipped("reports")


def run():
    out = StringIO()
    call_command("load_plan", stdout=out)
    return out.getvalue().splitlines()


def test_the_command_tells_each_part_with_its_numbers():
    lines = run()

    assert [line.split(":")[0] for line in lines] == [
        "Kế hoạch",
        "Tiêu chí, chỉ tiêu, khối thi đua",
        "Hình thức, quy định khen thưởng",
        "Đề cương báo cáo, phụ biểu",
    ]
    assert lines[2].endswith(": tạo 158, sửa 0, bỏ 0, giữ nguyên 0 dòng.")
    parts = LogEntry.objects.filter(action="load_plan").order_by("pk")
    assert [entry.changes["part"] for entry in parts] == [
        "campaign",
        "criteria",
        "awards",
        "reports",
    ]


def test_a_second_run_changes_nothing_and_says_so():
    run()
    entries = LogEntry.objects.count()

    lines = run()

    assert len(lines) == 4
    assert all("không có gì thay đổi" in line for line in lines)
    assert LogEntry.objects.count() == entries


def test_without_the_register_it_says_what_to_run_first():
    Unit.objects.filter(code="26").update(code="99")

    with pytest.raises(CommandError, match="Chạy “manage.py load_register” trước"):
        run()

    assert not Campaign.objects.exists()


def test_outline_and_annexes_come_in(content):
    run()
    campaign = Campaign.objects.get()

    assert OutlineSection.objects.count() == len(content["outline"])
    assert list(Annex.objects.values_list("code", flat=True)) == [f"B{n}" for n in range(1, 8)]
    assert Annex.objects.get(code="B1").computed
    assert {column["name"] for column in Annex.objects.get(code="B2").columns} >= {"number"}
    codes = [part.code for part in campaign.outline.for_tier(Tier.VILLAGE)]
    assert codes[0] == "1-village"


def test_a_heading_changes_with_the_file_and_one_in_use_stays(content, tmp_path):
    case = started()
    campaign = case.year.campaign
    load(campaign)
    used = case.report.sections.first().outline
    content["outline"][0]["title"] = "Đặc điểm chung"

    outcome = load(campaign, path=written(content, tmp_path))

    assert campaign.outline.get(code="1").title == "Đặc điểm chung"
    assert list(outcome.changed) == ["Mục của đề cương “Đặc điểm chung”"]
    assert any(str(used) in sentence for sentence in outcome.notices)
    assert OutlineSection.objects.filter(pk=used.pk).exists()


def test_reports_still_being_written_get_the_parts_that_came_new():
    draft, gone = started(), sent()
    before = gone.report.sections.count()

    for case in (draft, gone):
        load(case.year.campaign)

    campaign = draft.year.campaign
    assert Section.objects.filter(report=draft.report).count() == 1 + len(
        OutlineSection.objects.filter(campaign=campaign)
        .exclude(code="chi-dao")
        .for_tier(Tier.DISTRICT)
    )
    assert Figure.objects.filter(report=draft.report).count() == 1
    assert gone.report.sections.count() == before


def test_the_whole_plan_of_today_is_there_for_the_units_of_its_periods():
    run()
    period = Campaign.objects.get().periods.get(code="2023")

    tiers = {row.tier for row in period.deadlines.all()}
    assert tiers == set(Tier.REPORTING)
    assert Unit.objects.as_of(period.reference_date).of_tiers(Tier.DISTRICT).count() == 9
    assert period.reference_date == date(2023, 12, 31)
