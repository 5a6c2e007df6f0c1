"""What waits for a person: the home page "Việc của tôi"."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from campaign.models import Period
from config import clock
from config.text import vn_date, vn_number
from reports.models import TO_BOARD, Report, left_to_board
from reports.queries.commendation import commendation_tasks
from reports.queries.council_tasks import council_tasks
from reports.queries.decision_tasks import decision_tasks
from reports.queries.expected import expected_units
from reports.queries.task import Task
from reports.states import State
from units.imports.road import history
from units.imports.road.steps import WAITS
from units.kinds import Role
from units.models import Appointment, Import
from units.reorganising.people import AHEAD, unplaced_seats


def open_periods(campaign, now):
    """The periods that ask for reports now: begun, and not all of their locks past."""
    return (
        Period.objects.filter(
            campaign=campaign, starts__lte=clock.day_of(now), deadlines__lock__gte=now
        )
        .distinct()
        .prefetch_related("deadlines")
        .order_by("year", "kind")
    )


def tasks_for(user, campaign, now) -> list[Task]:
    """Everything that waits for the user, the most urgent first."""
    found = [
        *_own_reports(user, campaign, now),
        *_to_receive(user),
        *_own_imports(user),
        *_people_to_place(user, now),
        *commendation_tasks(user, now),
        *council_tasks(user),
        *decision_tasks(user),
    ]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    return sorted(found, key=lambda task: (task.due or far, task.title))


def _own_reports(user, campaign, now):
    """The reports that the user's units owe: to start, to write, to sign, to mend."""
    units = [unit.pk for unit in user.units_as(*Role.OF_UNIT)]
    leads = {unit.pk for unit in user.units_as(Role.LEADER)}
    for period in open_periods(campaign, now) if units else ():
        due = {deadline.tier: deadline.due for deadline in period.deadlines.all()}
        owing = list(expected_units(period).filter(pk__in=units).in_order())
        reports = {
            report.unit_id: report
            for report in Report.objects.filter(period=period, unit__in=owing)
        }
        for unit in owing:
            report, until = reports.get(unit.pk), due[unit.tier]
            yield from _own_report(unit, period, report, until, signs=unit.pk in leads)


def _own_report(unit, period, report, due, *, signs):
    if report is None:
        url = reverse("reports:start", args=[period.code, unit.pk])
        yield Task("start", f"Lập {period.title}", unit.name, url, due, post=True)
    elif report.state == State.SIGNING:
        title = f"Ký, gửi {period.title}" if signs else f"Chờ lãnh đạo ký: {period.title}"
        url = reverse("reports:check", args=[report.pk])
        yield Task("sign" if signs else "wait", title, unit.name, url, due)
    elif report.state == State.RETURNED:
        yield Task(
            "mend", f"Sửa {period.title} bị trả lại", unit.name, report.get_absolute_url(), due
        )
    elif report.state == State.DRAFT:
        yield Task("write", f"Hoàn thiện {period.title}", unit.name, report.get_absolute_url(), due)


def under_way(user, campaign, now):
    """Reports of the user's units that were sent and need nothing from them: where they stand."""
    sent = Report.objects.of_own_unit(user).filter(
        period__in=open_periods(campaign, now), state__in=(State.SUBMITTED, State.ACCEPTED)
    )
    return sent.for_list().select_related("receiver")


def to_receive(user):
    """The sent reports that the user may receive, oldest first: the queue."""
    return Report.objects.filter(receivable_by(user), state=State.SUBMITTED)


def receivable_by(user) -> Q:
    """Reports from below the user's units, and below those that they took over whole; for the

    board those that go to the province, and those whose receiver has ended without an heir.
    """
    receiving = [*user.units_as(*Role.OF_UNIT), *user.taken_over()]
    mine = Q(receiver__in=receiving) & ~TO_BOARD
    if Role.BOARD not in user.role_names():
        return mine
    return mine | TO_BOARD | left_to_board(clock.today())


def _to_receive(user):
    waiting = to_receive(user).count()
    if waiting:
        yield Task(
            "receive", f"{waiting} báo cáo chờ nhận", "Hàng chờ rà soát", reverse("reports:queue")
        )


def _own_imports(user):
    """Files that wait for their owner: to be confirmed, to be mended, still at work."""
    for job in history.waiting_for(user):
        until = job.uploaded_at + WAITS if job.state == Import.State.WAITING else None
        title = f"Tệp nhập “{job.name}”: {job.get_state_display()}"
        yield Task("import", title, history.title_of(job), job.get_absolute_url(), until)


def _people_to_place(user, now):
    """For administrators: roles that end with their units, before their holders are locked out."""
    if Role.ADMINISTRATOR not in user.role_names():
        return
    soon = clock.day_of(now) + AHEAD
    number, url = unplaced_seats(soon).count(), reverse("units:unplaced")
    if not Appointment.objects.administrators(soon).exists():
        title = f"Từ {vn_date(soon)} hoặc sớm hơn, cổng không còn quản trị hệ thống nào"
        detail = "Hãy giao vai trò này cho người ở đơn vị còn tiếp tục, hoặc bố trí người."
        yield Task("place", title, detail, url)
    if number:
        title = f"{vn_number(number)} vai trò ở đơn vị đã hoặc sắp kết thúc chưa được bố trí"
        yield Task("place", title, "Bố trí người", url)
