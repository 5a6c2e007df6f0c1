"""What the law says on a day: the rule set, the money to the đồng, the offices that may decide."""

from datetime import date
from decimal import Decimal

import pytest

from awards.kinds import AwardType, Office, Rounding
from awards.law import authority_problem, bonus_of, rounded, rule_set_on
from awards.loading import load
from awards.models import AwardForm, RuleSet
from tests.factories.awards import AuthorityFactory, AwardFormFactory, BonusFactory, RuleSetFactory
from tests.factories.campaign import CampaignFactory
from units.kinds import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped():
    load(CampaignFactory())


def form(code):
    return AwardForm.objects.get(code=code)


# The rule set of a day


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2017, 9, 30), None),
        (date(2017, 10, 1), "nd-91-2017"),
        (date(2023, 12, 31), "nd-91-2017"),
        (date(2024, 1, 1), "nd-98-2023"),
        (date(2025, 6, 30), "nd-98-2023"),
        (date(2025, 7, 1), "nd-152-2025"),
        (date(2026, 12, 31), "nd-152-2025"),
    ],
)
def test_each_day_has_the_rule_set_of_its_decree(shipped, day, code):
    found = rule_set_on(day)

    assert (found and found.code) == code


# Money


@pytest.mark.parametrize(
    ("day", "rule_set", "coefficient", "salary", "product", "paid"),
    [
        (date(2023, 6, 30), "nd-91-2017", "1.0", 1_490_000, 1_490_000, 1_490_000),
        (date(2023, 7, 1), "nd-91-2017", "1.0", 1_800_000, 1_800_000, 1_800_000),
        (date(2024, 1, 1), "nd-98-2023", "1.5", 1_800_000, 2_700_000, 2_700_000),
        (date(2024, 7, 1), "nd-98-2023", "1.5", 2_340_000, 3_510_000, 3_510_000),
        (date(2025, 7, 1), "nd-152-2025", "1.5", 2_340_000, 3_510_000, 3_510_000),
        (date(2026, 7, 1), "nd-152-2025", "1.5", 2_530_000, 3_795_000, 3_800_000),
    ],
)
def test_coefficient_and_base_salary_are_those_of_the_decisions_date(
    shipped, day, rule_set, coefficient, salary, product, paid
):
    found = bonus_of(form("BK-TINH"), "person", day)

    assert found.problem == ""
    assert (found.rule_set.code, found.coefficient) == (rule_set, Decimal(coefficient))
    assert (found.salary.amount, found.product, found.paid) == (salary, product, paid)
    assert found.rounding == Rounding.UP


def test_the_sum_tells_how_it_was_worked_out_and_from_where(shipped):
    found = bonus_of(form("BK-TINH"), "person", date(2026, 7, 1))

    assert found.in_words == ("1,5 × 2.530.000 = 3.795.000 đồng, làm tròn lên: 3.800.000 đồng")
    assert [(part, clause) for part, clause, _ in found.sources] == [
        ("hệ số", "NĐ 152/2025/NĐ-CP, Điều 54"),
        ("mức lương cơ sở", "NĐ 161/2026/NĐ-CP, Điều 3 khoản 2"),
        ("làm tròn", ""),
    ]
    assert all(source for _, _, source in found.sources)


def test_a_collective_receives_twice_as_much_and_an_enterprise_is_taken_for_one(shipped):
    day = date(2024, 7, 1)

    assert bonus_of(form("BK-TINH"), "collective", day).paid == 7_020_000
    assert bonus_of(form("BK-TINH"), "enterprise", day).paid == 7_020_000
    assert bonus_of(form("BK-TINH"), "enterprise", day).rule.confidence == "inferred"


@pytest.mark.parametrize(
    ("code", "recipient", "day", "words"),
    [
        ("BK-TINH", "household", date(2024, 7, 1), "Chưa có căn cứ: chưa rõ hệ số"),
        ("GK-XA", "person", date(2024, 7, 1), "Chưa có căn cứ: chưa rõ hệ số"),
        ("HCLD-3", "person", date(2023, 1, 1), "Chưa có căn cứ: chưa rõ hệ số"),
        ("BKTINH", "person", date(2024, 7, 1), "Chưa có căn cứ: chưa rõ hệ số"),
        ("BK-TINH", "person", date(2019, 6, 30), "chưa có mức lương cơ sở ngày 30/06/2019"),
        ("BK-TINH", "person", date(2017, 1, 1), "chưa có bộ quy định khen thưởng nào"),
    ],
)
def test_what_is_not_known_is_said_and_not_guessed(shipped, code, recipient, day, words):
    found = bonus_of(form(code), recipient, day)

    assert words in found.problem
    assert found.in_words == found.problem
    assert found.paid is None


@pytest.mark.parametrize(
    ("product", "up", "half_up"),
    [
        (223_500, 230_000, 220_000),
        (447_000, 450_000, 450_000),
        (702_000, 710_000, 700_000),
        (3_795_000, 3_800_000, 3_800_000),
        (3_510_000, 3_510_000, 3_510_000),
    ],
)
def test_the_way_of_rounding_is_a_setting(product, up, half_up):
    product = Decimal(product)

    assert rounded(product, Rounding.UP, 10_000) == up
    assert rounded(product, Rounding.HALF_UP, 10_000) == half_up
    assert rounded(product, Rounding.NONE, 10_000) == product


# Authority


@pytest.mark.parametrize("code", ["GK-HUYEN", "GK"])
def test_a_district_decides_to_the_last_day_of_the_districts(shipped, code):
    assert authority_problem(form(code), Office.DISTRICT, date(2025, 6, 30)) is None

    told = authority_problem(form(code), Office.DISTRICT, date(2025, 7, 1))
    assert "ngày 01/07/2025, cấp huyện không có thẩm quyền quyết định" in told
    assert "chỉ đến hết 30/06/2025; Luật 2022, Điều 80 khoản 2" in told


def test_a_family_is_asked_through_its_grades(shipped):
    told = authority_problem(form("BKTINH"), Office.COMMUNE, date(2024, 5, 1))

    assert "Người có thẩm quyền: Chủ tịch Ủy ban nhân dân tỉnh; Người đứng đầu bộ" in told
    assert authority_problem(form("BKTINH"), Office.PROVINCE, date(2024, 5, 1)) is None


def test_any_kind_of_unit_may_be_asked_for(shipped):
    told = authority_problem(form("GK-XA"), Kind.VILLAGE, date(2024, 5, 1))

    assert "cấp thôn, khu dân cư không có thẩm quyền quyết định." in told
    assert authority_problem(form("GK-XA"), Kind.COMMUNE, date(2024, 5, 1)) is None


def test_a_form_that_no_table_speaks_of_is_nobodys_fault(shipped):
    other = AwardFormFactory(code="KHAC")

    assert authority_problem(other, Office.DISTRICT, date(2026, 1, 1)) is None


def test_an_authority_ends_with_its_rule_set_at_the_latest():
    year = RuleSetFactory(valid_from=date(2023, 1, 1), valid_to=date(2024, 1, 1))
    row = AuthorityFactory(rule_set=year, valid_from=date(2023, 3, 1))

    holding = [date(2023, 2, 28), date(2023, 3, 1), date(2023, 12, 31), date(2024, 1, 1)]
    assert [row.holds_on(day) for day in holding] == [False, True, True, False]
    assert row.in_words == "Chủ tịch Ủy ban nhân dân tỉnh; từ 01/03/2023"


def test_where_no_law_is_known_nobody_is_held_up(shipped):
    assert authority_problem(form("GK-XA"), Office.DISTRICT, date(2017, 1, 1)) is None


# Whose law


def test_a_rule_holds_for_the_form_of_that_code_in_every_campaign():
    year = RuleSetFactory(valid_from=date(2023, 1, 1), valid_to=None)
    rule = BonusFactory(rule_set=year)
    other = AwardForm.objects.get(pk=rule.form.pk)
    other.pk, other.campaign = None, CampaignFactory()
    other.save()

    assert bonus_of(other, "person", date(2023, 5, 1)).rule == rule


def test_an_edition_that_was_replaced_is_found_by_its_number():
    first = RuleSetFactory(code="nd-1", current=False)
    RuleSetFactory(code="nd-1", edition=2, replaces=first)

    assert RuleSet.objects.edition_of("nd-1", 1) == first


def test_a_movement_is_a_type_of_its_own():
    assert AwardType.MOVEMENT.label == "theo phong trào thi đua (theo đợt, chuyên đề)"
    assert AwardType.CLAUSE.endswith("Điều 8")
