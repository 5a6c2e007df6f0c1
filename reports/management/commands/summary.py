"""``manage.py summary interim-2023 --out DIR``: the summary of a period as Word, Excel and PDF."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from campaign.models import Period
from campaign.queries import current_campaign
from config import clock
from config.text import slug
from config.workflow import RuleViolation
from reports.actions.summaries import freeze_summary
from reports.documents import files
from reports.documents.snapshot import compose
from reports.documents.summary import Signing
from reports.queries.summaries import files_of, newest_frozen, open_draft


class Command(BaseCommand):
    help = (
        "Ghi báo cáo tổng hợp của một kỳ ra tệp .docx, .xlsx, .pdf: bản đã chốt mới nhất, "
        "hoặc bản DỰ THẢO theo số liệu hiện tại khi chưa chốt."
    )

    def add_arguments(self, parser):
        parser.add_argument("period", help="mã kỳ, ví dụ 2023, interim-2023, final-2025")
        parser.add_argument("--out", required=True, type=Path, help="thư mục ghi tệp")
        parser.add_argument("--freeze", action="store_true", help="chốt bản đang soạn trước")
        parser.add_argument("--by", default="", help="tên đăng nhập của người chốt")

    def handle(self, *args, period, out, freeze, by, **options):
        period = self._period(period)
        if freeze:
            self._freeze(period, by)
        summary = newest_frozen(period)
        contents = files_of(summary) if summary else self._live(period)
        out.mkdir(parents=True, exist_ok=True)
        state = f"bản {summary.edition}, mã {summary.sha256[:16]}" if summary else "DỰ THẢO"
        for form, content in contents.items():
            path = out / f"{slug(period.code)}.{form}"
            path.write_bytes(content)
            self.stdout.write(f"{path} ({len(content)} byte, {state})")

    def _period(self, code) -> Period:
        periods = Period.objects.filter(campaign=current_campaign())
        found = periods.select_related("campaign__province").filter(code=code).first()
        if found is None:
            known = ", ".join(periods.values_list("code", flat=True))
            raise CommandError(f"Không có kỳ “{code}”. Các kỳ: {known or 'chưa có'}.")
        return found

    def _freeze(self, period, username):
        user = get_user_model().objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"--by: không có tài khoản “{username}” đang hoạt động.")
        draft = open_draft(period)
        if draft is None:
            raise CommandError(f"{period} không có bản đang soạn để chốt; lập ở mục Tổng hợp.")
        try:
            freeze_summary(draft, by=user)
        except RuleViolation as refusal:
            raise CommandError(" ".join(refusal.args)) from refusal

    def _live(self, period) -> dict[str, bytes]:
        snapshot = compose(period, now=clock.now(), summary=open_draft(period))
        return {form: files.render(snapshot, Signing(), form) for form in files.FORMATS}
