"""``manage.py load_demo``: the demonstration year, invented, played through the portal's actions.

Only with DEBUG and a shifted clock, only into a database without real data. A load that was
broken off goes on where it stopped.
"""

from django.core.management.base import BaseCommand, CommandError

from config.workflow import RuleViolation
from reports.demo.loading import Selection, load


class Command(BaseCommand):
    help = "Nạp năm trình diễn (giả lập); chạy lại thì nạp tiếp phần còn thiếu."

    def add_arguments(self, parser):
        parser.add_argument(
            "--district", action="append", default=[], metavar="MÃ",
            help="chỉ nạp huyện, thành phố này và các xã của nó (ghi được nhiều lần)",
        )  # fmt: skip
        parser.add_argument(
            "--departments", type=int, metavar="SỐ", help="chỉ nạp chừng này sở, ban, ngành"
        )

    def handle(self, *args, **options):
        selection = Selection(tuple(options["district"]), options["departments"])
        try:
            load(selection, self._tell(options["verbosity"]))
        except RuleViolation as refusal:
            raise CommandError("\n".join(refusal.args)) from refusal

    def _tell(self, verbosity):
        def tell(line):
            if verbosity:
                self.stdout.write(line)
                self.stdout.flush()

        return tell
