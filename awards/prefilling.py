"""What an achievement report can begin with: facts that the portal knows, each with its source.

Written as text that people read, mend and take for their own. Never what is sensitive: ethnicity,
health and deprivation are kept of nobody, and are not spoken of here.
"""

from collections.abc import Callable, Iterable

from django.db.models import Sum

from awards.candidates import tier_of
from awards.history import history_of
from awards.models import Nomination
from campaign.models import Contribution
from config.text import vn_date, vn_number
from criteria.models import Answer, Checklist, RankingRow
from criteria.states import ChecklistState, RankingState
from units.kinds import Kind
from units.models import EscapeRegistration, PovertyReview, User, path_below
from units.models.poverty import Stage

FIGURES = ("households", "poor_opening", "poor_closing", "near_opening", "near_closing")


def prefilled(nomination: Nomination, keys: Iterable[str], *, user: User | None) -> dict[str, str]:
    """The text for each key that the outline asks for; "" where nothing is known."""
    found = {}
    for key in set(keys) & set(FILLS):
        lines, source = FILLS[key](nomination, user)
        found[key] = "\n".join([*lines, f"(Nguồn: {source}.)"]) if lines else ""
    return found


def years_of(nomination: Nomination) -> range:
    """The years of the achievement."""
    return range(nomination.period_from.year, nomination.period_to.year + 1)


def _head(nomination, user):
    person, household, unit = nomination.person, nomination.household, nomination.unit
    if person:
        lines = [f"Họ và tên: {person.name}", f"Đối tượng: {person.get_kind_display()}"]
        lines += [f"Chức vụ, nghề nghiệp: {person.position}"] if person.position else []
        lines += [f"Giới tính: {person.get_sex_display()}"] if person.sex else []
        lines += [f"Đơn vị: {nomination.address}"]
        lines += [f"Tham gia phong trào từ: {vn_date(person.takes_part_from)}"]
        return lines, "danh sách cá nhân tham gia"
    if household:
        lines = [f"Chủ hộ: {household.head}", f"Địa chỉ: {nomination.address}"]
        return lines, "danh sách hộ của xã"
    lines = [f"Tên: {unit.name}", f"Loại: {unit.subtype or unit.get_kind_display()}"]
    lines += [f"Mã số: {unit.code}"] if unit.kind == Kind.ENTERPRISE else []
    lines += [f"Thuộc: {unit.parent.name}"] if unit.parent else []
    return lines, "sổ đơn vị"


def sent_checklists(nomination: Nomination) -> list[Checklist]:
    """The checklists that the unit sent for the years of the achievement, the oldest first."""
    rows = Checklist.objects.filter(
        unit=nomination.unit_id,
        period__campaign=nomination.round.campaign_id,
        period__year__in=years_of(nomination),
    ).exclude(state=ChecklistState.OPEN)
    related = rows.select_related("period", "criteria_set")
    return list(related.order_by("period__year", "period__kind"))


def answers_of(checklists: Iterable[Checklist]) -> list[Answer]:
    """Their answers in the order of the criteria, in one query."""
    rows = Answer.objects.filter(checklist__in=list(checklists))
    rows = rows.select_related("criterion", "checklist__period")
    order = ("checklist__period__year", "checklist__period__kind", "criterion__number")
    return list(rows.order_by(*order))


def answer_in_words(answer: Answer) -> str:
    """ "Đạt", "52,3 %" or "chưa trả lời"."""
    if answer.grade:
        return answer.get_grade_display()
    if answer.number is None:
        return "chưa trả lời"
    return f"{vn_number(answer.number)} {answer.criterion.unit}".strip()


def _checklist(nomination, user):
    lines = [
        f"{answer.checklist.period.year} – {answer.criterion.clause}: {answer_in_words(answer)}"
        for answer in answers_of(sent_checklists(nomination))
    ]
    return lines, "bảng tự đánh giá đơn vị đã nộp"


def _ranking(nomination, user):
    rows = RankingRow.objects.filter(
        unit=nomination.unit_id,
        ranking__state=RankingState.PUBLISHED,
        ranking__period__campaign=nomination.round.campaign_id,
        ranking__period__year__in=years_of(nomination),
        ranking__tier=tier_of(nomination),
    ).select_related("ranking__period", "ranking__block")
    lines = [
        f"{row.ranking}: hạng {row.final_place}" + (" (đồng hạng)" if row.tied else "")
        for row in rows.order_by("ranking__period__year", "pk")
    ]
    return lines, "bảng xếp hạng đã công bố"


def _poverty(nomination, user):
    """Sums over the communes of the unit; of a year that has both, the official figures."""
    rows = PovertyReview.objects.filter(
        path_below(nomination.unit.path, "unit__path"),
        unit__kind=Kind.COMMUNE,
        year__in=years_of(nomination),
    )
    sums = rows.values("year", "stage", "standard__name").order_by("year", "stage")
    told: dict[int, dict] = {}
    for row in sums.annotate(**{f"sum_{name}": Sum(name) for name in FIGURES}):
        if row["year"] not in told or row["stage"] == Stage.OFFICIAL:
            told[row["year"]] = row
    return [_figures(row) for row in told.values()], "kết quả rà soát hộ nghèo hằng năm"


def _figures(row: dict) -> str:
    poor, near = (
        f"từ {vn_number(row[f'sum_{name}_opening'])} xuống còn "
        f"{vn_number(row[f'sum_{name}_closing'])} hộ"
        if row[f"sum_{name}_closing"] < row[f"sum_{name}_opening"]
        else f"đầu năm {vn_number(row[f'sum_{name}_opening'])}, cuối năm "
        f"{vn_number(row[f'sum_{name}_closing'])} hộ"
        for name in ("poor", "near")
    )
    return (
        f"Năm {row['year']} ({Stage(row['stage']).label}; {row['standard__name']}): tổng số "
        f"{vn_number(row['sum_households'])} hộ; hộ nghèo {poor}; hộ cận nghèo {near}."
    )


def _household(nomination, user):
    household = nomination.household
    if household is None:
        return [], ""
    lines = [
        f"Cuối năm {row.year}: {row.get_status_display()}."
        for row in household.years.order_by("year")
    ]
    registered = EscapeRegistration.objects.filter(household=household).order_by("year")
    lines += [
        f"Đăng ký thoát nghèo năm {row.year} (ngày {vn_date(row.registered_on)}): "
        f"{row.get_outcome_display()}."
        for row in registered
    ]
    return lines, "danh sách hộ của xã"


def _contributions(nomination, user):
    if nomination.person or nomination.household:
        return [], ""
    rows = Contribution.objects.filter(giver=nomination.unit_id, year__in=years_of(nomination))
    lines = []
    for row in rows.select_related("receiver").order_by("year", "receiver__sort_key"):
        told = f"Năm {row.year}, {row.receiver.name}: {vn_number(row.amount)} đồng"
        told += f", {vn_number(row.households)} hộ được hỗ trợ" if row.households else ""
        lines.append(told + (f", {vn_number(row.jobs)} việc làm." if row.jobs else "."))
    return lines, "sổ đóng góp của doanh nghiệp, tổ chức"


def _honours(nomination, user):
    lines = []
    for entry in history_of(nomination, user=user):
        honour = entry.honour
        told = (
            f"Năm {honour.decided_on.year} – {honour.form}: số {honour.number}, ngày "
            f"{vn_date(honour.decided_on)}, {honour.issuer}"
        )
        lines.append(told + (f" (cần kiểm tra: {entry.doubt})" if entry.doubt else "."))
    return lines, "sổ khen thưởng"


FILLS: dict[str, Callable] = {
    "head": _head,
    "checklist": _checklist,
    "ranking": _ranking,
    "poverty": _poverty,
    "household": _household,
    "contributions": _contributions,
    "honours": _honours,
}
"""By the word that the outline names: (nomination, user) → its lines and where they come from."""
