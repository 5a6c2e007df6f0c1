"""The four forms of commendation of the plan (III.2.a)."""

import pytest

from awards.loading import load
from awards.models import AwardForm
from awards.queries import part_of_plan
from tests.factories.awards import AwardFormFactory
from tests.factories.campaign import CampaignFactory
from tests.factories.plan import shipped, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return CampaignFactory()


def test_the_four_forms_come_in_in_the_order_of_the_plan(campaign):
    load(campaign)

    forms = list(AwardForm.objects.families().values_list("code", "name", "clause"))
    assert forms == [
        ("HCLD", "Huân chương Lao động", "III.2.a, ý 1"),
        ("BKTTG", "Bằng khen của Thủ tướng Chính phủ", "III.2.a, ý 2"),
        (
            "BKTINH",
            "Bằng khen cấp bộ, ban, ngành, tỉnh, đoàn thể trung ương",
            "III.2.a, ý 3",
        ),
        ("GK", "Giấy khen", "III.2.a, ý 4"),
    ]


def test_loading_again_changes_nothing(campaign):
    load(campaign)

    assert not load(campaign).changed_anything


def test_a_changed_file_updates(campaign, tmp_path):
    load(campaign)
    content = shipped("awards")
    content["forms"][3]["name"] = "Giấy khen các cấp"

    outcome = load(campaign, path=written(content, tmp_path))

    assert AwardForm.objects.get(code="GK").name == "Giấy khen các cấp"
    assert list(outcome.changed) == ["Hình thức khen thưởng “Giấy khen các cấp”"]


def test_the_forms_are_a_part_of_the_page_of_their_own_plan(campaign):
    form = AwardFormFactory(campaign=campaign, note="Ghi chú")
    AwardFormFactory()

    part = part_of_plan(campaign)

    assert (part.title, part.clause) == ("Hình thức khen thưởng", "III.2.a")
    assert part.lines == [(form.name, "III.2.a, ý 1", "Ghi chú")]
