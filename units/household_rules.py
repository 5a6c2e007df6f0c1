"""What a household, its statuses and its registrations must keep to: a reason, or None."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from config.text import vn_date
from units.households.courses import GAP, course_of
from units.models import EscapeRegistration, Household, HouseholdStatus, Unit
from units.models.people import NAMED_WITHIN

CODE_DIGITS = 10
"""Five digits of the commune and a number of five within it, as the lists of 2022 write it."""
CODE = re.compile(f"[0-9]{{{CODE_DIGITS}}}")
NAME_WITHOUT = re.compile("[<>]|^[=+@-]")
Outcome = EscapeRegistration.Outcome


def code_is_of_list(household: Household) -> str | None:
    """The code as the lists write it: five digits of the commune, five of the household."""
    if CODE.fullmatch(household.code):
        return None
    return f"Mã hộ: phải gồm đúng {CODE_DIGITS} chữ số (5 chữ số mã xã, 5 chữ số thứ tự của hộ)."


def code_is_of_commune(household: Household, codes: Sequence[str]) -> str | None:
    """The code begins with the code of the household's commune, or of one that this took over."""
    if household.code.startswith(tuple(codes)):
        return None
    return f"Mã hộ: {foreign_code(codes)}"


def foreign_code(codes: Sequence[str]) -> str:
    """Which five digits are expected, without any code of a household."""
    told = " hoặc ".join(codes)
    return f"5 chữ số đầu phải là mã xã của hộ ({told}); hãy sửa mã hộ, hoặc ghi đúng xã của hộ."


def head_is_a_name(household: Household) -> str | None:
    """Letters, and nothing that a spreadsheet or a page could take for an order."""
    head = household.head
    if any(map(str.isalpha, head)) and not NAME_WITHOUT.search(head):
        return None
    return "Họ tên chủ hộ: hãy ghi tên người, không có dấu <, > và không bắt đầu bằng =, +, -, @."


def unit_holds_households(unit: Unit, day: date) -> str | None:
    """Households stand under a village, or under the commune, that exists today."""
    if unit.kind in NAMED_WITHIN and unit.exists_on(day):
        return None
    return f"Thôn hoặc xã: {unit.name} không hoạt động ngày {vn_date(day)}; hãy chọn đơn vị khác."


def year_can_be_told(year: int, years: Iterable[int], last: int) -> str | None:
    """Statuses are told of the years of the campaign, up to this one; households may register

    for the next.
    """
    known = [each for each in years if each <= last]
    if year in known:
        return None
    told = f"từ {known[0]} đến {known[-1]}" if known else "chưa được khai báo"
    return f"Năm: các năm ghi được {told}; hãy chọn năm khác."


def year_is_on_list(year: int, first: int) -> str | None:
    """No household alone has a status of a year before its commune's list begins.

    All others would seem to have come onto the list in the year after.
    """
    if not first or year >= first:
        return None
    return (
        f"Năm: danh sách của xã bắt đầu từ năm {first}; muốn ghi năm {year} thì hãy nhập lại danh "
        "sách có cột năm đó."
    )


def statuses_fit(statuses: dict[int, str]) -> str | None:
    """The statuses by year, as they would stand, are a possible way through the years."""
    if not statuses:
        return None
    first, last = min(statuses), max(statuses)
    fault = course_of([statuses.get(year, "") for year in range(first, last + 1)]).fault
    if fault is None:
        return None
    place, rule = fault
    year = first + place
    if rule == GAP:
        return (
            f"Tình trạng cuối năm: năm {year} sẽ bị bỏ trống giữa hai năm có tình trạng; hãy ghi "
            f"năm {year} trước (K nếu hộ đã ra khỏi danh sách)."
        )
    label = HouseholdStatus(statuses[year]).label
    return (
        f"Tình trạng cuối năm: “{label}” năm {year} không thể có; hộ vào danh sách lần đầu là hộ "
        "nghèo hoặc hộ cận nghèo, mới thoát nghèo chỉ đến sau đó."
    )


def registers_on_list(household: Household, year: int, statuses: dict[int, str]) -> str | None:
    """Poor and near-poor households register: those that are listed at the end of the year before,

    or within the year itself.
    """
    told = [statuses[each] for each in (year - 1, year) if each in statuses]
    if not told or any(s in (HouseholdStatus.POOR, HouseholdStatus.NEAR_POOR) for s in told):
        return None
    return (
        f"Năm: hộ không phải hộ nghèo, hộ cận nghèo vào đầu năm {year} nên không đăng ký thoát "
        "nghèo; hãy kiểm tra năm, hoặc sửa tình trạng của hộ."
    )


def registered_within_year(registration: EscapeRegistration, today: date) -> str | None:
    """A registration is made in its year or in the year before, and not in the future."""
    day, year = registration.registered_on, registration.year
    if day <= today and day.year in (year - 1, year):
        return None
    return (
        f"Ngày đăng ký: phải trong năm {year} hoặc năm {year - 1}, và không sau hôm nay; đang ghi "
        f"{vn_date(day)}."
    )


def outcome_is_dated(registration: EscapeRegistration, today: date) -> str | None:
    """An outcome has its day, neither before the registration nor in the future."""
    day, open_still = registration.decided_on, registration.outcome == Outcome.OPEN
    if open_still:
        return None if day is None else "Ngày ghi kết quả: chưa có kết quả thì để trống."
    if day is None:
        return "Ngày ghi kết quả: cần ghi ngày khi kết quả là đạt hoặc không đạt."
    if registration.registered_on <= day <= today:
        return None
    return (
        f"Ngày ghi kết quả: phải từ ngày đăng ký ({vn_date(registration.registered_on)}) đến hôm "
        "nay."
    )
