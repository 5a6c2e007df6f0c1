"""What a decision must keep to: reasons in Vietnamese, or None."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from awards import names
from awards.kinds import DecisionKind, Recipient
from awards.models import Decision, DecisionLine, Honour, Nomination, Submission, SubmissionLine
from awards.rules import LONGEST_REASON
from awards.states import NominationState, SubmissionState
from config.text import vn_date, vn_number


def of_one_submission(lines: Sequence[SubmissionLine]) -> str | None:
    if not lines:
        return "Hồ sơ: chọn ít nhất một hồ sơ."
    if len({line.submission_id for line in lines}) > 1:
        return "Hồ sơ: một quyết định theo một tờ trình."
    return None


def of_one_form(nominations: Sequence[Nomination]) -> str | None:
    """One decision for each form."""
    forms = sorted({row.form.name for row in nominations})
    if len(forms) < 2:
        return None
    return f"Một quyết định chỉ khen một hình thức; hãy nhập riêng cho: {'; '.join(forms)}."


def was_sent(submission: Submission) -> str | None:
    if submission.state == SubmissionState.SENT:
        return None
    return "Tờ trình chưa có số, ngày; hãy ghi số, ngày tờ trình trước."


def still_proposed(nominations: Sequence[Nomination]) -> list[str]:
    return [
        f"{row.name}: hồ sơ {row.get_state_display()} nên không ghi vào quyết định được; có thể "
        "vừa có người nhập quyết định này."
        for row in nominations
        if row.state != NominationState.PROPOSED
    ]


def told_whole(**texts: str) -> list[str]:
    """Number, signer and the fund that pays: each by its label."""
    return [f"{label}: chưa ghi." for label, text in texts.items() if not text]


def day_fits(decided_on: date, today: date, earliest: date, what: str) -> str | None:
    if decided_on > today:
        return f"Ngày quyết định: {vn_date(decided_on)} chưa đến; hãy sửa lại ngày."
    if decided_on < earliest:
        return (
            f"Ngày quyết định: không thể trước ngày {what} ({vn_date(earliest)}); hãy sửa lại ngày."
        )
    return None


def number_free(unit, number: str, decided_on: date) -> str | None:
    key = names.number_key(number)
    if Decision.objects.filter(unit=unit, number_key=key, decided_on=decided_on).exists():
        return f"Số quyết định: số {number} ngày {vn_date(decided_on)} đã được nhập."
    return None


def minority_fits(minority: Mapping[str, int], recipients: Iterable[str]) -> list[str]:
    """No more recipients of an ethnic minority than recipients."""
    counts = Counter(recipients)
    return [
        f"Dân tộc thiểu số ({Recipient(kind).label}): {vn_number(number)} nhiều hơn số được khen "
        f"là {vn_number(counts[kind])}."
        for kind, number in minority.items()
        if not 0 <= number <= counts[kind]
    ]


def not_in_ledger(honours: Sequence[Honour]) -> list[str]:
    """The ledger has no entry of the same decision for the same recipient."""
    if not honours:
        return []
    first = honours[0]
    standing = Honour.objects.filter(number=first.number, decided_on=first.decided_on)
    there = set(standing.values_list("recipient", "unit_id", "name"))
    return [
        f"{row.name}: sổ khen thưởng đã ghi theo số và ngày quyết định này; hãy xóa dòng đó trước."
        for row in honours
        if (row.recipient, row.unit_id, row.name) in there
    ]


# Handing over and taking back


def of_one_decision(lines: Sequence[DecisionLine]) -> str | None:
    if not lines:
        return "Người được khen: chọn ít nhất một dòng."
    if len({line.decision_id for line in lines}) > 1:
        return "Người được khen: chọn các dòng của một quyết định."
    if lines[0].decision.kind != DecisionKind.AWARD:
        return "Quyết định hủy bỏ không trao, không hủy bỏ được."
    return None


def not_revoked(lines: Sequence[DecisionLine]) -> list[str]:
    taken = DecisionLine.objects.filter(revokes__in=[line.pk for line in lines])
    return [
        f"{line.name}: đã bị hủy bỏ theo {line.decision} ngày {vn_date(line.decision.decided_on)}."
        for line in taken.select_related("decision")
    ]


def handed_over_in_time(presented_on: date, decided_on: date, today: date) -> str | None:
    if presented_on > today:
        return f"Ngày trao: {vn_date(presented_on)} chưa đến; hãy sửa lại ngày."
    if presented_on < decided_on:
        return f"Ngày trao: không thể trước ngày quyết định ({vn_date(decided_on)})."
    return None


def says_why(reason: str) -> str | None:
    if not reason:
        return "Lý do: cần ghi vì sao hủy bỏ."
    if len(reason) > LONGEST_REASON:
        return f"Lý do: dài quá {vn_number(LONGEST_REASON)} ký tự; hãy rút gọn."
    return None
