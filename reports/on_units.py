"""What reports add to the pages of units and of their people."""

from collections.abc import Iterable

from django.urls import reverse

from reports.models import Report
from reports.states import State
from units.handing_over import Work
from units.kinds import Role
from units.models import Unit, User
from units.pages import Counted, follows


def reports_of(unit: Unit, user: User) -> Counted | None:
    """The reports of a unit that the user may read, for its page."""
    if not follows(user, unit):
        return None
    rows = Report.objects.visible_to(user).filter(unit=unit)
    return Counted("Báo cáo", rows, reverse("reports:list", query={"q": unit.code}))


def reports_in_hand(leaver: User, unit: Unit, reader: User) -> Iterable[Work]:
    """Reports of the unit that are begun and not sent: whoever takes over goes on with them."""
    begun = Report.objects.filter(unit=unit, state__in=(State.DRAFT, State.SIGNING, State.RETURNED))
    own = unit in reader.units_as(*Role.OF_UNIT)
    for report in begun.select_related("period").order_by("period__year", "pk"):
        address = report.get_absolute_url() if own else ""
        words = f"{report.period.title}: {report.get_state_display()}"
        yield Work(words, "người nhận làm tiếp được ngay", address)
