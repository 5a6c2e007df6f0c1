"""What the demonstration has done so far, kept in the log, and what must not be touched.

Each step writes its own log row in the transaction of what it does. So a load that was broken
off goes on where it stopped, and the log tells for ever that the data are invented.
"""

from collections.abc import Callable

from django.db import transaction

from campaign.models import Campaign
from config.text import vn_number
from config.workflow import RuleViolation
from reports.demo.people import is_demo_username
from units.actions import record
from units.models import LogEntry, User

ACTION = "load_demo"
BEGUN, FINISHED = "Dữ liệu trình diễn: bắt đầu nạp", "Dữ liệu trình diễn: đã nạp xong"
STRANGERS_NAMED = 5


class Journal:
    """The steps already done, for this campaign."""

    def __init__(self, campaign: Campaign):
        self.campaign = campaign
        self.done = set(_rows(campaign).values_list("label", flat=True))

    @property
    def begun(self) -> bool:
        return BEGUN in self.done

    @property
    def finished(self) -> bool:
        return FINISHED in self.done

    def once(self, label: str, step: Callable | None = None, *args, **options) -> bool:
        """Do a step and note it, both or neither; whether there was anything to do."""
        if label in self.done:
            return False
        with transaction.atomic():
            if step:
                step(*args, **options)
            record(ACTION, self.campaign, by=None, unit=self.campaign.province, label=label)
        self.done.add(label)
        return True

    def refuse_real_data(self) -> None:
        """Invented figures never stand beside real ones.

        Every report, review and score names the account that made it. So before the first step
        there may be no account at all; later only the demonstration's own.
        """
        users = [name for name in _usernames() if not (self.begun and is_demo_username(name))]
        if users:
            named = ", ".join(users[:STRANGERS_NAMED]) + ("…" if users[STRANGERS_NAMED:] else "")
            raise RuleViolation(
                f"Cơ sở dữ liệu đã có {vn_number(len(users))} tài khoản không thuộc bản trình diễn "
                f"({named}): không nạp dữ liệu trình diễn vào đây. Hãy dùng một cơ sở dữ liệu mới, "
                "trống (đặt DATABASE_URL hoặc VAR_DIR khác)."
            )


def _rows(campaign: Campaign):
    rows = LogEntry.objects.filter(model=Campaign._meta.label, object_id=campaign.pk)
    return rows.filter(action=ACTION)


def _usernames() -> list[str]:
    return list(User.objects.order_by("username").values_list("username", flat=True))
