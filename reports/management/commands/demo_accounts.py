"""``manage.py demo_accounts``: who can sign in to the demonstration, and what to try as whom."""

from django.core.management.base import BaseCommand

from config.text import vn_number
from reports.demo.people import LEADER, PASSWORD, REPORTER, is_demo_username, tries
from units.models import Appointment

HEADS = ("Tên đăng nhập", "Vai trò", "Đơn vị", "Thử gì")


class Command(BaseCommand):
    help = "In các tài khoản của bản trình diễn, mật khẩu chung và việc nên thử."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="in mọi tài khoản")

    def handle(self, *args, **options):
        seats = _seats()
        if not seats:
            self.stdout.write("Chưa có dữ liệu trình diễn; nạp bằng “manage.py load_demo”.")
            return
        wanted = tries()
        names = sorted(seats) if options["all"] else [name for name in wanted if name in seats]
        rows = [_row(seats[name], wanted.get(name, "")) for name in names]
        self.stdout.write("\n".join(_table([HEADS, *rows])))
        if not options["all"]:
            self.stdout.write(
                f"… và {vn_number(len(seats) - len(rows))} tài khoản khác: mỗi đơn vị có hai, "
                f"ví dụ syt.{REPORTER}, syt.{LEADER}; xã theo mã, ví dụ xa08911.{REPORTER}. "
                "Xem hết: manage.py demo_accounts --all"
            )
        self.stdout.write(f"Mật khẩu của mọi tài khoản: {PASSWORD}")


def _seats() -> dict[str, Appointment]:
    """Username → the newest appointment, of the demonstration's accounts."""
    rows = Appointment.objects.select_related("user", "unit").order_by("starts", "pk")
    return {seat.user.username: seat for seat in rows if is_demo_username(seat.user.username)}


def _row(seat: Appointment, to_try: str) -> tuple[str, ...]:
    return seat.user.username, seat.role_label, seat.unit.name, to_try


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    """Lines with the columns one under the other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
