"""Two communes become one: what every table will do is seen first, then done, then undone."""

from datetime import date

import pytest

from tests.browser.pages import Reorganising
from tests.factories.units import AppointmentFactory, UserFactory, VillageFactory, person
from units.kinds import Role
from units.models import Appointment, Unit

pytestmark = pytest.mark.browser

DAY = date(2024, 1, 1)
HEAD = {
    "Số, ký hiệu quyết định, nghị quyết": "Nghị quyết 99/NQ-UBTVQH15",
    "Ngày ban hành": "10/11/2023",
    "Trích yếu": "Sắp xếp đơn vị hành chính cấp xã của huyện Tam Đảo",
    "Có hiệu lực từ ngày": "01/01/2024",
}


@pytest.fixture
def commune(portal):
    """Yên Dương, with a village and a reporter; it and Đạo Trù go to one commune in 2025."""
    found = Unit.objects.get(parent=portal.district, short_name="Yên Dương")
    VillageFactory(code=f"{found.code}01", parent=found, valid_to=found.valid_to)
    AppointmentFactory(user=UserFactory(full_name="Lưu Thị Mận"), unit=found, role=Role.REPORTER)
    return found


@pytest.fixture
def administrator(window, portal):
    office = Unit.objects.as_of(date(2023, 11, 24)).get(code="SNV")
    return Reorganising(window(person(Role.ADMINISTRATOR, office)))


def test_a_merge_is_previewed_carried_out_and_undone(administrator, commune):
    wizard = administrator
    wizard.begin("Sáp nhập", **HEAD)
    wizard.group()
    wizard.add("yen duong", "Xã Yên Dương")
    wizard.add("dao tru", "Xã Đạo Trù")
    wizard.name(**{"Mã": commune.code, "Tên gọn": "Đạo Dương", "Loại": "xã"})
    wizard.step("Các bước chuẩn bị")
    wizard.step("Xem trước")
    wizard.says("Chưa thực hiện được", "Lưu Thị Mận")
    assert not Unit.objects.filter(short_name="Đạo Dương").exists()

    wizard.step("Các bước chuẩn bị")
    wizard.step("Người giữ vai trò")
    wizard.place("Lưu Thị Mận", "Chuyển sang Xã Đạo Dương")
    wizard.step("Tiếp tục: xem trước")
    wizard.says("Chưa có gì được ghi", "Xã Đạo Dương", "Lưu Thị Mận")
    wizard.carry_out()
    wizard.says("đã thực hiện")
    merged = Unit.objects.get(short_name="Đạo Dương")
    assert (merged.valid_from, merged.valid_to) == (DAY, date(2025, 7, 1))
    assert Appointment.objects.filter(unit=merged, user__full_name="Lưu Thị Mận").exists()

    wizard.undo("Nghị quyết được thu hồi.")
    wizard.says("đã hoàn tác")
    assert not Unit.objects.filter(short_name="Đạo Dương").exists()
    commune.refresh_from_db()
    assert commune.valid_to == date(2025, 7, 1)
