"""A commune's list of households: errors, the mended file, the difference, written, taken back."""

import pytest
from openpyxl import load_workbook

from tests.browser.pages import Importing
from tests.factories.households import as_xlsx, make_list
from tests.factories.units import VillageFactory, person
from units.kinds import Role
from units.models import Household, Import, Unit

pytestmark = pytest.mark.browser

TITLE = "Danh sách hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo"


@pytest.fixture
def commune(portal):
    return Unit.objects.get(parent=portal.district, short_name="Bồ Lý", valid_to="2025-07-01")


@pytest.fixture
def rows(commune):
    """Thirty households of two villages."""
    villages = [
        VillageFactory(code=f"{commune.code}0{n}", parent=commune, valid_to=commune.valid_to)
        for n in (1, 2)
    ]
    return make_list(villages, households=30)


@pytest.fixture
def officer(window, commune):
    page = window(person(Role.REPORTER, commune))
    return Importing(page)


def saved(folder, rows, name):
    path = folder / name
    path.write_bytes(as_xlsx(rows, name=name).read())
    return path


def test_a_list_with_errors_is_mended_written_and_taken_back(officer, rows, tmp_path):
    faulty = [dict(row) for row in rows]
    faulty[3]["so_nhan_khau"] = "bốn"
    faulty[7]["ma_thon"] = "9999901"
    officer.open(TITLE)
    officer.send(saved(tmp_path, faulty, "ho-lan-1.xlsx"))
    officer.says("Tệp có 2 lỗi", "chưa ghi được dòng nào")
    assert not Household.objects.exists()
    marked(officer, tmp_path / "ho-lan-1.xlsx")

    officer.another()
    officer.send(saved(tmp_path, rows, "ho-lan-2.xlsx"))
    officer.says("Không có lỗi, có thể ghi", f"Xác nhận ghi {len(rows)} dòng")
    assert not Household.objects.exists()
    officer.confirm()
    officer.says("đã ghi")
    assert Household.objects.count() == len(rows)

    officer.undo()
    officer.says("đã hoàn tác")
    assert not Household.objects.exists()
    assert Import.objects.filter(state=Import.State.UNDONE).count() == 1


def marked(officer, path):
    """The workbook comes back for the same file, each error in its own cell; nothing was kept."""
    page = officer.page
    page.get_by_role("link", name="Tải tệp đánh dấu lỗi").click()
    page.get_by_label("Chọn lại đúng tệp vừa tải lên").set_input_files(path)
    with page.expect_download() as download:
        page.get_by_role("button", name="Nhận tệp đánh dấu lỗi").click()
    with open(download.value.path(), "rb") as file:
        workbook = load_workbook(file)
    comments = [cell.coordinate for row in workbook["du_lieu"] for cell in row if cell.comment]
    assert comments == ["I5", "B9"]
    page.get_by_role("link", name="Quay lại danh sách lỗi").click()
