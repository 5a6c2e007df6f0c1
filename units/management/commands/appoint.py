"""``manage.py appoint``: give an account a role, as the system; how the first administrator comes.

manage.py appoint an administrator --unit SNV --full-name "Trần Văn An" --basis "Quyết định …"
manage.py changepassword an
"""

from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from config import clock
from config.text import vn_date
from config.workflow import RuleViolation
from units import actions
from units.kinds import Role
from units.models import Unit, User


class Command(BaseCommand):
    help = "Giao vai trò cho một tài khoản (quản trị đầu tiên của cổng được giao bằng lệnh này)."

    def add_arguments(self, parser):
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("role", choices=Role.values, help="vai trò")
        parser.add_argument("--unit", required=True, help="mã đơn vị")
        parser.add_argument("--full-name", default="", help="họ và tên, khi cần lập tài khoản mới")
        parser.add_argument("--from", dest="starts", type=_day, help="từ ngày, dd/mm/yyyy")
        parser.add_argument("--basis", default="", help="căn cứ giao")

    def handle(self, *args, **options):
        starts = options["starts"] or clock.today()
        unit = Unit.objects.as_of(starts).filter(code=options["unit"]).first()
        if unit is None:
            raise CommandError(f"Ngày {vn_date(starts)} không có đơn vị mã “{options['unit']}”.")
        try:
            with transaction.atomic():
                user = _account(options["username"], options["full_name"])
                seat = actions.appoint(
                    user, unit, options["role"], by=None, starts=starts, basis=options["basis"]
                )
        except RuleViolation as refusal:
            raise CommandError("\n".join(refusal.args)) from refusal
        self.stdout.write(f"Đã giao: {seat}, từ {vn_date(starts)}.")
        if not user.has_usable_password():
            self.stdout.write(f"Đặt mật khẩu: manage.py changepassword {user.username}")


def _account(username, full_name):
    """The account, made when a name is given for a new one."""
    user = User.objects.filter(username=username).first()
    if user is None and not full_name:
        raise CommandError(f"Không có tài khoản “{username}”; thêm --full-name để lập mới.")
    return user or actions.save_user(User(username=username, full_name=full_name), by=None)


def _day(text):
    return datetime.strptime(text, "%d/%m/%Y").date()
