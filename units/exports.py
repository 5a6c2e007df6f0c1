"""The lists of ``units`` as tables to take away: what each column says, and its value of a row."""

from collections.abc import Iterator

from config.columns import of_unit, whose
from config.paging import streamed
from config.sheets import CODE, DATE, NAME, Column, Definition
from units.models import Appointment, Person, Unit

UNITS = Definition(
    title="Đơn vị",
    columns=(
        Column("code", "Mã", CODE, help="Mã trong sổ đơn vị; mã cũ có thể dùng lại về sau."),
        Column("name", "Tên đầy đủ", NAME, help="Tên như trong văn bản.", width=34),
        Column("kind", "Cấp", help="Cấp của đơn vị trong sổ.", width=20),
        Column("subtype", "Loại", help="Xã, phường, thị trấn, sở, thôn…", width=14),
        Column("parent_code", "Mã đơn vị cấp trên", CODE, help="Trống: không có cấp trên."),
        Column("parent", "Đơn vị cấp trên", NAME, help="Tên đơn vị cấp trên.", width=30),
        Column("valid_from", "Có từ ngày", DATE, help="Ngày đầu tiên đơn vị tồn tại."),
        Column("valid_to", "Hết từ ngày", DATE, help="Ngày đầu tiên không còn; trống: còn."),
        Column("source", "Nguồn", help="Văn bản hoặc danh sách làm căn cứ.", width=40),
        Column("confidence", "Độ tin cậy", help="Đã đối chiếu văn bản đến đâu.", width=18),
    ),
)

PERSONS = Definition(
    title="Cá nhân tham gia",
    columns=(
        Column("name", "Họ và tên", NAME, help="Như trong giấy tờ của đơn vị.", width=28),
        Column("kind", "Đối tượng", help="Nhóm theo mục II.1, III.1.e, III.1.f.", width=30),
        *whose(),
        Column("position", "Chức vụ, nghề nghiệp", help="Trống: chưa ghi.", width=24),
        Column("sex", "Giới tính", help="Trống: không ghi.", width=10),
        Column("direct_worker", "Trực tiếp lao động, công tác", help="x: phải.", width=14),
        Column("takes_part_from", "Tham gia từ ngày", DATE, help="Ngày đầu tiên tham gia."),
        Column("takes_part_to", "Hết tham gia từ ngày", DATE, help="Trống: còn tham gia."),
    ),
)

SEATS = Definition(
    title="Vai trò trong đơn vị",
    columns=(
        Column("name", "Họ và tên", NAME, help="Người giữ vai trò.", width=28),
        Column("position", "Chức vụ", help="Trống: chưa ghi.", width=24),
        Column("username", "Tên đăng nhập", help="Tên để đăng nhập cổng.", width=18),
        Column("role", "Vai trò", help="Việc được làm trên cổng.", width=22),
        *whose(),
        Column("starts", "Từ ngày", DATE, help="Ngày đầu tiên giữ vai trò."),
        Column("ends", "Hết từ ngày", DATE, help="Ngày đầu tiên không còn; trống: còn."),
        Column("basis", "Căn cứ", help="Văn bản phân công.", width=30),
    ),
)


def seat_rows(seats) -> Iterator[dict]:
    """The roles held in a unit, the latest first."""
    return map(_seat, streamed(seats))


def _seat(seat: Appointment) -> dict:
    return {
        **of_unit(seat.unit),
        "name": seat.user.full_name,
        "position": seat.user.position,
        "username": seat.user.username,
        "role": seat.role_label,
        "starts": seat.starts,
        "ends": seat.ends,
        "basis": seat.basis,
    }


def person_rows(persons) -> Iterator[dict]:
    """The persons of a list, with the unit they belong to."""
    return map(_person, streamed(persons))


def _person(person: Person) -> dict:
    return {
        **of_unit(person.unit),
        "name": person.name,
        "kind": person.get_kind_display(),
        "position": person.position,
        "sex": person.get_sex_display(),
        "direct_worker": "x" if person.direct_worker else "",
        "takes_part_from": person.takes_part_from,
        "takes_part_to": person.takes_part_to,
    }


def unit_rows(units) -> Iterator[dict]:
    """The units of a list, with the unit above."""
    return map(_unit, streamed(units))


def _unit(unit: Unit) -> dict:
    above = unit.parent
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.get_kind_display(),
        "subtype": unit.subtype,
        "parent_code": above.code if above else "",
        "parent": above.name if above else "",
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "source": unit.source,
        "confidence": unit.get_confidence_display(),
    }
