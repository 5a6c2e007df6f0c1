"""What an achievement report begins with, and what it never holds."""

import json
from datetime import date

import pytest

from awards.candidates import Candidate
from awards.loading import OUTLINES
from awards.prefilling import FILLS, prefilled
from tests.factories.awards import HonourFactory
from tests.factories.campaign import PeriodFactory
from tests.factories.contributions import ContributionFactory
from tests.factories.criteria import RankingFactory, RankingRowFactory, handed_in, opened, set_of
from tests.factories.households import EscapeRegistrationFactory, HouseholdFactory
from tests.factories.nominations import NominationFactory, a_scene
from tests.factories.persons import PersonFactory
from tests.factories.poverty import PovertyReviewFactory
from tests.factories.units import EnterpriseFactory, VillageFactory
from units.kinds import Tier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene():
    return a_scene()


def known(scene, key, **told):
    nomination = NominationFactory(**{"offer": scene.offer, "unit": scene.commune} | told)
    return prefilled(nomination, [key], user=None)[key]


def test_every_source_that_an_outline_names_is_known():
    content = json.loads(OUTLINES.read_text(encoding="utf-8"))
    named = {part["prefill"] for outline in content["outlines"] for part in outline["parts"]}

    assert named - {""} == set(FILLS)


def test_nothing_known_is_nothing_written(scene):
    told = {"offer": scene.offer, "unit": scene.commune}
    found = prefilled(NominationFactory(**told), FILLS, user=None)

    assert [key for key, text in found.items() if text] == ["head"]


def test_a_person_is_told_without_what_is_sensitive(scene):
    someone = PersonFactory(unit=scene.commune, sex="female", note="Ghi chú riêng")
    candidate = Candidate("person", scene.commune, person=someone)

    text = known(
        scene, "head", recipient="person", person=someone, name=someone.name,
        address=candidate.address, proposer=scene.commune,
    )  # fmt: skip

    assert f"Họ và tên: {someone.name}" in text
    assert "Giới tính: nữ" in text
    assert text.endswith("(Nguồn: danh sách cá nhân tham gia.)")
    assert "riêng" not in text


def test_a_household_has_its_years_and_registrations(scene):
    household = HouseholdFactory(unit=scene.commune, statuses={2021: "N", 2022: "CN"})
    EscapeRegistrationFactory(household=household, year=2022)

    text = known(
        scene, "household", recipient="household", household=household, name="Hộ",
        proposer=scene.commune,
    )  # fmt: skip

    assert text.splitlines()[:2] == ["Cuối năm 2021: hộ nghèo.", "Cuối năm 2022: hộ cận nghèo."]
    assert "Đăng ký thoát nghèo năm 2022" in text


def test_the_checklist_is_read_once_it_was_sent(scene):
    campaign = scene.round.campaign
    set_of(2, campaign=campaign, tier=Tier.COMMUNE, letter="c", clause="III.1.c")
    period = PeriodFactory(campaign=campaign, year=2023)
    opened(scene.commune, period)
    assert known(scene, "checklist") == ""
    scene.commune.checklists.all().delete()
    scene.commune.nominations.all().delete()
    handed_in(scene.commune, period)

    text = known(scene, "checklist")

    assert text.splitlines()[0] == "2023 – III.1.c, ý 1: Đạt"


def test_a_ranking_counts_once_it_is_published(scene):
    period = PeriodFactory(campaign=scene.round.campaign, year=2023)
    told = {"period": period, "tier": Tier.COMMUNE}
    ranking = RankingFactory(**told)
    RankingRowFactory(ranking=ranking, unit=scene.commune, place=2)
    assert known(scene, "ranking") == ""

    village = VillageFactory(parent=scene.commune)
    other = RankingFactory(published=True, period=period, tier=Tier.VILLAGE)
    RankingRowFactory(ranking=other, unit=village, place=3)
    assert ": hạng 3" in known(scene, "ranking", unit=village)


def test_the_official_figures_stand_for_the_preliminary(scene):
    for stage, closing in (("preliminary", 60), ("official", 50)):
        PovertyReviewFactory(
            unit=scene.commune, year=2023, stage=stage, poor_opening=100, poor_closing=closing,
            poor_escaped=100 - closing,
        )  # fmt: skip

    text = known(scene, "poverty")

    assert "Năm 2023 (chính thức" in text
    assert "hộ nghèo từ 100 xuống còn 50 hộ" in text
    assert "60" not in text


def test_an_enterprise_has_its_gifts_of_those_years(scene):
    company = EnterpriseFactory(parent=scene.commune)
    for year in (2022, 2023):
        ContributionFactory(giver=company, receiver=scene.commune, year=year, amount=1_000_000)

    text = known(scene, "contributions", unit=company, recipient="enterprise")

    assert "1.000.000 đồng" in text
    assert "2022" not in text


def test_earlier_awards_are_named_and_doubtful_ones_marked(scene):
    HonourFactory(unit=scene.commune, name=scene.commune.name, decided_on=date(2022, 5, 1))
    HonourFactory(unit=scene.commune, name="Ban giảm nghèo", decided_on=date(2021, 5, 1))

    lines = known(scene, "honours").splitlines()

    assert lines[0].startswith("Năm 2022")
    assert "cần kiểm tra" in lines[1]
