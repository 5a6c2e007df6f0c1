"""Checks against what the candidate received before and is nominated for beside."""

from collections.abc import Iterator

from django.urls import reverse

from awards.eligibility.facts import Facts, LedgerRow, Rival
from awards.eligibility.finding import Finding
from awards.history import next_period
from awards.kinds import AwardType, Check, Severity
from config.text import vn_date, vn_number

NOT_COUNTED = (AwardType.DEDICATION, AwardType.TENURE)
"""What is given for a life's work or years of service stands beside other forms."""
UNFIT_FOR_MERIT = (AwardType.MOVEMENT, AwardType.UNEXPECTED)


def _told(row: LedgerRow) -> str:
    """An honour without the name: form, number, day, years."""
    years = f", thành tích {row.period_from}–{row.period_to}" if row.period_from else ""
    return f"{row.form} (quyết định số {row.number} ngày {vn_date(row.decided_on)}{years})"


def _ledger(row: LedgerRow) -> str:
    return reverse("awards:honour", args=[row.pk])


def _dossier(rival: Rival) -> str:
    return reverse("awards:nomination", args=[rival.pk])


def _meets(facts: Facts, rival: Rival) -> bool:
    return rival.period_from <= facts.period_to and facts.period_from <= rival.period_to


def same_achievement(facts: Facts) -> Iterator[Finding]:
    """No several awards or forms for one achievement: same type, years in common."""
    for row in facts.within:
        if row.award_type == facts.award_type:
            yield Finding(
                Check.SAME,
                Severity.HOLD,
                f"Thời gian thành tích trùng với khen thưởng đã có: {_told(row)}.",
                mend="Sửa thời gian thành tích, hoặc ghi lý do vì sao là thành tích khác.",
                link=_ledger(row),
            )


def nominated_elsewhere(facts: Facts) -> Iterator[Finding]:
    """The same candidate is on its way for another form, or in another round."""
    for rival in facts.rivals:
        if rival.award_type == facts.award_type and _meets(facts, rival):
            yield Finding(
                Check.SAME,
                Severity.HOLD,
                f"Đang được đề nghị cả {rival.form} trong “{rival.round}” (hồ sơ số {rival.pk}), "
                "thời gian thành tích trùng nhau.",
                mend="Rút một hồ sơ, hoặc ghi lý do vì sao là thành tích khác.",
                link=_dossier(rival),
            )


def before_next_period(facts: Facts) -> Iterator[Finding]:
    """The next achievement counts from the end of the period of the previous decision, or from

    its day where it states none.
    """
    last = next_period(facts.entries, facts.award_type)
    if last is None or facts.period_from > last.starts:
        return
    stated = (
        f"ghi thành tích đến {vn_date(last.achieved_until)}"
        if last.achieved_until
        else "không ghi thời gian thành tích"
    )
    yield Finding(
        Check.NEXT_PERIOD,
        Severity.WARN,
        f"Quyết định khen gần nhất ngày {vn_date(last.decided_on)} {stated}, nên thành tích lần "
        f"này tính sau ngày {vn_date(last.starts)}; hồ sơ tính từ {vn_date(facts.period_from)}.",
        link=_ledger(last.honour),
    )


def merit_on_movement(facts: Facts) -> Iterator[Finding]:
    """Results of thematic and unexpected commendation are no basis for merit.

    What the dossier rests on is for people to read; computed is only that the ledger holds
    nothing else within the period.
    """
    if facts.award_type != AwardType.MERIT:
        return
    within = facts.within
    if within and all(row.award_type in UNFIT_FOR_MERIT for row in within):
        yield Finding(
            Check.MERIT_BASIS,
            Severity.BLOCK,
            "Đề nghị theo công trạng, nhưng trong thời gian thành tích sổ khen thưởng chỉ có khen "
            f"theo phong trào hoặc đột xuất ({vn_number(len(within))} lần), không được làm căn cứ. "
            "Cổng chỉ đối chiếu sổ khen thưởng, không đọc được căn cứ khác trong hồ sơ.",
            mend="Chọn lại loại khen thưởng; nếu hồ sơ dựa vào căn cứ khác, người thẩm định ghi "
            "lý do.",
            link=_ledger(within[0]),
        )


def state_level_again(facts: Facts) -> Iterator[Finding]:
    """Two state-level forms for one subject in one year."""
    number = facts.law.clause_of(Check.STATE_ONCE).number
    if number is None or not facts.is_central or facts.award_type in NOT_COUNTED:
        return
    year = facts.decision_day.year
    had = [
        _told(row)
        for row in facts.sure
        if row.form_code in facts.central_forms
        and row.decided_on.year == year
        and row.award_type not in NOT_COUNTED
    ]
    had += [
        f"{rival.form} (hồ sơ số {rival.pk})"
        for rival in facts.rivals
        if rival.form_code in facts.central_forms
        and rival.year == facts.year
        and rival.award_type not in NOT_COUNTED
    ]
    if len(had) >= number:
        yield Finding(
            Check.STATE_ONCE,
            Severity.WARN,
            f"Năm {year} đã có hoặc đang đề nghị hình thức cấp nhà nước khác: {'; '.join(had)}. "
            "Trừ trường hợp đặc biệt xuất sắc.",
        )


def two_orders(facts: Facts) -> Iterator[Finding]:
    """Two orders, or an order and the Prime Minister's certificate, for one achievement."""
    if not facts.is_central:
        return
    had = [_told(row) for row in facts.within if row.form_code in facts.central_forms]
    had += [
        f"{rival.form} (hồ sơ số {rival.pk})"
        for rival in facts.rivals
        if rival.form_code in facts.central_forms and _meets(facts, rival)
    ]
    if had:
        yield Finding(
            Check.TWO_ORDERS,
            Severity.HOLD,
            f"Cùng thời gian thành tích còn hình thức cấp nhà nước khác: {'; '.join(had)}.",
            mend="Chỉ giữ một hình thức, hoặc ghi lý do vì sao là thành tích khác.",
        )


def namesakes(facts: Facts) -> Iterator[Finding]:
    """What only people can tell: entries of the ledger that may be the candidate's."""
    doubts: dict[str, int] = {}
    for entry in facts.entries:
        if not entry.sure:
            doubts[entry.doubt] = doubts.get(entry.doubt, 0) + 1
    for doubt, number in doubts.items():
        yield Finding(
            Check.NAMESAKES,
            Severity.INFO,
            f"Sổ khen thưởng có {vn_number(number)} khen thưởng cần xem có phải của đối tượng này "
            f"không. {doubt}",
        )
