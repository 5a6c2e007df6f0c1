"""Checks of the dossier itself: its papers, opinions, holds, the posting, the report's words."""

from collections.abc import Iterator

from django.urls import reverse

from awards.eligibility.facts import Facts
from awards.eligibility.finding import TABLE, Finding
from awards.kinds import Check, Document, HoldKind, Recipient, Severity
from config.text import vn_date, vn_number


def under_inquiry(facts: Facts) -> Iterator[Finding]:
    """Nobody is honoured while being looked into."""
    for stop in facts.stops:
        if stop.ended_on is None:
            until = f", đến ngày {vn_date(stop.lifts_on)}" if stop.lifts_on else ""
            yield Finding(
                Check.INQUIRY,
                Severity.HOLD,
                f"Tạm dừng xét – {stop.label}{until}: {stop.reason}",
                mend="Khi có kết luận, bỏ tạm dừng và ghi lý do.",
            )


def after_discipline(facts: Facts) -> Iterator[Finding]:
    """After discipline the achievement counts from the end of the disciplinary period."""
    for stop in facts.stops:
        ended = stop.ended_on
        if stop.kind == HoldKind.DISCIPLINE and ended and facts.period_from <= ended:
            yield Finding(
                Check.DISCIPLINE,
                Severity.WARN,
                f"Tạm dừng vì kỷ luật hết ngày {vn_date(ended)}, trong thời gian thành tích; nếu "
                "đã bị kỷ luật, thành tích tính từ khi hết thời hạn kỷ luật.",
            )


def obligations_met(facts: Facts) -> Iterator[Finding]:
    """Enterprises show that taxes and social insurance are paid."""
    if facts.recipient != Recipient.ENTERPRISE or Document.OBLIGATIONS in facts.documents:
        return
    if Check.OBLIGATIONS in (facts.law.clauses or {}):
        yield Finding(
            Check.OBLIGATIONS,
            Severity.HOLD,
            f"Chưa có {Document.OBLIGATIONS.label} của doanh nghiệp.",
            mend="Đính kèm xác nhận; cơ sở sản xuất, kinh doanh còn cần xác nhận về môi trường, "
            "an toàn lao động, an toàn thực phẩm.",
        )


def never_consulted(facts: Facts) -> Iterator[Finding]:
    """Where the form demands the opinion of the competent body, one is asked."""
    demand = facts.law.demand
    if demand and demand.consults and not facts.opinions:
        yield Finding(
            Check.CONSULTED,
            Severity.HOLD,
            f"{facts.form} phải lấy hiệp y, hồ sơ chưa hỏi cơ quan nào.",
            clause=demand.clause,
            mend="Gửi hiệp y ở mục Hiệp y của hồ sơ.",
        )


def consultation_answered(facts: Facts) -> Iterator[Finding]:
    """An opinion is waited for until its day; silence lets the dossier go on."""
    clause = facts.law.demand.clause if facts.law.demand else ""
    for asked in facts.opinions:
        told = {"code": Check.CONSULTED, "clause": clause}
        if asked.outcome == "objects":
            yield Finding(
                severity=Severity.HOLD,
                sentence=f"{asked.body} không nhất trí (trả lời {vn_date(asked.answered_on)}).",
                mend="Trả lại, không đề nghị khen, hoặc ghi lý do vì sao vẫn cho đi tiếp.",
                **told,
            )
        elif asked.answered_on is None and asked.due_on and asked.due_on < facts.today:
            yield Finding(
                severity=Severity.INFO,
                sentence=f"{asked.body} không trả lời đến hết hạn {vn_date(asked.due_on)}; hồ sơ "
                "được đi tiếp.",
                **told,
            )
        elif asked.answered_on is None:
            until = f", hạn {vn_date(asked.due_on)}" if asked.due_on else ""
            yield Finding(
                severity=Severity.HOLD,
                sentence=f"Đang chờ hiệp y của {asked.body}{until}.",
                mend="Ghi ý kiến trả lời khi nhận được.",
                **told,
            )


def posted_long_enough(facts: Facts) -> Iterator[Finding]:
    """The public reads the list for the working days demanded, before the council meets."""
    demand = facts.law.demand
    if not demand or not demand.posts:
        return
    needed = demand.posting_days or 1
    over = [each for each in facts.listings if each.closes < facts.today]
    if any(each.days >= needed for each in over):
        return
    so_far = max((each.days for each in facts.listings), default=None)
    seen = "chưa công khai" if so_far is None else "danh sách chưa công khai đủ"
    yield Finding(
        Check.POSTED,
        Severity.BLOCK,
        f"{facts.form} phải công khai ít nhất {vn_number(needed)} ngày làm việc trước khi Hội đồng "
        f"họp; {seen}.",
        clause=demand.clause,
        mend="Công khai danh sách, hết thời gian công khai mới đưa ra Hội đồng.",
        before=TABLE,
    )


def opinions_handled(facts: Facts) -> Iterator[Finding]:
    """An opinion of the public on the list is answered before the council meets."""
    if facts.open_objections:
        yield Finding(
            Check.POSTED,
            Severity.HOLD,
            f"Còn {vn_number(facts.open_objections)} ý kiến về danh sách công khai chưa xem xét.",
            mend="Xem xét và trả lời từng ý kiến.",
            before=TABLE,
        )


def report_is_own(facts: Facts) -> Iterator[Finding]:
    """A report that repeats another one; the pair is read side by side."""
    for other, percent in facts.alike:
        yield Finding(
            Check.ALIKE,
            Severity.WARN,
            f"Báo cáo thành tích giống khoảng {percent}% báo cáo của hồ sơ số {other}.",
            mend="Đọc hai báo cáo cạnh nhau; trả lại nếu chép.",
            link=reverse("awards:alike_reports", args=[facts.pk, other]),
        )


def papers_complete(facts: Facts) -> Iterator[Finding]:
    """Every document that the rule set demands of this form and recipient is there."""
    for paper in facts.law.papers:
        if paper.required and not paper.written_here and paper.document not in facts.documents:
            copies = f", {vn_number(paper.copies)} bản" if paper.copies else ""
            yield Finding(
                Check.DOSSIER,
                Severity.HOLD,
                f"Hồ sơ còn thiếu: {paper.label}{copies}.",
                clause=paper.clause,
                mend="Đính kèm; nếu đã nộp bản giấy, người thẩm định ghi rõ.",
            )
