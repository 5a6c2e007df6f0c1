"""The pages of the rounds: list, one round, the form, the steps; with what each person may do."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from awards.loading import load
from awards.models import AwardForm, Round
from config import clock
from tests.factories.awards import RoundFactory, RoundFormFactory
from tests.factories.campaign import CampaignFactory
from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    person,
)
from tests.tables import csv_rows
from units.kinds import Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db
LIST, ADD = "/khen-thuong/dot/", "/khen-thuong/dot/lap/"


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def campaign():
    campaign = CampaignFactory()
    load(campaign)
    return campaign


@pytest.fixture
def district(campaign):
    return DistrictFactory(parent=campaign.province, short_name="Tam Đảo")


@pytest.fixture
def board(client, campaign):
    user = person(Role.BOARD, DepartmentFactory(parent=campaign.province))
    client.force_login(user)
    return user


def words(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def typed(campaign, *codes, **told):
    """The form of the page as somebody fills it in."""
    forms = AwardForm.objects.filter(campaign=campaign, code__in=codes)
    return {
        "kind": "yearly", "title": "Khen thưởng hằng năm 2023",
        "period_from": "01/01/2023", "period_to": "31/12/2023",
        "opens": "24/11/2023", "due": "15/12/2023", "council_on": "",
        "forms": [str(form.pk) for form in forms], **told,
    }  # fmt: skip


def open_round(unit, **told):
    told = {"campaign": told.pop("campaign", None) or CampaignFactory(), "unit": unit, **told}
    return RoundFormFactory(round=RoundFactory(state="open", opened_at=clock.now(), **told)).round


# Making and correcting


def test_the_board_makes_a_round_of_the_province_and_opens_it(client, campaign, board):
    form = AwardForm.objects.get(code="BK-TINH")
    page = words(client.get(ADD))
    assert f"Đợt của {campaign.province}" in page
    assert "Huân chương Lao động hạng Ba" in page
    assert "Giấy khen" not in page

    told = typed(campaign, "BK-TINH", "BKTTG") | {f"quota_{form.pk}": "1.200"}
    page = words(client.post(ADD, told, follow=True))

    round = Round.objects.get()
    assert (round.unit, round.year, round.state) == (campaign.province, 2023, "draft")
    assert dict(round.offers.values_list("form__code", "quota")) == {
        "BK-TINH": 1200,
        "BKTTG": None,
    }
    assert "1.200" in page
    assert "Quy định theo Nghị định 91/2017/NĐ-CP, phiên bản 1" in page
    assert "Mở đợt" in page

    page = words(client.post(reverse("awards:round_step", args=[round.pk, "open"]), follow=True))

    assert "Đã ghi nhận: mở đợt." in page
    assert "Còn nhận hồ sơ đến hết ngày 15/12/2023" in page  # why it cannot be closed yet
    assert Round.objects.get().state == "open"


def test_what_is_wrong_stands_at_its_field_and_nothing_is_kept(client, campaign, board):
    form = AwardForm.objects.get(code="BKTTG")
    told = typed(campaign, "BK-TINH", due="01/11/2023") | {f"quota_{form.pk}": "3"}
    response = client.post(ADD, told)
    assert "Chưa chọn Bằng khen của Thủ tướng" in words(response)

    response = client.post(ADD, typed(campaign, due="01/11/2023", title="Tên đã nhập"))

    assert response.context["form"].errors["due"] == ["Không thể trước ngày bắt đầu nhận."]
    assert 'value="Tên đã nhập"' in words(response)
    assert not Round.objects.exists()


def test_a_leader_of_a_district_offers_what_the_district_decides(client, campaign, district):
    client.force_login(person(Role.LEADER, district))

    client.post(ADD, typed(campaign, "GK-HUYEN"))

    round = Round.objects.get()
    assert (round.unit, [str(offer) for offer in round.offers.all()]) == (
        district,
        ["Giấy khen của Chủ tịch Ủy ban nhân dân huyện"],
    )


def test_the_district_is_told_at_the_forms_from_when_it_decides_no_more(client, campaign, district):
    client.force_login(person(Role.LEADER, district))
    told = typed(campaign, "GK-HUYEN", due="01/07/2025")

    response = client.post(ADD, told)

    assert "chỉ đến hết 30/06/2025" in response.context["form"].errors["forms"][0]
    assert client.post(ADD, told | {"due": "30/06/2025"}).status_code == 302


def test_who_leads_several_units_says_for_which_one(client, campaign, district):
    commune, elsewhere = CommuneFactory(parent=district), CommuneFactory()
    user = person(Role.LEADER, district)
    AppointmentFactory(user=user, unit=commune, role=Role.LEADER)
    client.force_login(user)

    assert "unit" in client.post(ADD, typed(campaign)).context["form"].errors
    told = typed(campaign, "GK-XA", unit=str(elsewhere.pk))
    assert "unit" in client.post(ADD, told).context["form"].errors
    client.post(ADD, told | {"unit": str(commune.pk)})

    assert Round.objects.get().unit == commune


def test_who_holds_no_rounds_is_told_so(client, campaign, district):
    client.force_login(person(Role.LEADER, DistrictFactory(kind="village", parent=district)))

    assert "Bạn không lập được đợt khen thưởng" in words(client.get(ADD, follow=True))
    assert "Lập đợt khen thưởng" not in words(client.get(LIST))


def test_an_open_round_is_corrected_with_a_reason(client, campaign, board):
    client.post(ADD, typed(campaign, "BK-TINH"))
    round = Round.objects.get()
    client.post(reverse("awards:round_step", args=[round.pk, "open"]))
    edit = reverse("awards:round_edit", args=[round.pk])
    told = typed(campaign, "BK-TINH", due="20/12/2023")

    response = client.post(edit, told)
    assert response.context["form"].errors["reason"] == ["Cần ghi vì sao sửa đợt đang mở."]
    assert 'name="kind"' not in words(response)

    page = words(client.post(edit, told | {"reason": "Lùi hạn"}, follow=True))

    assert Round.objects.get().due == date(2023, 12, 20)
    assert "Sửa đợt" in page
    assert "Lùi hạn" in page


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(client, campaign, board):
    round = RoundFactory(campaign=campaign)
    edit = reverse("awards:round_edit", args=[round.pk])
    told = typed(campaign, seen=client.get(edit).context["form"]["seen"].value())
    client.post(edit, told | {"title": "Tên của người trước"})

    response = client.post(edit, told | {"title": "Tên của người sau"})

    assert "Người khác đã sửa đợt khen thưởng này" in words(response)
    assert Round.objects.get().title == "Tên của người trước"


def test_a_closed_round_is_reopened_with_a_reason_before_it_is_corrected(client, campaign, board):
    told = {"state": "closed", "opened_at": clock.now(), "closed_at": clock.now()}
    round = RoundFactory(campaign=campaign, **told)
    step = reverse("awards:round_step", args=[round.pk, "reopen"])
    edit = reverse("awards:round_edit", args=[round.pk])

    assert "hãy mở lại đợt trước" in words(client.get(edit, follow=True))
    assert "Cần ghi lý do mở lại đợt." in words(client.post(step, {"note": " "}, follow=True))
    assert "Nhận thêm" in words(client.post(step, {"note": "Nhận thêm"}, follow=True))
    assert "Nhận thêm" in LogEntry.objects.get(action="reopen_round").reason
    assert client.get(edit).status_code == 200


def test_a_draft_is_removed_with_a_reason(client, campaign, board):
    round = RoundFactory(campaign=campaign)
    url = reverse("awards:round_remove", args=[round.pk])

    assert "Cần ghi vì sao xóa." in words(client.post(url, follow=True))
    assert "Đã xóa đợt khen thưởng" in words(client.post(url, {"reason": "Nhầm"}, follow=True))
    assert client.get(round.get_absolute_url()).status_code == 404


# Reading


def test_a_neighbour_finds_neither_round_nor_step(client, campaign, district):
    round = open_round(district, campaign=campaign)
    client.force_login(person(Role.LEADER, DistrictFactory()))

    assert client.get(round.get_absolute_url()).status_code == 404
    for name, args in (("round_edit", ()), ("round_step", ("close",)), ("round_remove", ())):
        assert client.post(reverse(f"awards:{name}", args=[round.pk, *args])).status_code == 404


def test_a_reader_below_sees_the_round_and_nothing_to_do(client, campaign, district):
    round = open_round(campaign.province, campaign=campaign)
    client.force_login(person(Role.LEADER, district))
    page = words(client.get(round.get_absolute_url()))

    assert round.title in page
    assert "Việc tiếp theo" not in page
    assert "Nhật ký của đợt" not in page
    assert client.get(reverse("awards:round_edit", args=[round.pk])).status_code == 404
    step = reverse("awards:round_step", args=[round.pk, "close"])
    assert "Chỉ Ban Thi đua" in words(client.post(step, follow=True))
    assert client.post(reverse("awards:round_step", args=[round.pk, "khac"])).status_code == 404


def test_the_list_is_filtered_by_year_kind_and_state(client, campaign, board):
    RoundFactory(campaign=campaign, title="Năm nay")
    then = {"period_from": date(2022, 1, 1), "period_to": date(2022, 12, 31)}
    open_round(campaign.province, campaign=campaign, title="Năm ngoái", kind="thematic", **then)

    def shown(**query):
        return {round.title for round in client.get(LIST, query).context["page"]}

    assert shown() == {"Năm nay", "Năm ngoái"}
    assert shown(nam="2022") == shown(loai="thematic") == shown(trang_thai="open") == {"Năm ngoái"}
    assert shown(nam="2023", trang_thai="open") == set()
    assert "Thử bỏ bớt điều kiện lọc" in words(client.get(LIST, {"trang_thai": "closed"}))


def test_an_empty_list_says_who_fills_it(client, district):
    client.force_login(person(Role.REPORTER, district))

    assert "Chưa có đợt khen thưởng nào" in words(client.get(LIST))


def test_the_list_is_taken_away_with_forms_and_numbers(client, campaign, board):
    round = RoundFactory(campaign=campaign, council_on=date(2023, 12, 29))
    for code, quota in (("BK-TINH", 20), ("BKTTG", None)):
        form = AwardForm.objects.get(code=code)
        RoundFormFactory(round=round, form=form, quota=quota)

    (row,) = csv_rows(client.get(f"{LIST}bang.csv"))

    assert (row["Đợt"], row["Đơn vị tổ chức đợt"]) == (round.title, campaign.province.name)
    assert (row["Hạn nhận hồ sơ"], row["Trạng thái"]) == ("2023-12-15", "đang soạn")
    assert row["Hình thức (chỉ tiêu)"].splitlines() == [
        "Bằng khen của Thủ tướng Chính phủ",
        "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh: 20",
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(
    client, campaign, board, rows, django_assert_num_queries
):
    for _ in range(rows):
        open_round(campaign.province, campaign=campaign, kind="thematic")
    client.get(LIST)

    with django_assert_num_queries(12):
        response = client.get(LIST)

    assert len(response.context["page"]) == rows
