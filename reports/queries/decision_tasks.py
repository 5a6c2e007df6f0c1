"""Việc của tôi: what the council agreed to and what waits for its decision, for the keepers."""

from collections.abc import Iterator

from django.urls import reverse

from awards.submission_page import waiting
from config.text import vn_number
from reports.queries.task import Task
from units.kinds import Role


def decision_tasks(user) -> Iterator[Task]:
    """For whoever keeps rounds; two queries, none for others."""
    if not user.role_names() & {Role.BOARD, Role.LEADER}:
        return
    to_submit, to_decide = waiting(user)
    url = reverse("awards:submissions")
    if to_submit:
        title = f"{vn_number(to_submit)} hồ sơ Hội đồng đã thông qua, chờ lập tờ trình"
        yield Task("submission", title, "Tờ trình khen thưởng", url)
    if to_decide:
        title = f"{vn_number(to_decide)} hồ sơ chờ nhập quyết định"
        yield Task("decision", title, "Tờ trình đã trình", url)
