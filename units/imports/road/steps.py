"""What a person may do with an import, at which states, and what stands in the way."""

from datetime import timedelta

from django.conf import settings

from config.workflow import Step
from units import permissions
from units.imports.kind import kind_of
from units.imports.road.presence import is_forgotten, is_interrupted
from units.models import Import, User

WAITS = timedelta(hours=24)
"""How long a file waits for its confirmation."""
State = Import.State


def brings_it_in(user: User | None, job: Import, now) -> str | None:
    """The person who uploaded the file, while the kind is still this person's business."""
    if user is None:
        return None
    if job.uploaded_by_id != user.pk:
        return "Chỉ người tải tệp lên làm được việc này; hãy tự tải tệp lên và xem trước."
    return _of_kind(user, job)


def may_give_up(user: User | None, job: Import, now) -> str | None:
    """The person who uploaded the file, whatever the office today, and administrators."""
    if user is None or job.uploaded_by_id == user.pk or permissions.is_administrator(user):
        return None
    return "Chỉ người tải tệp lên hoặc quản trị hệ thống được hủy."


def may_undo(user: User | None, job: Import, now) -> str | None:
    """The person who uploaded the file; once that person has left, whoever could do so today."""
    if user is None:
        return None
    if (refusal := _of_kind(user, job)) or job.uploaded_by_id == user.pk or _has_left(job):
        return refusal
    return "Người tải tệp lên còn giữ nhiệm vụ này; hãy đề nghị người đó hoàn tác."


def takes_over(user: User, job: Import) -> bool:
    """Whether a written import of somebody else, who has left, is this person's to undo."""
    return job.state in State.WRITTEN and _of_kind(user, job) is None and _has_left(job)


def _has_left(job: Import) -> bool:
    """Nobody uploaded it but the system, or a person who could not do so today."""
    sender = job.uploaded_by
    return sender is None or not sender.is_active or _of_kind(sender, job) is not None


def _of_kind(user: User, job: Import) -> str | None:
    kind = kind_of(job.kind)
    if kind is None:
        return "Cổng không còn nhận loại dữ liệu này."
    return kind.refusal(user, job.options)


def carries_on(user: User | None, job: Import, now) -> str | None:
    """Who may begin a piece of work may take it up again."""
    asked = may_undo if job.state == State.UNDOING else brings_it_in
    return asked(user, job, now)


def still_waits(job: Import, note: str, now) -> str | None:
    if now - job.uploaded_at > WAITS:
        return "Tệp đã chờ quá 24 giờ, số liệu đối chiếu có thể đã cũ; hãy tải tệp lên lại."
    return None


def stands_still(job: Import, note: str, now) -> str | None:
    if is_interrupted(job) or is_forgotten(job):
        return None
    return "Cổng đang xử lý lần nhập này; hãy chờ, hoặc dừng lại."


def has_its_file(job: Import, note: str, now) -> str | None:
    if job.state == State.READING and not job.file:
        return "Tệp không được giữ lại trên cổng; hãy hủy rồi tải tệp lên lại."
    return None


def can_be_taken_back(job: Import, note: str, now) -> str | None:
    """The old values of rows are kept so long; they hold personal data."""
    if now - job.finished_at > timedelta(days=settings.IMPORT_UNDO_DAYS):
        return f"Chỉ hoàn tác được trong {settings.IMPORT_UNDO_DAYS} ngày kể từ khi ghi."
    return None


def of_use(job: Import, note: str, now) -> str | None:
    kind = kind_of(job.kind)
    return " ".join(kind.outdated(job)) or None if kind else None


def nothing_came_after(job: Import, note: str, now) -> str | None:
    """Imports of one kind and with the same options are taken back in the reverse order."""
    later = Import.objects.filter(
        kind=job.kind, options=job.options, state=State.DONE, finished_at__gt=job.finished_at
    )
    last = later.order_by("-finished_at").first()
    if last is None:
        return None
    return f"Sau đó đã ghi tệp “{last.name}” vào cùng chỗ; hãy hoàn tác lần nhập đó trước."


def nothing_rests_on_it(job: Import, note: str, now) -> str | None:
    kind = kind_of(job.kind)
    reasons = kind.hold_back(job) if kind else []
    return " ".join(reasons) or None


STEPS = {
    "confirm": Step(
        "xác nhận ghi", ("waiting",), State.WRITING, brings_it_in, (still_waits, of_use)
    ),
    "resume": Step(
        "tiếp tục",
        ("reading", "writing", "undoing"),
        State.WRITING,
        carries_on,
        (stands_still, has_its_file),
    ),
    "cancel": Step(
        "hủy", ("reading", "faulty", "waiting", "writing"), State.CANCELLED, may_give_up
    ),
    "undo": Step(
        "hoàn tác",
        ("done",),
        State.UNDONE,
        may_undo,
        (can_be_taken_back, nothing_came_after, nothing_rests_on_it),
    ),
}
