"""What a round must keep to: forms that the law lets its unit decide, a unit that exists."""

from datetime import date

import pytest

from awards.actions import take_round_step
from awards.loading import load
from awards.models import AwardForm
from awards.round_rules import faults_of_round
from config.workflow import RuleViolation
from tests.factories.awards import AwardFormFactory, RoundFactory, RoundFormFactory
from tests.factories.campaign import CampaignFactory
from tests.factories.units import CommuneFactory, DepartmentFactory, DistrictFactory, person
from units.kinds import Role

pytestmark = pytest.mark.django_db
LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)
"""The last day of the districts, and the first without them."""


@pytest.fixture
def campaign():
    campaign = CampaignFactory()
    load(campaign)
    return campaign


def faults(campaign, unit, *codes, **told):
    round = RoundFactory.build(campaign=campaign, unit=unit, **told)
    return faults_of_round(round, AwardForm.objects.filter(campaign=campaign, code__in=codes))


CENTRAL = ("HCLD-1", "HCLD-2", "HCLD-3", "BKTTG")
OWN = {
    "province": ("BK-TINH", *CENTRAL),
    "department": ("GK-CQ",),
    "district": ("GK-HUYEN",),
    "commune": ("GK-XA",),
}


@pytest.mark.parametrize("kind", OWN)
@pytest.mark.parametrize("due", [date(2023, 12, 15), date(2024, 12, 15)])
def test_a_unit_offers_what_it_decides_and_the_province_what_it_puts_forward(campaign, kind, due):
    units = {
        "province": campaign.province,
        "department": DepartmentFactory(),
        "district": DistrictFactory(),
        "commune": CommuneFactory(),
    }
    dates = {"opens": date(2023, 11, 1), "due": due}
    forms = AwardForm.objects.filter(campaign=campaign, grades__isnull=True)
    fitting = [form.code for form in forms if not faults(campaign, units[kind], form.code, **dates)]

    assert sorted(fitting) == sorted(OWN[kind])


def test_a_refusal_names_who_decides_by_which_clause(campaign):
    (words,) = faults(campaign, CommuneFactory(), "BK-TINH", due=date(2024, 12, 15))

    assert words == (
        "Hình thức khen thưởng: Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh: ngày 15/12/2024, cấp "
        "xã không có thẩm quyền quyết định. Người có thẩm quyền: Chủ tịch Ủy ban nhân dân tỉnh "
        "(Luật 2022, Điều 79). Hãy kiểm tra ngày và cơ quan ký quyết định."
    )


def test_ministries_have_a_channel_of_their_own(campaign):
    (words,) = faults(campaign, campaign.province, "BK-BO", due=date(2024, 12, 15))

    assert "Người đứng đầu bộ, ban, ngành, đoàn thể trung ương (Luật 2022, Điều 3" in words


@pytest.mark.parametrize(
    ("due", "council_on", "fits"),
    [
        (LAST, None, True),
        (FIRST, None, False),
        (date(2025, 6, 1), LAST, True),
        (date(2025, 6, 1), FIRST, False),
    ],
)
def test_the_district_decides_up_to_its_last_day(campaign, due, council_on, fits):
    found = faults(campaign, DistrictFactory(), "GK-HUYEN", due=due, council_on=council_on)

    assert (not found) == fits
    if not fits:
        assert "chỉ đến hết 30/06/2025; Luật 2022, Điều 80 khoản 2" in found[0]


@pytest.mark.parametrize(("due", "fits"), [(LAST, True), (FIRST, False)])
def test_the_unit_exists_on_the_planned_day(campaign, due, fits):
    commune = CommuneFactory(valid_to=FIRST, short_name="Minh Quang")
    found = faults(campaign, commune, "GK-XA", due=due)

    assert (not found) == fits
    if not fits:
        assert found[0].startswith("Đơn vị tổ chức đợt: Xã Minh Quang không tồn tại vào 01/07/2025")


def test_a_family_with_grades_is_not_offered_itself(campaign):
    (words,) = faults(campaign, campaign.province, "HCLD")

    assert "gồm nhiều hạng" in words


def test_a_form_belongs_to_the_campaign(campaign):
    round = RoundFactory.build(campaign=campaign, unit=campaign.province)

    assert "không thuộc phong trào" in faults_of_round(round, [AwardFormFactory()])[0]


def test_what_no_source_was_found_for_blocks_nothing():
    campaign = CampaignFactory()
    round = RoundFactory.build(campaign=campaign, unit=campaign.province)

    assert faults_of_round(round, [AwardFormFactory(campaign=campaign)]) == []


def test_opening_asks_the_law_again(campaign, stop_clock):
    stop_clock(2025, 6, 1, 9)
    district = DistrictFactory()
    form = AwardForm.objects.get(campaign=campaign, code="GK-HUYEN")
    dates = {"opens": date(2025, 6, 1), "due": FIRST}
    round = RoundFactory(campaign=campaign, unit=district, **dates)
    RoundFormFactory(round=round, form=form)

    with pytest.raises(RuleViolation, match="chỉ đến hết 30/06/2025"):
        take_round_step(round, "open", by=person(Role.LEADER, district))
