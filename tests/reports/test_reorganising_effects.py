"""The preview tells what happens to each table of every app; an undo hears the summaries."""

from datetime import date

import pytest

from campaign.models import Duty
from tests.factories.awards import HonourFactory, RoundFactory
from tests.factories.campaign import ExtensionFactory, instant, reporting_year
from tests.factories.contributions import ContributionFactory
from tests.factories.criteria import BlockFactory, BlockMemberFactory
from tests.factories.households import HouseholdFactory
from tests.factories.nominations import NominationFactory
from tests.factories.poverty import PovertyPlanFactory, PovertyReviewFactory
from tests.factories.reorganising import done, draft, drawn, end, merge, rename, split
from tests.factories.reports import AT, sent, started
from tests.factories.summaries import SummaryFactory
from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DistrictFactory,
    VillageFactory,
    person,
)
from units.kinds import Role, Tier
from units.reorganising.effects import told
from units.reorganising.ties import objections

pytestmark = pytest.mark.django_db
DAY = date(2023, 12, 1)


@pytest.fixture(autouse=True)
def _in_november(stop_clock):
    stop_clock(2023, 11, 20, 9)


@pytest.fixture
def year():
    return reporting_year(2023)


@pytest.fixture
def pair(year):
    district = DistrictFactory(parent=year.province)
    return [CommuneFactory(parent=district, code=f"9{n}001") for n in (1, 2)]


def effects_of(*groups, **options):
    """Table → sentences, of a draft of that day."""
    found = {}
    for effect in told(drawn(draft(*groups, day=DAY, **options))):
        found.setdefault(effect.table, []).append((effect.sentence, effect.warns))
    return found


def only(found, table):
    ((sentence, warns),) = found[table]
    return sentence, warns


@pytest.mark.parametrize(
    ("state", "words", "warns"),
    [
        ("draft", "1 báo cáo chưa gửi", True),
        ("signing", "1 báo cáo chưa gửi", True),
        ("returned", "1 báo cáo chưa gửi", True),
        ("submitted", "1 báo cáo đã gửi: đơn vị nhận vẫn nhận", False),
        ("accepted", "1 báo cáo đã nhận giữ nguyên", False),
    ],
)
def test_each_state_of_a_report_is_told(state, words, warns, year, pair):
    AT[state](year=year, unit=pair[0], tier=Tier.COMMUNE)

    found = effects_of(merge(*pair))["Báo cáo"]

    assert any(words in sentence and told == warns for sentence, told in found)


def test_who_can_still_finish_a_draft_is_told(year, pair):
    started(year=year, unit=pair[0], tier=Tier.COMMUNE)

    sentence, _ = effects_of(merge(*pair))["Báo cáo"][0]

    assert "Chỉ người của đơn vị cũ ký, gửi được, đến hết 30/11/2023" in sentence


def test_a_receiver_that_ends_and_a_period_that_comes_after_are_told(year, pair):
    sent(year=year, unit=VillageFactory(parent=pair[0]), tier=Tier.VILLAGE)

    found = effects_of(merge(*pair))

    sentences = " ".join(sentence for sentence, _ in found["Báo cáo"])
    assert "1 báo cáo đang chờ đơn vị kết thúc nhận" in sentences
    assert "1 báo cáo đã lập cho kỳ mà đơn vị không còn" in sentences
    assert only(found, "Hạn nộp") == (
        "Đơn vị mới nộp Báo cáo năm 2023; hạn nộp theo nhóm đơn vị, không đổi.", False,
    )  # fmt: skip


def test_checklists_blocks_leave_gifts_and_honours_are_told(year, pair):
    started(year=year, unit=pair[0], tier=Tier.COMMUNE)
    block = BlockFactory(campaign=year.campaign, tier=Tier.COMMUNE, name="Cụm số 1")
    BlockMemberFactory(block=block, unit=pair[1])
    deadline = year.deadlines[Tier.COMMUNE]
    ExtensionFactory(unit=pair[0], deadline=deadline, until=instant(2023, 12, 20, 9))
    ContributionFactory(receiver=pair[0])
    HonourFactory(unit=pair[1])

    found = effects_of(merge(*pair))

    assert only(found, "Bảng tự đánh giá, điểm")[0].startswith("1 bảng giữ nguyên ở đơn vị cũ")
    assert "đang thuộc Cụm số 1" in only(found, "Cụm, khối thi đua")[0]
    assert only(found, "Gia hạn")[1]
    assert only(found, "Đóng góp")[0].startswith("1 đóng góp")
    assert only(found, "Khen thưởng")[0].startswith("1 khen thưởng")


def test_a_body_that_holds_a_duty_is_named_with_what_is_to_be_done(year):
    found = effects_of(rename(year.board, name="Ban Mới"))

    sentence, warns = only(found, "Nhiệm vụ theo kế hoạch")
    assert warns
    assert f"{Duty.Kind.RECEIVES_REPORTS.label} ({year.board.name})" in sentence
    assert "hãy giao cho đơn vị mới từ 01/12/2023" in sentence


def test_figures_of_the_year_have_to_be_entered_for_the_new_units(pair):
    for year in (2022, 2023):
        PovertyReviewFactory(unit=pair[0], year=year)
    PovertyPlanFactory(unit=pair[1], year=2023)

    found = effects_of(merge(*pair))

    assert [warns for _, warns in found["Kết quả rà soát hộ nghèo"]] == [True, False]
    assert "giao lại cho đơn vị mới" in only(found, "Chỉ tiêu giảm nghèo")[0]


def test_people_and_units_below_are_counted(pair):
    VillageFactory(parent=pair[0])
    AppointmentFactory(unit=pair[0])

    found = effects_of(merge(*pair), seats="all")

    assert only(found, "Đơn vị trực thuộc")[0].startswith("1 đơn vị kết thúc và hoạt động tiếp")
    assert only(found, "Phân công")[0] == "1 vai trò chuyển sang đơn vị mới từ 01/12/2023."


@pytest.mark.parametrize("parted", [True, False])
def test_households_are_counted_and_never_named(parted, pair):
    household = HouseholdFactory(unit=pair[0])
    parts = [{"name": "Xã Đông"}, {"code": "99999", "name": "Xã Tây"}]

    found = effects_of(split(pair[0], *parts) if parted else merge(*pair))

    sentence, warns = only(found, "Hộ nghèo, hộ cận nghèo")
    assert warns == parted
    assert sentence.startswith("1 hộ")
    assert household.head not in sentence


def test_what_nothing_hangs_on_has_little_to_tell(pair):
    assert set(effects_of(end(pair[0]))) <= {"Hạn nộp"}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_rows_costs_no_queries(rows, year, pair, django_assert_max_num_queries):
    for _ in range(rows):
        unit = VillageFactory(parent=pair[0])
        AppointmentFactory(unit=unit)
        started(year=year, unit=unit, tier=Tier.VILLAGE)
    made = draft(merge(*pair), day=DAY)

    with django_assert_max_num_queries(45):
        told(drawn(made))


def test_a_summary_frozen_since_stands_against_an_undo(year, pair):
    made = done(merge(*pair), day=DAY)
    assert objections[0](made) == []

    frozen = {"state": "frozen", "frozen_at": instant(2023, 11, 21, 9), "snapshot": {"rows": []}}
    desk = person(Role.POVERTY_DESK, year.board)
    SummaryFactory(period=year.period, **frozen, sha256="0" * 64, frozen_by=desk)

    assert "đã chốt sau khi sắp xếp" in objections[0](made)[0]


def test_a_round_that_is_not_closed_is_to_be_closed_before_its_unit_ends(year, pair):
    RoundFactory(campaign=year.campaign, unit=pair[0])
    RoundFactory(campaign=year.campaign)

    sentence, warns = only(effects_of(merge(*pair)), "Đợt khen thưởng")

    assert sentence.startswith("1 đợt khen thưởng chưa đóng của đơn vị kết thúc")
    assert warns


def test_dossiers_that_lie_with_an_ending_unit_are_counted(year, pair):
    NominationFactory(unit=pair[0])
    NominationFactory(unit=pair[0], state="withdrawn")
    NominationFactory()

    sentence, warns = only(effects_of(merge(*pair)), "Hồ sơ đề nghị khen thưởng")

    assert sentence.startswith("1 hồ sơ đề nghị khen thưởng đang lập hoặc đang chờ")
    assert warns
