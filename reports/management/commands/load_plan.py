"""``manage.py load_plan``: bring the plan in, app by app, and tell what changed.

Each app is one transaction with one log row; the register of units must be there first.
"""

from django.core.management.base import BaseCommand, CommandError

from awards import loading as awards
from campaign import loading as campaign
from config.workflow import RuleViolation
from criteria import loading as criteria
from reports import loading as reports


class Command(BaseCommand):
    help = "Nạp Kế hoạch 166/KH-UBND kèm theo cổng; chạy lại không đổi gì nếu tệp không đổi."

    def handle(self, *args, **options):
        try:
            plan, outcome = campaign.load()
            self._tell("Kế hoạch", outcome)
            self._tell("Tiêu chí, chỉ tiêu, khối thi đua", criteria.load(plan))
            self._tell("Hình thức, quy định khen thưởng", awards.load(plan))
            self._tell("Đề cương báo cáo, phụ biểu", reports.load(plan))
        except RuleViolation as refusal:
            raise CommandError("\n".join(refusal.args)) from refusal

    def _tell(self, part, outcome):
        self.stdout.write(f"{part}: {outcome.in_words()}.")
        for notice in outcome.notices:
            self.stdout.write(f"  - {notice}")
