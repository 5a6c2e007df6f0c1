"""Whether: what a public list and the opinions on it must keep to; reasons in Vietnamese."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings

from awards.models import Nomination, Objection, PostedNomination, Posting, Round, Timing
from awards.rules import LONGEST_REASON
from awards.states import NominationState
from awards.working_days import count_working_days
from config import clock
from config.text import vn_date, vn_number


def days_demanded(nominations: Sequence[Nomination]) -> dict[int, Timing]:
    """What the law of each dossier demands of posting, by nomination; one query."""
    asked = {(row.rule_set_id, row.form.code) for row in nominations}
    rules = {rule for rule, _ in asked}
    codes = {code for _, code in asked}
    found = Timing.objects.filter(rule_set__in=rules, form__code__in=codes).select_related("form")
    told = {(timing.rule_set_id, timing.form.code): timing for timing in found}
    pairs = ((row.pk, told.get((row.rule_set_id, row.form.code))) for row in nominations)
    return {key: timing for key, timing in pairs if timing}


def faults_of_list(
    round: Round, rows: Sequence[Nomination], opens: date, closes: date, *, today: date
) -> list[str]:
    """What stands against a list, its days and whom it names."""
    if not rows:
        return ["Danh sách: chọn ít nhất một hồ sơ đã thẩm định."]
    found = []
    if any(row.offer.round_id != round.pk for row in rows):
        found.append("Danh sách: có hồ sơ không thuộc đợt khen thưởng này.")
    if opens < today:
        found.append(f"Công khai từ ngày: {vn_date(opens)} đã qua; sớm nhất là hôm nay.")
    if closes < opens:
        found.append("Công khai đến hết ngày: không thể trước ngày đầu.")
        return found
    return found + _too_short(rows, opens, closes)


def _too_short(rows, opens: date, closes: date) -> list[str]:
    """A posting of n days needs n working days, the first and the last included."""
    days, demanded = count_working_days(opens - timedelta(days=1), closes), days_demanded(rows)
    short = {
        row.form: timing
        for row, timing in ((row, demanded.get(row.pk)) for row in rows)
        if timing and timing.posting_days and timing.posting_days > days
    }
    return [
        f"Công khai đến hết ngày: {form} phải công khai ít nhất {vn_number(timing.posting_days)} "
        f"ngày làm việc{f' ({timing.clause})' if timing.clause else ''}; từ {vn_date(opens)} đến "
        f"hết {vn_date(closes)} có {vn_number(days)} ngày."
        for form, timing in short.items()
    ]


def faults_of_taking_down(posting: Posting, reason: str, *, today: date) -> list[str | None]:
    over = posting.taken_down_on or posting.closes < today
    return [
        "Danh sách này không còn công khai nên không cần gỡ." if over else None,
        None if reason else "Lý do: cần ghi vì sao gỡ danh sách.",
        "Lý do: dài quá; hãy rút gọn." if len(reason) > LONGEST_REASON else None,
    ]


def takes_opinions(posting: Posting, nomination: Nomination, today: date) -> str | None:
    """Opinions are taken on the days of the list, its last day whole, on who stands on it still."""
    if posting.is_shown_on(today) and nomination.state == NominationState.POSTED:
        return None
    return "Danh sách này không còn công khai nên không nhận ý kiến nữa."


def not_flooded(line: PostedNomination, now) -> str | None:
    """A bound on opinions about one candidate within a day, so that nobody fills the store."""
    since = now - timedelta(days=1)
    if line.objections.filter(received_at__gt=since).count() < settings.OPINIONS_PER_DAY:
        return None
    return (
        "Hôm nay đã có rất nhiều ý kiến về trường hợp này; hãy gửi lại vào ngày mai, hoặc gửi "
        "bằng văn bản."
    )


def faults_of_answer(opinion: Objection, outcome: str, answer: str) -> list[str | None]:
    return [
        "Ý kiến này đã được xem xét xong." if opinion.handled_at else None,
        None if outcome in Objection.Outcome.values else "Kết quả xem xét: cần chọn.",
        None if answer else "Nội dung trả lời: cần ghi.",
    ]


# Rules (nomination, note, now) of ``awards.steps``


def posting_is_over(nomination: Nomination, note, now):
    """What is posted goes before the council once the days of every standing list are over."""
    lines = nomination.postings.filter(posting__taken_down_on__isnull=True)
    last = lines.select_related("posting").order_by("-posting__closes").first()
    if last is None or last.posting.closes < clock.day_of(now):
        return None
    return f"Danh sách công khai đến hết {vn_date(last.posting.closes)}; sau ngày đó mới họp."


def opinions_handled(nomination: Nomination, note, now):
    """An open opinion holds the case."""
    number = Objection.objects.filter(line__nomination=nomination, handled_at__isnull=True).count()
    if not number:
        return None
    return f"Còn {vn_number(number)} ý kiến về danh sách công khai chưa xem xét."
