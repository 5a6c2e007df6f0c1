"""What an entry of the ledger of honours must keep to: a reason in Vietnamese, or None."""

from datetime import date

from config.text import vn_date
from units.kinds import Kind
from units.models import Unit

LONGEST_REASON = 2_000


def obstacles_to_honouring(honour, *, register_starts: date, today: date) -> list[str]:
    """Everything that stands against an entry; ``register_starts``: the register's first day."""
    reasons = (
        not_to_come(honour.decided_on, today),
        period_whole(honour.period_from, honour.period_to),
        period_in_order(honour.period_from, honour.period_to),
        period_before_decision(honour.period_to, honour.decided_on),
        of_recipient(honour.recipient, honour.unit.kind),
        _unit_then(honour.unit, honour.decided_on, register_starts),
    )
    return [told for told in reasons if told]


def entered_by_hand(honour) -> str | None:
    """What a decision in this portal wrote stands as that decision does."""
    if not hasattr(honour, "line"):
        return None
    return (
        f"Khen thưởng này do quyết định số {honour.number} nhập trong cổng ghi vào sổ nên không "
        "sửa, xóa ở đây được; muốn bỏ thì nhập quyết định hủy bỏ."
    )


def not_to_come(decided_on: date, today: date) -> str | None:
    """The ledger holds what is decided."""
    if decided_on <= today:
        return None
    return f"Ngày quyết định: {vn_date(decided_on)} chưa đến; hãy sửa lại ngày."


def period_whole(first: int | None, last: int | None) -> str | None:
    """The next proposal counts from the end of the achievement period (NĐ 98/2023, Điều 30)."""
    if (first is None) == (last is None):
        return None
    return "Thành tích đến năm: ghi cả năm đầu và năm cuối của thành tích, hoặc để trống cả hai."


def period_in_order(first: int | None, last: int | None) -> str | None:
    if first is None or last is None or first <= last:
        return None
    return f"Thành tích đến năm: {last} trước năm đầu {first}; hãy sửa lại."


def period_before_decision(last: int | None, decided_on: date) -> str | None:
    """An achievement is rewarded once it is there."""
    if last is None or last <= decided_on.year:
        return None
    return (
        f"Thành tích đến năm: {last} sau năm của quyết định ({vn_date(decided_on)}); hãy sửa lại."
    )


def of_recipient(recipient: str, kind: str) -> str | None:
    """An enterprise's honour stands at an enterprise of the register."""
    if recipient != "enterprise" or kind == Kind.ENTERPRISE:
        return None
    return "Đơn vị: khen thưởng doanh nghiệp, tổ chức thì ghi mã của doanh nghiệp, tổ chức đó."


def day_of_unit(decided_on: date, register_starts: date) -> date:
    """The day whose register names the unit; before its first day nothing is known of units."""
    return max(decided_on, register_starts)


def _unit_then(unit: Unit, decided_on: date, register_starts: date) -> str | None:
    day = day_of_unit(decided_on, register_starts)
    if unit.exists_on(day):
        return None
    return f"Đơn vị: {unit.name} không tồn tại vào {vn_date(day)}; hãy ghi đơn vị của ngày đó."
