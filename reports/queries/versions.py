"""The sendings of a report, as far as a person may see them."""

from reports.permissions import works_in_unit


def withdrawn(report) -> set[int]:
    """The numbers of the sendings that the unit took back before anybody had read them."""
    steps = report.steps.filter(name__in=("send", "withdraw")).order_by("pk")
    numbers, sent = set(), 0
    for name in steps.values_list("name", flat=True):
        if name == "send":
            sent += 1
        else:
            numbers.add(sent)
    return numbers


def versions_for(user, report):
    """Every sending for the own unit; for others a withdrawn one is as if never made."""
    versions = report.versions.select_related("sent_by")
    if works_in_unit(user, report) is None:
        return versions
    return versions.exclude(number__in=withdrawn(report))
