"""The lists of ``units`` as tables to take away: what each column says, and its value of a row."""

from collections.abc import Iterator

from config.columns import at, moment, of_unit, whose
from config.paging import streamed
from config.sheets import CODE, DATE, INTEGER, NAME, Column, Definition
from units.imports.road import history
from units.imports.road.known import counts_for
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

IMPORTS = Definition(
    title="Các lần nhập dữ liệu",
    columns=(
        Column("kind", "Loại dữ liệu", help="Loại dữ liệu của tệp.", width=36),
        Column("name", "Tệp", help="Tên tệp đã tải lên.", width=36),
        *moment("uploaded", "Tải lên", "Lúc tải lên."),
        Column("by", "Người tải lên", help="Trống: hệ thống.", width=24),
        Column("state", "Trạng thái", help="Đã ghi, chờ xác nhận, đã hoàn tác…", width=18),
        *moment("finished", "Ghi xong", "Trống: chưa ghi."),
        Column("new", "Dòng mới", INTEGER, help="Số dòng mới."),
        Column("changed", "Dòng thay đổi", INTEGER, help="Số dòng thay đổi; trống: không cho xem."),
        Column("same", "Dòng giữ nguyên", INTEGER, help="Dòng giữ nguyên; trống: không cho xem."),
        Column("removed", "Dòng bỏ", INTEGER, help="Số dòng bỏ."),
        Column("faulty", "Dòng có lỗi", INTEGER, help="Số dòng có lỗi phải sửa."),
        Column("sha256", "Dấu vân SHA-256", help="Của tệp đã tải lên.", width=66),
    ),
)
REORGANISATIONS = Definition(
    title="Sắp xếp đơn vị",
    columns=(
        Column("number", "Quyết định, nghị quyết", help="Số, ký hiệu văn bản.", width=26),
        Column("title", "Nội dung", help="Trích yếu.", width=60),
        Column("way", "Hình thức", help="Sáp nhập, chia tách, đổi tên…", width=22),
        Column("date", "Hiệu lực từ", DATE, help="Ngày đầu tiên theo đơn vị mới."),
        Column("state", "Trạng thái", help="Đang chuẩn bị, đã thực hiện, đã hoàn tác.", width=18),
        *moment("done", "Thực hiện", "Trống: chưa thực hiện."),
        *moment("undone", "Hoàn tác", "Trống: không hoàn tác."),
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


COUNTED = ("new", "changed", "same", "removed", "faulty")


def import_rows(jobs, user) -> Iterator[dict]:
    """What came in by file: which file, by whom, how many rows; never the rows themselves."""
    for job in streamed(jobs):
        counts = counts_for(job, user)
        yield {
            "kind": history.title_of(job),
            "name": job.name,
            "by": str(job.uploaded_by) if job.uploaded_by else "",
            "state": history.state_of(job).label,
            "sha256": job.sha256,
            **{name: counts.get(name) for name in COUNTED},
            **at("uploaded", job.uploaded_at),
            **at("finished", job.finished_at),
        }


def reorganisation_rows(reorganisations) -> Iterator[dict]:
    """Every reorganisation: by which decision, from which day, how far it has come."""
    for row in streamed(reorganisations):
        yield {
            "number": row.number,
            "title": row.title,
            "way": row.get_way_display(),
            "date": row.date,
            "state": row.get_state_display(),
            **at("done", row.done_at),
            **at("undone", row.undone_at),
        }
