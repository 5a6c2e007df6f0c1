"""Bringing the plan in: once, again, changed, and beside what people set."""

from datetime import date

import pytest

from campaign import actions
from campaign.loading import load
from campaign.models import Campaign, Deadline, Duty, Goal, Passage, Period, Phase
from config import clock
from config.workflow import RuleViolation
from tests.factories.campaign import DutyFactory, instant
from tests.factories.plan import shipped, standing, written
from tests.factories.units import DepartmentFactory, person
from units.kinds import Role, Tier
from units.models import LogEntry, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _register(django_db_setup, django_db_blocker):
    with standing(django_db_blocker, plan=False):
        yield


@pytest.fixture(autouse=True)
def _november(stop_clock):
    """While the units of the plan live, so that their people may do their work."""
    stop_clock(2023, 11, 20, 9)


@pytest.fixture
def campaign():
    return load()[0]


@pytest.fixture
def content():
    return shipped("campaign")


def board_of(campaign):
    unit = Unit.objects.as_of(date(2023, 6, 1)).get(code="BTDKT")
    return person(Role.BOARD, unit)


def test_the_plan_comes_in_whole():
    campaign, outcome = load()

    assert campaign.plan_number == "166/KH-UBND"
    assert campaign.province.name == "Tỉnh Vĩnh Phúc"
    assert campaign.issuer == "Ủy ban nhân dân tỉnh Vĩnh Phúc"
    counts = {model: model.objects.count() for model in (Goal, Phase, Period, Deadline, Duty)}
    assert counts == {Goal: 4, Phase: 4, Period: 6, Deadline: 19, Duty: 24}
    parts = Passage.objects.order_by("part").values_list("part", flat=True)
    assert [list(parts).count(part) for part in Passage.Part.values] == [9, 7, 4]
    assert outcome.created == Campaign.objects.count() + sum(counts.values()) + 20
    assert (outcome.changed, outcome.removed, outcome.notices) == ({}, [], [])


def test_the_report_of_the_districts_is_due_on_the_last_second_before_december(campaign):
    row = Deadline.objects.get(period__code="2023", tier=Tier.DISTRICT)

    assert row.due == instant(2023, 11, 30, 23, 59, 59)
    assert row.lock == instant(2023, 12, 31, 23, 59, 59)


def test_duties_are_held_by_the_unit_that_lived_then(campaign):
    held = Duty.objects.filter(kind=Duty.Kind.POVERTY_LEAD).order_by("starts")

    assert [(duty.unit.code, duty.unit.valid_from) for duty in held] == [
        ("SLDTBXH", date(2021, 1, 1)),
        ("SNNMT", date(2025, 3, 1)),
        ("SNNMT", date(2025, 7, 1)),
    ]
    assert [duty.unit.parent.name for duty in held] == [
        "Tỉnh Vĩnh Phúc",
        "Tỉnh Vĩnh Phúc",
        "Tỉnh Phú Thọ",
    ]
    assert held[0].as_written == "Sở Lao động - Thương binh và Xã hội"


def test_loading_again_changes_nothing_and_says_so(campaign):
    before = list(Deadline.objects.order_by("pk").values())
    entries = LogEntry.objects.count()

    again, outcome = load()

    assert again == campaign
    assert not outcome.changed_anything
    assert outcome.in_words() == "không có gì thay đổi (78 dòng)"
    assert list(Deadline.objects.order_by("pk").values()) == before
    assert LogEntry.objects.count() == entries


def test_a_load_leaves_one_log_row_by_the_system(campaign):
    entry = LogEntry.objects.get(action="load_plan")

    assert (entry.by, entry.model, entry.object_id) == (None, "campaign.Campaign", campaign.pk)
    assert (entry.changes["part"], entry.changes["created"]) == ("campaign", 78)


def test_a_changed_file_updates_and_tells_old_and_new(campaign, content, tmp_path):
    content["goals"][0]["target"] = 0.4
    content["phases"][2]["title"] = "Sơ kết giữa kỳ"

    _, outcome = load(path=written(content, tmp_path))

    assert str(campaign.goals.get(code="T1").target) == "0.40"
    assert campaign.phases.get(position=3).title == "Sơ kết giữa kỳ"
    assert outcome.changed["Giai đoạn “Sơ kết giữa kỳ”"] == {
        "title": ["Sơ kết phong trào", "Sơ kết giữa kỳ"]
    }
    assert (outcome.created, len(outcome.changed), outcome.removed) == (0, 2, [])
    assert LogEntry.objects.filter(action="load_plan").count() == 2


def test_what_the_file_no_longer_names_goes(campaign, content, tmp_path):
    content["solutions"].pop()

    _, outcome = load(path=written(content, tmp_path))

    assert campaign.passages.filter(part=Passage.Part.SOLUTION).count() == 3
    assert [label[:28] for label in outcome.removed] == ["Nội dung của kế hoạch “II.3,"]


def test_a_deadline_that_the_board_set_is_kept_and_told(campaign, content, tmp_path):
    row = Deadline.objects.get(period__code="2023", tier=Tier.DISTRICT)
    with clock.frozen(instant(2023, 11, 20, 8)):
        actions.set_deadline(
            row, by=board_of(campaign), due=instant(2023, 12, 5), lock=row.lock, reason="Bão"
        )
    content["periods"][1]["deadlines"][1]["lock"] = "2024-01-15T23:59:59+07:00"

    _, outcome = load(path=written(content, tmp_path))

    row.refresh_from_db()
    assert row.due == instant(2023, 12, 5)
    assert row.lock == instant(2024, 1, 15, 23, 59, 59)
    assert outcome.notices == [
        "Hạn báo cáo “Báo cáo năm 2023 – Huyện, thành phố”: giữ nguyên hạn nộp do Ban TĐKT đặt "
        "lúc 08:00 ngày 20/11/2023, khác với tệp."
    ]


def test_a_date_that_an_administrator_corrected_is_kept_and_told(campaign):
    admin = person(Role.ADMINISTRATOR, campaign.province)
    campaign.ends = date(2026, 6, 30)
    actions.save_catalogue(campaign, by=admin)

    _, outcome = load()

    campaign.refresh_from_db()
    assert campaign.ends == date(2026, 6, 30)
    assert len(outcome.notices) == 1
    assert f"giữ nguyên đến hết ngày do {admin} đặt lúc" in outcome.notices[0]
    assert not outcome.changed_anything


def test_a_duty_that_people_entered_is_kept_though_the_file_has_it_not(campaign):
    duty = DutyFactory.build(campaign=campaign, unit=DepartmentFactory(), starts=date(2026, 1, 1))
    actions.save_catalogue(duty, by=person(Role.ADMINISTRATOR, campaign.province))

    _, outcome = load()

    assert Duty.objects.filter(pk=duty.pk).exists()
    assert len(outcome.notices) == 1
    assert outcome.notices[0].endswith("không có trong tệp, cổng giữ nguyên.")


def test_a_period_never_goes_by_itself(campaign, content, tmp_path):
    content["periods"] = [row for row in content["periods"] if row["code"] != "final-2025"]

    _, outcome = load(path=written(content, tmp_path))

    assert campaign.periods.filter(code="final-2025").exists()
    assert len(outcome.notices) == 1


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda plan: plan["goals"][0].update(due="31/12/2025"), "đến ngày"),
        (lambda plan: plan["goals"][0].update(direction="up"), "hướng"),
        (lambda plan: plan["goals"].append(plan["goals"][0]), "tệp ghi hai lần"),
        (lambda plan: plan.pop("phases"), "thiếu mục 'phases'"),
        (lambda plan: plan["duties"][0].update(unit_code="XYZ"), "không có đơn vị mã XYZ"),
        (lambda plan: plan["phases"][0].update(ends="2020-01-01"), "phase_in_order"),
    ],
)
def test_a_faulty_file_is_refused_by_name_and_writes_nothing(spoil, words, content, tmp_path):
    spoil(content)

    with pytest.raises(RuleViolation) as refusal:
        load(path=written(content, tmp_path))

    assert words in " ".join(refusal.value.args)
    assert not Campaign.objects.exists()


def test_a_file_that_is_no_json_is_refused_by_name(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text("{", encoding="utf-8")

    with pytest.raises(RuleViolation, match="Không đọc được"):
        load(path=path)


def test_without_the_register_the_command_to_run_first_is_named():
    Unit.objects.filter(code="26").update(code="99")

    with pytest.raises(RuleViolation, match="manage.py load_register"):
        load()
