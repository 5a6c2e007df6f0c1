"""What the successions between units must keep to: a reason in Vietnamese, or None."""

from decimal import Decimal

from django.db.models import Sum

from config.text import vn_date
from units.models import Succession


def meets_its_units(link: Succession) -> str | None:
    """The old unit ends and the new one starts on the day of the handover."""
    heir = link.successor
    if link.predecessor.valid_to == link.date and (heir is None or heir.valid_from == link.date):
        return None
    return (
        f"Ngày {vn_date(link.date)}: đơn vị cũ phải hết và đơn vị mới phải bắt đầu đúng ngày kế "
        "thừa. Hãy sửa ngày của đơn vị trước, rồi ghi kế thừa."
    )


def names_heir_once(link: Succession) -> str | None:
    """An end without heir stands alone: it cannot be told beside an heir, nor twice."""
    others = Succession.objects.filter(predecessor=link.predecessor).exclude(pk=link.pk)
    if link.successor is not None:
        others = others.filter(successor__isnull=True)
    if not others.exists():
        return None
    return (
        f"{link.predecessor.name}: đã ghi kế thừa. Một đơn vị hoặc có đơn vị mới, hoặc kết thúc "
        "không có đơn vị mới; hãy sửa dòng đã ghi."
    )


def goes_over_whole_once(link: Succession) -> str | None:
    """Several heirs are those of a split: as heirs of a whole each would know its people by name.

    What stands as something else already may always be called a split.
    """
    others = Succession.objects.filter(predecessor=link.predecessor, successor__isnull=False)
    others = others.exclude(pk=link.pk)
    if link.successor is None or not others.exists():
        return None
    split = Succession.Way.SPLIT
    if link.way == split and (link.pk or not others.exclude(way=split).exists()):
        return None
    return (
        f"Hình thức: {link.predecessor.name} có từ hai đơn vị mới thì mọi dòng kế thừa phải ghi "
        "chia tách. Hãy sửa hình thức của các dòng, hoặc chỉ ghi một đơn vị mới."
    )


def shares_a_whole(link: Succession) -> str | None:
    """Shares are told for splits only, and those of one unit come to no more than the whole."""
    if link.share is None:
        return None
    if link.way != Succession.Way.SPLIT:
        return "Tỷ lệ chuyển sang: chỉ ghi khi chia tách. Hãy để trống."
    others = Succession.objects.filter(predecessor=link.predecessor).exclude(pk=link.pk)
    told = others.aggregate(told=Sum("share"))["told"] or Decimal(0)
    if told + link.share <= 1:
        return None
    return (
        f"Tỷ lệ chuyển sang: các phần của {link.predecessor.name} cộng lại quá 1 (đã ghi {told}). "
        "Hãy sửa để tổng các phần bằng 1."
    )


def obstacles_to_linking(link: Succession) -> list[str]:
    """Everything that stands against the succession as it would be written."""
    reasons = (
        meets_its_units(link),
        names_heir_once(link),
        goes_over_whole_once(link),
        shares_a_whole(link),
    )
    return [reason for reason in reasons if reason]
