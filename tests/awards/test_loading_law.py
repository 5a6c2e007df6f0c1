"""The law as shipped: grades, rule sets, base salary; a changed file and what the board keeps."""

import json

import pytest

from awards.actions import revise_rule_set, seal_rule_set
from awards.loading import LAW, load
from awards.models import RULES, AwardForm, BaseSalary, Bonus, RuleSet
from config.workflow import RuleViolation
from tests.factories.campaign import CampaignFactory
from tests.factories.plan import written
from tests.factories.units import DepartmentFactory, person
from units.kinds import Confidence, Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db
CODE = "nd-98-2023"


@pytest.fixture
def campaign():
    campaign = CampaignFactory()
    load(campaign)
    return campaign


@pytest.fixture
def changed(tmp_path):
    """The shipped law with a coefficient of Nghị định 98 that a correction gave."""
    content = json.loads(LAW.read_text(encoding="utf-8"))
    rule_set = next(each for each in content["rule_sets"] if each["code"] == CODE)
    row = next(each for each in rule_set["tables"]["bonuses"] if each["forms"] == ["GK-XA"])
    row["coefficient"] = "0.20"
    return written(content, tmp_path)


def coefficients(edition):
    rows = Bonus.objects.filter(rule_set__code=CODE, rule_set__edition=edition)
    return list(rows.filter(form__code="GK-XA").values_list("coefficient", flat=True))


def test_the_families_have_their_grades(campaign):
    grades = AwardForm.objects.grades().values_list("family__code", "code")

    assert list(grades) == [
        ("HCLD", "HCLD-1"), ("HCLD", "HCLD-2"), ("HCLD", "HCLD-3"),
        ("BKTINH", "BK-TINH"), ("BKTINH", "BK-BO"),
        ("GK", "GK-CQ"), ("GK", "GK-HUYEN"), ("GK", "GK-XA"), ("GK", "GK-DN"),
    ]  # fmt: skip
    assert AwardForm.objects.filter(source="").count() == 0
    assert not load(campaign).changed_anything


def test_every_row_names_its_source_and_how_sure_it_is(campaign):
    for model in RULES.values():
        for row in model.objects.select_related("form"):
            assert row.source, row
            assert row.confidence in Confidence.values
            assert row.clause or row.confidence != Confidence.CONFIRMED, row
            assert row.in_words
    assert not Bonus.objects.filter(recipient="household", coefficient__isnull=False).exists()
    assert not Bonus.objects.filter(coefficient__isnull=True).exclude(confidence="partial").exists()


def test_base_salary_changes_on_days_of_its_own(campaign):
    assert list(BaseSalary.objects.values_list("amount", flat=True)) == [
        1_490_000, 1_800_000, 2_340_000, 2_530_000,
    ]  # fmt: skip


def test_a_changed_file_changes_an_edition_that_nothing_was_decided_by(campaign, changed):
    outcome = load(campaign, law=changed)

    assert coefficients(1)[0] is not None
    assert list(outcome.changed.values()) == [{"otherwise": ["bonuses"]}]
    assert RuleSet.objects.count() == 3
    assert not load(campaign, law=changed).changed_anything


def test_of_a_sealed_edition_it_makes_the_next_one(campaign, changed):
    seal_rule_set(RuleSet.objects.get(code=CODE), by=None)

    outcome = load(campaign, law=changed)

    assert (coefficients(1)[0], bool(coefficients(2)[0])) == (None, True)
    assert "đã được dùng nên giữ nguyên" in outcome.notices[0]
    assert LogEntry.objects.get(action="revise_rule_set").by is None
    assert not load(campaign, law=changed).changed_anything


def test_what_the_board_corrected_stays(campaign, changed):
    board = person(Role.BOARD, DepartmentFactory())
    standing = RuleSet.objects.get(code=CODE)
    mine = revise_rule_set(standing, by=board, reason="Đính chính", head={"rounding": "half_up"})

    outcome = load(campaign, law=changed)

    assert RuleSet.objects.get(code=CODE, current=True) == mine
    assert any(f"do {board} sửa, khác với tệp; giữ nguyên" in each for each in outcome.notices)
    assert not outcome.changed_anything


def test_a_second_campaign_finds_the_law_there(campaign):
    load(CampaignFactory())

    assert RuleSet.objects.count() == 3


def test_a_file_without_a_table_is_refused_by_name(campaign, tmp_path):
    content = json.loads(LAW.read_text(encoding="utf-8"))
    del content["rule_sets"][0]["tables"]["bonuses"]

    with pytest.raises(RuleViolation, match="thiếu mục 'bonuses'"):
        load(campaign, law=written(content, tmp_path))
