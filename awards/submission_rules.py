"""What a tờ trình must keep to: reasons in Vietnamese, or None."""

from collections.abc import Sequence
from datetime import date

from awards import deciding
from awards.models import Nomination, Round, Submission
from awards.states import NominationState, SubmissionState
from config.text import vn_date


def not_empty(nominations: Sequence[Nomination]) -> str | None:
    return None if nominations else "Hồ sơ: chọn ít nhất một hồ sơ."


def of_round(round: Round, nominations: Sequence[Nomination]) -> str | None:
    if all(row.offer.round_id == round.pk for row in nominations):
        return None
    return f"Hồ sơ: chỉ ghép hồ sơ của đợt “{round.title}”."


def agreed_to(nominations: Sequence[Nomination]) -> list[str]:
    """Only what the council agreed to goes on."""
    return [
        f"{row.name}: hồ sơ {row.get_state_display()} nên chưa trình quyết định được."
        for row in nominations
        if row.state != NominationState.VOTED
    ]


def not_elsewhere(nominations: Sequence[Nomination], submission: Submission) -> list[str]:
    """A nomination stands in one tờ trình."""
    lines = deciding.lines_of(nominations).exclude(submission=submission.pk)
    return [
        f"{line.nomination.name}: đã có trong {line.submission}."
        for line in lines.select_related("nomination", "submission")
    ]


def is_draft(submission: Submission) -> str | None:
    if submission.state == SubmissionState.DRAFT:
        return None
    return f"{submission} đã trình nên không sửa, xóa, trình lại được."


def numbered(number: str) -> str | None:
    return None if number else "Số tờ trình: chưa ghi số."


def day_fits(dated_on: date, today: date, held_on: date | None) -> str | None:
    """A tờ trình rests on the minutes of the council."""
    if dated_on > today:
        return f"Ngày tờ trình: {vn_date(dated_on)} chưa đến; hãy sửa lại ngày."
    if held_on and dated_on < held_on:
        return (
            f"Ngày tờ trình: không thể trước ngày Hội đồng họp ({vn_date(held_on)}); hãy sửa lại "
            "ngày."
        )
    return None


def number_free(submission: Submission, number: str, dated_on: date) -> str | None:
    same = Submission.objects.filter(unit=submission.unit_id, number=number, dated_on=dated_on)
    if same.exclude(pk=submission.pk).exists():
        return f"Số tờ trình: số {number} ngày {vn_date(dated_on)} đã được nhập."
    return None
