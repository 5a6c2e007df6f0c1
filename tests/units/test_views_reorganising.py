"""The pages of a reorganisation, walked as an administrator walks them, without a script."""

import re
from datetime import date

import pytest
from django.urls import reverse

from tests.factories.reorganising import DAY, done, draft, end, merge, rename, split
from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    SuccessionFactory,
    VillageFactory,
    person,
)
from units.kinds import Role
from units.models import Appointment, Reorganisation, Unit
from units.reorganising import from_json

pytestmark = pytest.mark.django_db
HEAD = {
    "way": "merge",
    "number": "Nghị quyết 5/NQ-HĐND",
    "decided_on": "20/05/2024",
    "title": "Sáp nhập hai xã",
    "date": "01/07/2024",
}


@pytest.fixture(autouse=True)
def _in_june(stop_clock):
    stop_clock(2024, 6, 10, 8)


@pytest.fixture
def admin(client):
    user = person(Role.ADMINISTRATOR, DepartmentFactory())
    client.force_login(user)
    return user


@pytest.fixture
def pair():
    district = DistrictFactory()
    names = ("Ấm Hạ", "Đan Thượng")
    return [
        CommuneFactory(parent=district, code=f"9{n}001", short_name=name)
        for n, name in enumerate(names, start=1)
    ]


def page(client, name, *args, **query):
    response = client.get(reverse(f"units:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def post(client, name, *args, follow=True, **data):
    response = client.post(reverse(f"units:{name}", args=args), data, follow=follow)
    return response.content.decode()


def version(made):
    return Reorganisation.objects.get(pk=made.pk).version


# The whole way


def test_a_merger_from_the_first_page_to_the_result(client, admin, pair):
    seat = AppointmentFactory(unit=pair[1], role=Role.LEADER)
    post(client, "reorganisation_start", **HEAD)
    made = Reorganisation.objects.get()
    post(client, "reorganisation_units", made.pk, way="merge", version=1)

    found = page(client, "reorganisation_group", made.pk, 1, q="am ha", cap="", thuoc="")
    assert "Xã Ấm Hạ (mã 91001)" in found
    assert "Đan Thượng (mã" not in found
    codes = [unit.code for unit in pair]
    post(
        client, "reorganisation_group_change", made.pk, 1,
        viec="them", don_vi=codes, version=version(made),
    )  # fmt: skip
    shown = page(client, "reorganisation_group", made.pk, 1)
    assert 'value="91001"' in shown  # what starts is filled in from the first
    told = {"m1-1-code": "91001", "m1-1-short_name": "Hòa An", "m1-1-subtype": "xã"}
    told |= {"m1-1-parent": pair[0].parent.code, "m1-1-name": shown_in(shown, "m1-1-name")}
    post(client, "reorganisation_group", made.pk, 1, version=version(made), **told)

    preview = page(client, "reorganisation_preview", made.pk)
    assert "1 người giữ vai trò ở đơn vị kết thúc chưa được chọn đi đâu" in preview
    assert "disabled" in preview
    assert "Chưa chọn" in page(client, "reorganisation_people", made.pk)
    choice = {f"seat_{seat.pk}": "+1.1"}
    post(client, "reorganisation_people", made.pk, version=version(made), **choice)

    preview = page(client, "reorganisation_preview", made.pk)
    assert "1 vai trò chuyển sang đơn vị mới từ 01/07/2024" in preview
    hidden = dict(re.findall(r'name="(version|seen)" value="([^"]+)"', preview))
    result = post(client, "reorganisation_carry_out", made.pk, **hidden)

    assert "Đã thực hiện sắp xếp đơn vị." in result
    new = Unit.objects.as_of(DAY).get(code="91001")
    assert new.name == "Xã Hòa An"
    assert new.get_absolute_url() in result
    assert Appointment.objects.get(user=seat.user, starts=DAY).unit == new
    undone = post(client, "reorganisation_undo", made.pk, reason="Nhầm ngày")
    assert "Đã hoàn tác" in undone
    assert not Unit.objects.filter(pk=new.pk).exists()


def shown_in(page, name):
    """What a field holds as the page comes."""
    return re.search(rf'name="{name}"(?: value="([^"]*)")?', page)[1] or ""


def test_a_split_asks_for_parts_shares_and_villages(client, admin, pair):
    villages = [VillageFactory(parent=pair[0], code=f"V{n}") for n in (1, 2)]
    made = draft()
    post(client, "reorganisation_units", made.pk, way="split", version=1)
    change = ("reorganisation_group_change", made.pk, 1)
    post(client, *change, viec="them", don_vi=pair[0].code, version=2)
    post(client, *change, viec="them-moi", version=3)
    post(client, *change, viec="bo-moi", don_vi="+1.3", version=4)
    told = {}
    for part, code, name, share in (("1", "91001", "Đông", "62,5"), ("2", "99999", "Tây", "37,5")):
        place = f"m1-{part}"
        told |= {f"{place}-code": code, f"{place}-short_name": name, f"{place}-subtype": "xã"}
        told |= {f"{place}-parent": pair[0].parent.code, f"{place}-name": ""}
        told |= {f"c91001-takes_{place}": "on", f"c91001-share_{place}": share}
    post(client, "reorganisation_group", made.pk, 1, version=5, **told)

    (group,) = from_json(Reorganisation.objects.get().plan).groups
    assert [str(heir.share) for heir in group.endings[0].heirs] == ["0.625", "0.375"]
    shown = page(client, "reorganisation_children", made.pk)
    assert "2 đơn vị trực thuộc chưa được chọn chuyển về đâu" in shown
    choices = {"child_V1": "+1.2", "child_V2": "", f"all_{pair[0].code}": "+1.1"}
    post(client, "reorganisation_children", made.pk, version=6, **choices)
    assert from_json(Reorganisation.objects.get().plan).children == {"V1": "+1.2", "V2": "+1.1"}
    assert villages


def test_one_choice_for_all_of_a_unit_spares_those_already_chosen(client, admin, pair):
    seats = [AppointmentFactory(unit=pair[0]) for _ in range(3)]
    made = draft(merge(*pair))
    told = {f"seat_{seats[0].pk}": "end", f"all_{pair[0].code}": "+1.1"}

    post(client, "reorganisation_people", made.pk, version=1, **told)

    chosen = from_json(Reorganisation.objects.get().plan).seats
    assert [chosen[seat.pk] for seat in seats] == ["end", "+1.1", "+1.1"]


def test_units_are_taken_out_and_groups_dropped(client, admin, pair):
    made = draft(merge(*pair))
    change = ("reorganisation_group_change", made.pk, 1)

    post(client, *change, viec="bo", don_vi=pair[0].code, version=1)
    assert from_json(Reorganisation.objects.get().plan).codes == {pair[1].code}
    assert "Chưa chọn đơn vị nào" in post(client, *change, viec="them", version=2)
    post(client, *change, viec="xoa", version=2)
    assert from_json(Reorganisation.objects.get().plan).groups == ()


# What stands in the way, what was written elsewhere


def test_an_empty_first_page_names_each_field(client, admin):
    shown = post(client, "reorganisation_start", number="")

    assert "Chưa lưu được: có 5 chỗ cần sửa" in shown
    for words in ("Hãy chọn hình thức.", "Hãy ghi số, ký hiệu văn bản.", "Cần ghi ngày."):
        assert words in shown
    assert not Reorganisation.objects.exists()


def test_a_date_still_to_come_stands_at_its_field(client, admin):
    shown = post(client, "reorganisation_start", **{**HEAD, "decided_on": "20/12/2024"})

    assert re.search(r'id="id_decided_on_error".*?Chưa đến', shown, re.S)


def test_the_preview_leads_to_where_each_obstacle_is_mended(client, admin, pair):
    made = draft(merge(pair[0], pair[1], parent="khong-co"), rename(pair[1], number=2))

    shown = page(client, "reorganisation_preview", made.pk)

    for number in (1, 2):
        assert reverse("units:reorganisation_group", args=[made.pk, number]) in shown
    assert "được chọn hai lần" in shown
    hidden = dict(re.findall(r'name="(version|seen)" value="([^"]+)"', shown))
    assert "được chọn hai lần" in post(client, "reorganisation_carry_out", made.pk, **hidden)
    assert Reorganisation.objects.get().is_draft


def test_a_second_window_overwrites_nothing(client, admin, pair):
    made = draft(merge(*pair))
    change = ("reorganisation_group_change", made.pk, 1)
    post(client, *change, viec="bo", don_vi=pair[0].code, version=1)

    told = post(client, *change, viec="bo", don_vi=pair[1].code, version=1)

    assert "đã sửa bản chuẩn bị này" in told
    assert from_json(Reorganisation.objects.get().plan).codes == {pair[1].code}


def test_a_double_click_does_it_once(client, admin, pair):
    made = draft(merge(*pair))
    shown = page(client, "reorganisation_preview", made.pk)
    hidden = dict(re.findall(r'name="(version|seen)" value="([^"]+)"', shown))
    post(client, "reorganisation_carry_out", made.pk, **hidden)

    told = post(client, "reorganisation_carry_out", made.pk, **hidden)

    assert "đã thực hiện, không sửa được nữa" in told
    assert Unit.objects.as_of(DAY).filter(code=pair[0].code).count() == 1


def test_a_confirmation_of_no_preview_does_nothing(client, admin, pair):
    made = draft(merge(*pair))

    told = post(client, "reorganisation_carry_out", made.pk, version=1)

    assert "hãy xem trước lại rồi xác nhận" in told
    assert Reorganisation.objects.get().is_draft


def test_what_was_built_upon_it_is_listed_instead_of_the_button(client, admin, pair):
    made = done(merge(*pair))
    VillageFactory(parent=Unit.objects.as_of(DAY).get(code=pair[0].code), valid_from=DAY)

    shown = page(client, "reorganisation", made.pk)

    assert "Không hoàn tác được vì đã có dữ liệu ghi tiếp" in shown
    assert "Đơn vị: 1 dòng đã ghi cho" in shown
    told = post(client, "reorganisation_undo", made.pk, reason="Thử")
    assert "Chưa hoàn tác được" in told
    assert "Cần ghi lý do." in post(client, "reorganisation_undo", made.pk, reason=" ")


def test_steps_of_what_is_done_are_not_there_any_more(client, admin, pair):
    made = done(merge(*pair))

    for name in ("head", "units", "children", "people", "preview"):
        url = reverse(f"units:reorganisation_{name}", args=[made.pk])
        assert client.get(url).status_code == 404


def test_a_draft_is_dropped(client, admin, pair):
    made = draft(merge(*pair))

    assert "Đã bỏ bản chuẩn bị." in post(client, "reorganisation_drop", made.pk, version=1)
    assert not Reorganisation.objects.exists()


def test_the_decision_is_corrected(client, admin, pair):
    made = draft(merge(*pair))

    post(client, "reorganisation_head", made.pk, **{**HEAD, "date": "01/08/2024"}, version=1)

    assert Reorganisation.objects.get().date == date(2024, 8, 1)


# The list, and people


def test_the_list_tells_states_and_people_left_over(client, admin, pair):
    draft(merge(*pair))
    done(end(CommuneFactory()))
    AppointmentFactory(unit=CommuneFactory(valid_to=date(2024, 6, 1)))
    AppointmentFactory(unit=CommuneFactory(valid_to=date(2024, 7, 1)))

    shown = page(client, "reorganisations")

    assert "đang chuẩn bị" in shown
    assert "đã thực hiện" in shown
    assert "1 vai trò ở đơn vị đã kết thúc không còn hiệu lực." in shown
    assert "có thêm vai trò hết hiệu lực" in shown


def test_people_of_ended_units_are_placed(client, admin):
    link = SuccessionFactory(predecessor=CommuneFactory(valid_to=date(2024, 6, 1)))
    going, staying = (AppointmentFactory(unit=link.predecessor) for _ in range(2))

    assert "Chưa chọn cho người nào" in post(client, "unplaced", basis="Quyết định 1")
    told = {f"seat_{going.pk}": str(link.successor.pk), "basis": "Quyết định 1/QĐ-UBND"}
    assert "Đã bố trí 1 người." in post(client, "unplaced", **told)

    assert going.user.appointments.filter(unit=link.successor).exists()
    shown = page(client, "unplaced")
    assert f"seat_{staying.pk}" in shown
    assert f"seat_{going.pk}" not in shown


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    "name",
    ["reorganisation_units", "reorganisation_children", "reorganisation_people",
     "reorganisation_preview", "reorganisation"],
)  # fmt: skip
def test_a_step_costs_the_same_for_any_number_of_rows(
    name, rows, client, admin, pair, django_assert_max_num_queries
):
    groups = [merge(*pair)]
    for number in range(rows):
        unit = CommuneFactory(parent=pair[0].parent)
        AppointmentFactory(unit=VillageFactory(parent=unit))
        parts = [{"name": "Xã Đông"}, {"code": f"9{number}999", "name": "Xã Tây"}]
        groups.append(split(unit, *parts, number=number + 2))
    made = draft(*groups)

    with django_assert_max_num_queries(45 if "preview" in name else 16):
        page(client, name, made.pk)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_sees_any_of_it(role, client, pair):
    made = draft(merge(*pair))
    client.force_login(person(role, DepartmentFactory()))

    for name in ("reorganisation", "reorganisation_people", "reorganisation_preview"):
        assert client.get(reverse(f"units:{name}", args=[made.pk])).status_code == 403
