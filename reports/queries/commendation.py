"""What waits for a person in the commendations: dossiers, flags, rounds that receive."""

from collections.abc import Iterator
from datetime import datetime, time

from django.urls import reverse

from awards.candidates import proposers_for, rounds_open_to
from awards.models import Flag, Round
from awards.waiting import numbers_waiting
from config import clock
from config.text import VIETNAM, vn_number
from reports.queries.task import Task
from units.kinds import Role

TITLES = {
    "sua": ("nominate-mend", "hồ sơ khen thưởng bị trả lại, cần sửa và trình lại"),
    "lap": ("nominate", "hồ sơ khen thưởng đang lập, chưa trình"),
    "chuyen": ("nominate", "hồ sơ khen thưởng chờ xem xét, chuyển lên"),
    "tham-dinh": ("nominate", "hồ sơ khen thưởng chờ thẩm định"),
}
"""By the kind of work (``awards.waiting``): how it is marked and called."""


def commendation_tasks(user, now) -> Iterator[Task]:
    """One task for each kind of work, with the list that holds it; three queries."""
    if not user.role_names() & {*Role.OF_UNIT, Role.BOARD}:
        return
    for name, number in numbers_waiting(user).items():
        if number:
            kind, words = TITLES[name]
            url = reverse("awards:nominations", query={"viec": name})
            yield Task(kind, f"{vn_number(number)} {words}", "Đề nghị khen thưởng", url)
    if number := Flag.objects.waiting_for(user).count():
        title = f"{vn_number(number)} giới thiệu khen thưởng chờ trả lời"
        yield Task("flag", title, "Giới thiệu khen thưởng", reverse("awards:flags"))
    yield from _rounds(user, clock.day_of(now))


def _rounds(user, day) -> Iterator[Task]:
    """Rounds that receive today, for those whose units propose; the last day counts whole."""
    if not proposers_for(user):
        return
    rounds = rounds_open_to(Round.objects.visible_to(user), day).select_related("unit")
    for round in rounds.order_by("due", "pk"):
        due = datetime.combine(round.due, time(23, 59, 59), VIETNAM)
        title = f"Đề nghị khen thưởng: {round.title}"
        yield Task("round", title, f"{round.unit.name} nhận hồ sơ", round.get_absolute_url(), due)
