"""Whether: what a round of commendation must keep to; reasons in Vietnamese."""

from collections.abc import Iterable, Iterator

from awards.law import offering_problem
from awards.models import AwardForm, Round
from awards.rules import LONGEST_REASON
from config import clock
from config.text import vn_date, vn_number


def faults_of_round(round: Round, forms: Iterable[AwardForm]) -> list[str]:
    """What is wrong with the unit, the period and the forms on offer.

    The order of the dates is the database's to watch (``Round.Meta.constraints``).
    """
    found = [unit_lives(round), period_within_campaign(round), *faults_of_forms(round, forms)]
    return [reason for reason in found if reason]


def unit_lives(round: Round) -> str | None:
    """Nobody decides in the name of a unit that has ended, or is yet to come."""
    day = round.planned_day
    if round.unit.exists_on(day):
        return None
    return (
        f"Đơn vị tổ chức đợt: {round.unit.name} không tồn tại vào {vn_date(day)}; hãy sửa ngày, "
        "hoặc để đơn vị của ngày đó lập đợt."
    )


def period_within_campaign(round: Round) -> str | None:
    """A movement rewards what was achieved in it."""
    campaign = round.campaign
    spanned = f"phong trào từ {vn_date(campaign.starts)} đến hết {vn_date(campaign.ends)}"
    if round.period_from < campaign.starts:
        return f"Thành tích từ ngày: {spanned}; hãy sửa lại ngày."
    if round.period_to > campaign.ends:
        return f"Thành tích đến hết ngày: {spanned}; hãy sửa lại ngày."
    return None


def faults_of_forms(round: Round, forms: Iterable[AwardForm]) -> Iterator[str]:
    """Each form is one that the unit may decide, or the province put forward, on the day."""
    for form in forms:
        if reason := _fault_of_form(round, form):
            yield f"Hình thức khen thưởng: {reason}"


def _fault_of_form(round: Round, form: AwardForm) -> str | None:
    if form.campaign_id != round.campaign_id:
        return f"{form} không thuộc phong trào của đợt này."
    if form.grades.exists():
        return f"{form} gồm nhiều hạng, nhiều người quyết định; hãy chọn hình thức cụ thể."
    return offering_problem(form, round.unit.kind, round.planned_day)


def quota_fits(form: AwardForm, quota: int | None) -> str | None:
    """A number advised is a number; without one nothing is advised."""
    if quota is None or 0 < quota <= MOST:
        return None
    return f"Chỉ tiêu – {form}: phải từ 1 đến {vn_number(MOST)}, hoặc để trống."


MOST = 32_767
"""As many as the column holds."""


# Rules (round, note, now) of ``awards.steps``


def offers_forms(round, note, now):
    """A round without a form asks for nothing."""
    if round.offers.exists():
        return None
    return "Đợt chưa có hình thức khen thưởng nào; hãy sửa đợt và chọn ít nhất một hình thức."


def due_to_come(round, note, now):
    """Nobody is asked for what is over."""
    return due_not_past(round, clock.day_of(now))


def due_not_past(round: Round, today) -> str | None:
    if today <= round.due:
        return None
    return f"Hạn nhận hồ sơ: ngày {vn_date(round.due)} đã qua; hãy sửa hạn."


def stands(round, note, now):
    """The law or the register may have changed since the draft was saved."""
    forms = [offer.form for offer in round.offers.select_related("form")]
    return " ".join(faults_of_round(round, forms)) or None


def receiving_is_over(round, note, now):
    """Units may send until the day that they were told."""
    if clock.day_of(now) > round.due:
        return None
    return (
        f"Còn nhận hồ sơ đến hết ngày {vn_date(round.due)}; đóng được từ ngày hôm sau. Muốn đóng "
        "sớm hơn thì sửa hạn nhận hồ sơ."
    )


def says_why(round, note, now):
    """Who reopens explains it to those who were told that it was over."""
    if not note.strip():
        return "Cần ghi lý do mở lại đợt."
    if len(note) > LONGEST_REASON:
        return f"Lý do dài quá {vn_number(LONGEST_REASON)} ký tự; hãy rút gọn."
    return None
