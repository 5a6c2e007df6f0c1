"""The pages of dossiers: list, beginning, the one page, its steps; whom they stay hidden from."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from awards import actions
from awards.models import Nomination
from tests.awards.test_actions_nominations import begin, outline
from tests.factories.campaign import PeriodFactory
from tests.factories.criteria import handed_in, set_of
from tests.factories.households import HouseholdFactory
from tests.factories.nominations import a_scene, appraised, drafted, endorsed, submitted
from tests.factories.persons import PersonFactory
from tests.factories.units import CommuneFactory, DepartmentFactory, VillageFactory, person
from tests.tables import csv_rows
from units.kinds import Role, Tier
from units.models import LogEntry

pytestmark = pytest.mark.django_db
LIST, BEGIN = "/khen-thuong/de-nghi/", "/khen-thuong/de-nghi/lap/"


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene():
    return a_scene()


@pytest.fixture
def reporter(client, scene):
    user = person(Role.REPORTER, scene.commune)
    client.force_login(user)
    return user


def words(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def step(nomination, name):
    return reverse("awards:nomination_step", args=[nomination.pk, name])


def asking(scene, recipient, **told):
    known = {"hinh_thuc": scene.offer.pk, "doi_tuong": recipient, "don_vi": scene.commune.pk}
    return known | told


# The way of a dossier through its pages


def test_a_reporter_begins_fills_in_and_the_leader_submits(client, scene, reporter):
    outline()
    outline(code="thanh-tich", position=2, heading="II", title="Thành tích", prefill="")
    page = words(client.get(scene.round.get_absolute_url()))
    assert "Lập hồ sơ đề nghị" in page
    assert "Bước 1 trên 2" in words(client.get(BEGIN))
    asked = asking(scene, "collective")
    assert scene.commune.name in words(client.get(BEGIN, asked))

    page = words(client.post(f"{BEGIN}?{'&'.join(f'{k}={v}' for k, v in asked.items())}",
                             {"ai": scene.commune.pk}, follow=True))  # fmt: skip

    nomination = Nomination.objects.get()
    assert "CHƯA TRÌNH" in page
    assert "điền sẵn, cần xem lại" in page
    assert "chưa bắt đầu" in page
    assert "Chỉ lãnh đạo của" in page
    client.post(
        reverse("awards:nomination_facts", args=[nomination.pk]),
        {
            "award_type": "movement", "name": nomination.name, "period_from": "01/01/2023",
            "period_to": "31/12/2023", "achievement": "Có thành tích xuất sắc", "revision": "0",
        },
    )  # fmt: skip
    check = words(client.get(reverse("awards:nomination_check", args=[nomination.pk])))
    assert "Chỉ lãnh đạo của" in check
    client.force_login(scene.commune_leader)
    check = words(client.get(reverse("awards:nomination_check", args=[nomination.pk])))
    assert "Báo cáo thành tích còn thiếu: Thành tích." in check
    part = reverse("awards:nomination_part", args=[nomination.pk, "thanh-tich"])
    client.post(part, {"text": "Mười hộ thoát nghèo.", "revision": "0"})

    page = words(client.post(step(nomination, "submit"), follow=True))

    assert "Đã ghi nhận: trình hồ sơ." in page
    assert f"đang ở {scene.district.name}" in page
    assert "CHƯA TRÌNH" not in page
    nomination.refresh_from_db()
    assert nomination.state == "submitted"


def test_the_district_returns_it_and_the_commune_reads_why(client, scene):
    nomination = submitted(scene)
    client.force_login(scene.district_leader)
    page = words(client.get(nomination.get_absolute_url()))
    assert "Đồng ý, chuyển lên trên" in page
    assert "Đã giúp mười hộ thoát nghèo." in page

    page = words(client.post(step(nomination, "return"), {"note": " "}, follow=True))
    assert "Cần ghi lý do." in page
    client.post(step(nomination, "return"), {"note": "Thiếu số liệu"})
    client.force_login(scene.commune_leader)

    page = words(client.get(nomination.get_absolute_url()))
    assert "CHƯA TRÌNH LẠI" in page
    assert "Thiếu số liệu" in page
    assert "Các phần của hồ sơ" in page


def test_an_appraiser_reads_the_same_page_and_a_step_twice_is_told(client, scene):
    nomination = endorsed(scene)
    client.force_login(scene.board)
    page = words(client.get(nomination.get_absolute_url()))
    assert "Xác nhận đủ điều kiện" in page
    assert "Sửa" not in page.split("<main")[1]

    client.post(step(nomination, "appraise"))
    page = words(client.post(step(nomination, "appraise"), follow=True))

    assert "Không thể xác nhận đủ điều kiện ở trạng thái “đã thẩm định”" in page
    assert client.post(step(nomination, "decide")).status_code == 404  # not offered one by one


def test_the_stages_tell_where_it_is(client, scene):
    client.force_login(scene.commune_leader)
    for walked, here in (
        (drafted(scene), "Lập hồ sơ"),
        (submitted(scene, unit=VillageFactory(parent=scene.commune), proposer=scene.commune),
         "Xem xét"),
        (endorsed(scene, unit=VillageFactory(parent=scene.commune), proposer=scene.commune),
         "Thẩm định"),
        (appraised(scene, unit=VillageFactory(parent=scene.commune), proposer=scene.commune),
         "Công khai, Hội đồng xét"),
    ):  # fmt: skip
        stages = client.get(walked.get_absolute_url()).context["page"].stages
        assert [stage.label.partition(":")[0] for stage in stages if stage.here] == [here]


def test_the_checklist_that_the_unit_sent_is_read_in_the_dossier(client, scene):
    campaign = scene.round.campaign
    set_of(2, campaign=campaign, tier=Tier.COMMUNE, letter="c", clause="III.1.c")
    handed_in(scene.commune, PeriodFactory(campaign=campaign, year=2023))
    nomination = begin(scene)
    client.force_login(scene.commune_leader)

    page = words(client.get(nomination.get_absolute_url()))

    assert "III.1.c, ý 1 · Báo cáo năm 2023" in page
    assert "Đã thực hiện theo kế hoạch." in page


# Whom it stays hidden from


def test_a_draft_is_nobodys_business_but_the_proposers(client, scene):
    nomination = drafted(scene)
    neighbour = person(Role.LEADER, CommuneFactory(parent=scene.district))
    for user in (scene.district_leader, scene.board, neighbour):
        client.force_login(user)
        assert client.get(nomination.get_absolute_url()).status_code == 404
        assert client.post(step(nomination, "submit")).status_code == 404
        assert list(client.get(LIST).context["page"]) == []


def test_a_neighbour_never_finds_it(client, scene):
    nomination = appraised(scene)
    client.force_login(person(Role.LEADER, CommuneFactory(parent=scene.district)))
    args = [nomination.pk]
    for name in ("nomination", "nomination_facts", "nomination_files", "nomination_check"):
        assert client.get(reverse(f"awards:{name}", args=args)).status_code == 404
    assert client.post(reverse("awards:nomination_remove", args=args)).status_code == 404


def test_units_above_read_what_was_sent_and_find_no_form(client, scene):
    nomination = submitted(scene)
    client.force_login(scene.district_leader)

    assert client.get(nomination.get_absolute_url()).status_code == 200
    for name in ("nomination_facts", "nomination_answers", "nomination_files"):
        url = reverse(f"awards:{name}", args=[nomination.pk])
        assert client.get(url).status_code == 404


def test_a_households_name_is_unknown_above_and_beside_while_it_is_a_draft(client, scene):
    household = HouseholdFactory(unit=scene.commune, head="Lường Thị Kín")
    begin(scene, "household", household)
    office = person(Role.LEADER, DepartmentFactory(parent=scene.round.unit))
    for user in (
        scene.district_leader,
        scene.board,
        office,
        person(Role.LEADER, CommuneFactory(parent=scene.district)),
    ):
        client.force_login(user)
        for url in (LIST, "/viec-cua-toi/"):
            assert "Kín" not in words(client.get(url))
        assert "Kín" not in str(csv_rows(client.get(f"{LIST}bang.csv")))
    found = client.get(BEGIN, asking(scene, "household", q="Kín"))
    assert "Lường Thị Kín" not in words(found)


# Beginning


def test_the_candidate_is_searched_without_marks_within_the_own_ground(client, scene, reporter):
    PersonFactory(unit=scene.commune, name="Nguyễn Văn Bường")
    PersonFactory(unit=CommuneFactory(parent=scene.district), name="Nguyễn Văn Bượng")

    page = words(client.get(BEGIN, asking(scene, "person", q="nguyen van buong")))

    assert "Nguyễn Văn Bường" in page
    assert "Nguyễn Văn Bượng" not in page


def test_many_candidates_are_narrowed_by_words(client, scene, reporter):
    for number in range(22):
        PersonFactory(unit=scene.commune, name=f"Người {number}")

    response = client.get(BEGIN, asking(scene, "person"))

    assert len(response.context["found"]) == 20
    assert "Còn nữa" in words(response)


@pytest.mark.parametrize("key", ["", "x", "²", "99999999", "-1"])
def test_a_made_up_candidate_is_not_taken(client, scene, reporter, key):
    url = reverse("awards:nomination_begin", query=asking(scene, "person"))

    assert client.post(url, {"ai": key}).status_code in (302, 404)
    assert not Nomination.objects.exists()


def test_a_stranger_to_the_unit_is_sent_back_to_the_first_step(client, scene):
    client.force_login(person(Role.REPORTER, CommuneFactory(parent=scene.district)))

    page = words(client.get(BEGIN, asking(scene, "household")))

    assert "Bước 1 trên 2" in page
    assert "Chưa đi tiếp được" in page


def test_without_a_round_that_receives_the_page_says_so(client, scene, reporter, stop_clock):
    stop_clock(2023, 12, 16, 9)

    assert "Hôm nay không có đợt khen thưởng nào nhận hồ sơ" in words(client.get(BEGIN))


# The list


def test_the_list_is_filtered_counted_and_taken_away(client, scene, reporter):
    village = VillageFactory(parent=scene.commune, short_name="Ấp Đông")
    drafted(scene)
    submitted(scene, unit=village, proposer=scene.commune)

    def shown(**query):
        return {row.unit for row in client.get(LIST, query).context["page"]}

    assert shown() == {scene.commune, village}
    assert shown(q="ap dong") == shown(trang_thai="submitted") == {village}
    assert shown(viec="lap") == shown(viec="tat-ca") == {scene.commune}
    assert shown(viec="tham-dinh") == shown(doi_tuong="person") == set()
    assert shown(dot=scene.round.pk) == {scene.commune, village}
    assert "đang lập: 1" in words(client.get(LIST))

    rows = csv_rows(client.get(f"{LIST}bang.csv", {"trang_thai": "submitted"}))
    assert [(row["Tên"], row["Đang ở đơn vị"]) for row in rows] == [
        (village.name, scene.district.name)
    ]
    assert LogEntry.objects.filter(action="export_nomination", by=reporter).exists()


def test_work_that_waits_is_each_ones_own(client, scene):
    waiting = submitted(scene)
    for user, work, found in (
        (scene.district_leader, "chuyen", [waiting]),
        (scene.district_leader, "tham-dinh", []),
        (scene.board, "tham-dinh", []),
        (person(Role.REPORTER, scene.district), "chuyen", []),
    ):
        client.force_login(user)
        assert list(client.get(LIST, {"viec": work}).context["page"]) == found
    actions.take_nomination_step(waiting, "endorse", by=scene.district_leader)
    client.force_login(scene.board)
    assert list(client.get(LIST, {"viec": "tham-dinh"}).context["page"]) == [waiting]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(
    client, scene, reporter, rows, django_assert_num_queries
):
    for _ in range(rows):
        drafted(scene, unit=VillageFactory(parent=scene.commune), proposer=scene.commune)
    client.get(LIST)

    with django_assert_num_queries(13):
        response = client.get(LIST)

    assert len(response.context["page"]) == rows


@pytest.mark.parametrize("parts", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_parts(
    client, scene, reporter, parts, django_assert_max_num_queries
):
    for number in range(parts):
        outline(code=f"muc-{number}", prefill="")
    nomination = begin(scene)
    client.get(nomination.get_absolute_url())

    with django_assert_max_num_queries(50):
        client.get(nomination.get_absolute_url())


def test_a_draft_is_removed_from_its_page(client, scene, reporter):
    nomination = drafted(scene, period_from=date(2023, 1, 1))

    page = words(
        client.post(reverse("awards:nomination_remove", args=[nomination.pk]), follow=True)
    )

    assert "Đã xóa hồ sơ đang lập." in page
    assert not Nomination.objects.exists()
