"""Whether it is still time, and whether a date may be set so.

Each rule returns a reason or None and names its clause. Instants are compared by the second.
"""

from datetime import timedelta

from django.db.models import Max

from campaign.models import Deadline, Extension
from campaign.queries.contributions import of_code_in
from campaign.queries.duties import receiving_units
from config import clock
from units.kinds import Kind

FARTHEST = timedelta(days=366)
"""A guard against a mistyped year, no rule of the plan: leave ends within a year of the lock."""

LONGEST_REASON = 2_000
LARGEST_GIFT = 10**13 - 1
"""đồng; a guard against a slipped finger, above any gift."""


def deadline_of(period, tier) -> Deadline | None:
    """Due and lock of a tier in a period; None where the period asks nothing of the tier."""
    return Deadline.objects.filter(period=period, tier=tier).first()


def extended_until(deadline, unit):
    """The latest instant up to which the unit has leave to send, or None."""
    return Extension.objects.filter(deadline=deadline, unit=unit).aggregate(last=Max("until"))[
        "last"
    ]


def not_after(now, limit) -> bool:
    """Whether ``now`` is within the second of ``limit`` or before.

    "Before 1 December" (V.4) means received no later than 30 November 23:59:59 Viet Nam time;
    23:59:59.9 is still that second.
    """
    return limit is not None and now.replace(microsecond=0) <= limit


def _tells_why(reason, why):
    """Leave and new dates are given in writing (design 3: who allowed, why, until when)."""
    if not reason.strip():
        return f"Lý do: cần ghi {why}."
    if len(reason) > LONGEST_REASON:
        return f"Lý do: dài {len(reason)} ký tự, chỉ ghi tối đa {LONGEST_REASON} ký tự."
    return None


# Leave to send later


def obstacles_to_extending(deadline, unit, *, until, reason, now) -> list[str]:
    """Everything that stands against this leave; empty means nothing."""
    reasons = (
        _of_its_tier(deadline, unit),
        owes_report(deadline.period, unit),
        _ends_later(deadline, unit, until, now),
        _tells_why(reason, "vì sao đơn vị được nộp muộn"),
    )
    return [told for told in reasons if told]


def owes_report(period, unit) -> str | None:
    """The unit is among those the period asks (``campaign.queries.units_owing``)."""
    day = period.reference_date
    if not unit.exists_on(day):
        return (
            f"{unit.name}: không có trong danh sách đơn vị ngày {day:%d/%m/%Y} của {period.title} "
            "nên không phải nộp báo cáo kỳ này."
        )
    if unit.tier is None or deadline_of(period, unit.tier) is None:
        return f"{unit.name}: {period.title} không yêu cầu báo cáo từ nhóm đơn vị này."
    if receiving_units(period.campaign_id, day).filter(unit=unit).exists():
        return f"{unit.name}: là đầu mối tiếp nhận nên không gửi báo cáo cho chính mình."
    return None


def _of_its_tier(deadline, unit):
    if unit.tier == deadline.tier:
        return None
    return f"{unit.name}: hạn này dành cho nhóm “{deadline.get_tier_display()}”."


def _ends_later(deadline, unit, until, now):
    """Leave looks forward, goes beyond due, and never shortens what was given."""
    if until <= now:
        return f"Được nộp đến: phải sau thời điểm hiện tại ({clock.said(now)})."
    if until <= deadline.due:
        return f"Được nộp đến: phải sau hạn nộp chung ({clock.said(deadline.due)})."
    given = extended_until(deadline, unit)
    if given and until <= given:
        return (
            f"Được nộp đến: đơn vị đã được gia hạn đến {clock.said(given)}; chỉ gia hạn thêm được "
            "đến sau thời điểm đó."
        )
    if until > deadline.lock + FARTHEST:
        return "Được nộp đến: quá một năm sau ngày khóa sổ; kiểm tra lại năm đã nhập."
    return None


# Deadlines of a tier


def obstacles_to_setting(deadline, *, due, lock, reason, now) -> list[str]:
    """Everything that stands against new dates; ``deadline`` holds the present ones."""
    reasons = (
        _changes_something(deadline, due, lock),
        _due_still_open(deadline, due, now),
        _looks_forward("Hạn nộp", deadline.due, due, now),
        _looks_forward("Khóa sổ", deadline.lock, lock, now),
        None if lock >= due else "Khóa sổ: không thể trước hạn nộp.",
        _tells_why(reason, "vì sao đổi hạn"),
    )
    return [told for told in reasons if told]


def _changes_something(deadline, due, lock):
    if (due, lock) == (deadline.due, deadline.lock):
        return "Hạn nộp và ngày khóa sổ vẫn như đang đặt: sửa ít nhất một mốc rồi lưu."
    return None


def _due_still_open(deadline, due, now):
    """Once past, due stands: the marks "on time" and "late" of reports already sent rest on it.

    More time then comes as leave to a unit, which is what "nộp muộn có phép" means, or as a later
    lock for all.
    """
    if due == deadline.due or not_after(now, deadline.due):
        return None
    return (
        f"Hạn nộp: đã qua lúc {clock.said(deadline.due)}, các báo cáo đã gửi được ghi đúng hạn hay "
        "muộn theo mốc này nên không đổi nữa. Hãy gia hạn cho từng đơn vị, hoặc lùi ngày khóa sổ."
    )


def _looks_forward(name, old, new, now):
    """Nobody is made late, or shut out, by a moment that has passed."""
    if new == old or new > now:
        return None
    return f"{name}: mốc mới phải sau thời điểm hiện tại ({clock.said(now)})."


# Contributions


def obstacles_to_recording(row, *, years: set[int], this_year: int) -> list[str]:
    """Everything that stands against a contribution (III.1.f); ``years``: of the campaign."""
    reasons = (
        year_to_record(row.year, years, this_year),
        _of_kind("Doanh nghiệp, tổ chức", row.giver, Kind.ENTERPRISE),
        _of_kind("Xã nhận", row.receiver, Kind.COMMUNE),
        _named_in("Doanh nghiệp, tổ chức", row.giver, row.year),
        _named_in("Xã nhận", row.receiver, row.year),
        gives_something(row.amount, row.households, row.jobs),
    )
    return [told for told in reasons if told]


def year_to_record(year: int, years: set[int], this_year: int) -> str | None:
    """Contributions are those of the campaign's years, as far as they have come."""
    if year not in years:
        span = f"{min(years)}–{max(years)}" if years else "(chưa nạp kế hoạch)"
        return f"Năm: {year} ngoài thời gian phong trào {span}; hãy sửa lại năm."
    if year > this_year:
        return f"Năm: {year} chưa đến; hãy sửa lại năm."
    return None


def gives_something(amount: int, households: int, jobs: int) -> str | None:
    """A row of noughts is no contribution."""
    if amount or households or jobs:
        return None
    return (
        "Số tiền: số tiền, số hộ được hỗ trợ và số việc làm không thể cùng bằng 0; hãy ghi phần đã "
        "đóng góp, hoặc bỏ dòng này."
    )


def _of_kind(label, unit, kind):
    if unit.kind == kind:
        return None
    return f"{label}: {unit.name} không phải {kind.label}; hãy chọn lại đơn vị."


def _named_in(label, unit, year):
    """The unit that its code means for the year: codes are reused, and files know codes only."""
    meant = of_code_in(unit.code, unit.kind, year)
    if meant is None:
        return f"{label}: {unit.name} không tồn tại trong năm {year}; hãy chọn lại đơn vị."
    if meant.pk != unit.pk:
        return (
            f"{label}: trong năm {year} mã {unit.code} là {meant.name}; hãy ghi đóng góp cho đơn "
            "vị này."
        )
    return None
