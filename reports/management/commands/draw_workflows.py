"""``manage.py draw_workflows``: put the diagrams of the step tables into README.md."""

from django.core.management.base import BaseCommand

from reports.diagrams import README, drawn


class Command(BaseCommand):
    help = "Vẽ lại sơ đồ các quy trình trong README.md từ bảng bước."

    def handle(self, *args, **options):
        README.write_text(drawn(README.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write("README.md đã có sơ đồ mới.")
