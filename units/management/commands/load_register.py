"""``manage.py load_register``: bring the shipped register of units in and print what stands."""

from django.core.management.base import BaseCommand, CommandError

from config.text import vn_date, vn_number
from config.workflow import RuleViolation
from units.actions import load_standards
from units.kinds import Kind
from units.queries import counts_by_kind, days_of_change
from units.register import load_register

SHOWN = (Kind.PROVINCE, Kind.DEPARTMENT, Kind.DISTRICT, Kind.COMMUNE)


class Command(BaseCommand):
    help = "Nạp sổ đơn vị kèm theo cổng; chạy lại không đổi gì nếu tệp không đổi."

    def handle(self, *args, **options):
        try:
            counts = load_register()
            standards = load_standards()
        except RuleViolation as refusal:
            raise CommandError("\n".join(refusal.args)) from refusal
        self.stdout.write(
            f"Đơn vị: {vn_number(counts.units_new)} mới, {vn_number(counts.units_changed)} sửa, "
            f"{vn_number(counts.units_same)} giữ nguyên. "
            f"Kế thừa: {vn_number(counts.successions_new)} mới, "
            f"{vn_number(counts.successions_changed)} sửa, "
            f"{vn_number(counts.successions_same)} giữ nguyên. "
            f"Chuẩn nghèo: {vn_number(standards)} mới."
        )
        if options["verbosity"] > 0:
            self._print_counts()

    def _print_counts(self):
        """One line per day on which the register changes: how many units of each kind stand."""
        for day in days_of_change(SHOWN):
            found = counts_by_kind(day)
            told = "; ".join(
                f"{vn_number(found.get(kind, 0))} {Kind(kind).label}" for kind in SHOWN
            )
            self.stdout.write(f"Ngày {vn_date(day)}: {told}.")
