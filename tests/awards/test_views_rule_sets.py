"""The page of the law: what holds on a day, and the board's way to the next edition."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.loading import load
from awards.models import RULES, Bonus, RuleSet
from tests.factories.awards import BonusFactory, RuleSetFactory
from tests.factories.campaign import CampaignFactory
from tests.factories.units import CommuneFactory, DepartmentFactory, person
from tests.tables import csv_rows
from units.kinds import Role

pytestmark = pytest.mark.django_db
PAGE = "/khen-thuong/quy-dinh/"


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def shipped():
    return load(CampaignFactory())


@pytest.fixture
def reporter(client):
    client.force_login(person(Role.REPORTER, CommuneFactory()))


@pytest.fixture
def board(client):
    user = person(Role.BOARD, DepartmentFactory())
    client.force_login(user)
    return user


def words(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def test_everybody_reads_the_law_of_today(client, shipped, reporter):
    text = words(client.get(PAGE))

    assert "Quy định khen thưởng ngày 24/11/2023" in text
    assert "Quy định theo Nghị định 91/2017/NĐ-CP, phiên bản 1" in text
    assert "Cá nhân: hệ số 1; 1 × 1.800.000 = 1.800.000 đồng" in text
    assert "Giấy khen của Chủ tịch Ủy ban nhân dân huyện" in text
    assert "Quốc khánh (nghỉ bù) – nghỉ" in text
    assert "Sửa bộ quy định" not in text
    assert "Thêm dòng" not in text


def test_another_day_has_another_law(client, shipped, reporter):
    text = words(client.get(PAGE, {"ngay": "01/07/2026"}))

    assert "Nghị định 152/2025/NĐ-CP" in text
    assert "3.795.000 đồng, làm tròn lên: 3.800.000 đồng" in text
    assert "Hộ gia đình: chưa có căn cứ" in text
    assert "Giấy khen của Chủ tịch Ủy ban nhân dân huyện" not in text


def test_a_day_without_a_law_says_so(client, reporter):
    assert "Chưa có bộ quy định nào cho ngày này" in words(client.get(PAGE, {"ngay": "1/1/2015"}))
    assert "Chưa xem được ngày đã nhập" in words(client.get(PAGE, {"ngay": "hôm qua"}))


def test_the_page_is_taken_away_with_its_day(client, shipped, reporter):
    rows = csv_rows(client.get(f"{PAGE}bang.csv", {"ngay": "01/07/2026"}))

    tables = {row["Bảng"] for row in rows}
    assert tables == {
        "Thẩm quyền quyết định", "Thành phần hồ sơ", "Thời hạn", "Tỷ lệ phiếu",
        "Mức tiền thưởng", "Nguyên tắc, điều kiện xét", "Mức lương cơ sở",
        "Ngày nghỉ, ngày làm bù năm 2026",
    }  # fmt: skip
    assert all(row["Nguồn"] and row["Độ tin cậy"] for row in rows)


@pytest.mark.parametrize("keeper", [False, True])
def test_the_page_costs_the_same_for_any_number_of_rows(client, keeper):
    role = Role.BOARD if keeper else Role.REPORTER
    client.force_login(person(role, DepartmentFactory()))
    year = RuleSetFactory(valid_from=date(2023, 1, 1), valid_to=None)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        return len(queries)

    BonusFactory(rule_set=year)
    one = [cost() for _ in range(2)][1]
    BonusFactory.create_batch(2, rule_set=year)

    assert cost() == one


# The next edition


def test_the_board_corrects_a_row(client, shipped, board):
    row = Bonus.objects.get(rule_set__code="nd-98-2023", form__code="GK-XA", recipient="person")
    url = reverse("awards:rule_set_row", args=[row.rule_set_id, "bonuses", row.pk])
    assert "phiên bản này giữ nguyên" in words(client.get(url))
    told = {
        "form": row.form_id, "recipient": "person", "coefficient": "0,15", "clause": "Điều 58",
        "source": "Công báo", "confidence": "confirmed", "note": "",
    }  # fmt: skip

    assert "Cần ghi vì sao sửa." in words(client.post(url, told))
    text = words(client.post(url, told | {"reason": "Đã đọc toàn văn"}, follow=True))

    assert "Đã lập Quy định theo Nghị định 98/2023/NĐ-CP, phiên bản 2." in text
    assert "Quy định khen thưởng ngày 01/01/2024" in text
    assert "Phiên bản 2 (đang dùng): Đã đọc toàn văn" in text
    assert "Cá nhân: hệ số 0,15; 0,15 × 1.800.000 = 270.000 đồng" in text
    assert "đã được thay bằng phiên bản mới" in words(
        client.post(url, told | {"coefficient": "0,2", "reason": "Lần nữa"})
    )


def test_the_board_adds_a_row_and_leaves_one_out(client, shipped, board):
    standing = RuleSet.objects.get(code="nd-152-2025")
    first = Bonus.objects.filter(rule_set=standing).first()
    before = Bonus.objects.filter(rule_set=standing).count()
    told = {
        "form": first.form.family.grades.first().pk, "recipient": first.recipient, "clause": "",
        "coefficient": "9", "source": "Công báo", "confidence": "confirmed", "reason": "Đính chính",
    }  # fmt: skip
    add = reverse("awards:rule_set_row_add", args=[standing.pk, "bonuses"])
    away = reverse("awards:rule_set_row", args=[standing.pk, "bonuses", first.pk])

    assert "Đã ghi mức tiền thưởng của đối tượng này" in words(client.post(add, told))
    client.post(away, told | {"removes": "on"})

    assert Bonus.objects.filter(rule_set__replaces=standing).count() == before - 1


def test_the_board_corrects_the_head(client, shipped, board):
    standing = RuleSet.objects.get(code="nd-152-2025")
    url = reverse("awards:rule_set_head", args=[standing.pk])
    form = client.get(url).context["form"]
    told = {name: form[name].value() or "" for name in form.fields}
    told |= {"valid_from": "01/07/2025", "rounding": "none", "reason": "Theo Sở Tài chính"}

    assert "Trùng thời gian" in words(client.post(url, told | {"valid_from": "01/06/2025"}))
    client.post(url, told)

    assert RuleSet.objects.on(date(2026, 1, 1)).rounding == "none"


@pytest.mark.parametrize("name", RULES)
def test_every_table_has_a_form(client, shipped, board, name):
    row = RULES[name].objects.filter(rule_set__code="nd-98-2023").first()

    assert "Lập phiên bản mới" in words(
        client.get(reverse("awards:rule_set_row", args=[row.rule_set_id, name, row.pk]))
    )
    assert "Lập phiên bản mới" in words(
        client.get(reverse("awards:rule_set_row_add", args=[row.rule_set_id, name]))
    )


def test_what_stands_is_filled_in(client, shipped, board):
    row = Bonus.objects.get(rule_set__code="nd-98-2023", form__code="BK-TINH", recipient="person")
    page = client.get(reverse("awards:rule_set_row", args=[row.rule_set_id, "bonuses", row.pk]))

    field = page.context["form"]["coefficient"]
    assert (field.value(), field.field.widget.input_type) == (Decimal("1.50"), "text")
    assert 'value="1,50"' in str(field)
    told = {
        name: page.context["form"].initial.get(name) or "" for name in page.context["form"].fields
    }
    told |= {"coefficient": "1,50", "reason": "Không đổi gì"}
    assert "Chưa có gì thay đổi" in words(client.post(page.wsgi_request.path, told))


def test_a_table_or_row_that_is_not_there_is_not_found(client, shipped, board):
    other = Bonus.objects.filter(rule_set__code="nd-98-2023").first()
    standing = RuleSet.objects.get(code="nd-152-2025")

    for name, row in (("bonuses", other.pk), ("khong-co", other.pk)):
        url = reverse("awards:rule_set_row", args=[standing.pk, name, row])
        assert client.get(url).status_code == 404
