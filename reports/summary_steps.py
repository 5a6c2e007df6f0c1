"""The arrows of a summary's life. The diagram in the README is drawn from here."""

from config.workflow import Step
from reports import permissions
from reports.states import State, SummaryState

TEXTS = {
    "assessment": "đánh giá chung",
    "shortcomings": "hạn chế, nguyên nhân",
    "directions": "phương hướng, kiến nghị",
}
"""The free texts of a summary; none may be missing when it is frozen."""


def texts_are_written(summary, note, now):
    """What no figure can say must be said by somebody."""
    missing = [label for name, label in TEXTS.items() if not getattr(summary, name).strip()]
    return f"Chưa viết phần {', phần '.join(missing)}." if missing else None


def passages_are_accepted(summary, note, now):
    """What is quoted stands in a report that is accepted still: each line has its source."""
    gone = summary.selections.exclude(section__report__state=State.ACCEPTED)
    units = gone.values_list("section__report__unit__name", flat=True).distinct()
    if not units:
        return None
    return (
        f"Đoạn trích của {', '.join(sorted(units))}: báo cáo đã được mở lại, hiện chưa nhận. Hãy "
        "bỏ đoạn trích, hoặc chờ báo cáo được nhận."
    )


def not_issued(summary, note, now):
    """Number, date and signer are entered once; what is wrong then is mended by a new edition."""
    if summary.is_issued:
        return (
            f"Báo cáo đã ghi số {summary.number}, ký ngày {summary.signed_on:%d/%m/%Y}; "
            "nếu có sai sót, lập bản mới."
        )
    return None


SUMMARY_STEPS = {
    "freeze": Step(
        label="chốt báo cáo",
        sources=(SummaryState.DRAFT,),
        target=SummaryState.FROZEN,
        may=permissions.composes_summary,
        rules=(texts_are_written, passages_are_accepted),
    ),
    "issue": Step(
        label="ghi số, ngày ký",
        sources=(SummaryState.FROZEN,),
        target=SummaryState.FROZEN,
        may=permissions.composes_summary,
        rules=(not_issued,),
    ),
}
