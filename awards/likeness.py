"""Entries of the ledger that look like one another, for a note to whoever enters them.

Alike are: the same name whatever its spelling, the same number of the decision however it was
typed, the same year. It may be one award entered twice; people tell.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from awards.kinds import Recipient
from awards.models import Honour
from awards.names import name_key, number_key
from config.text import vn_date


class Look(NamedTuple):
    """What two entries have in common when they look alike.

    ``open``: everybody sees them by name; a note about one kind never tells of the other.
    """

    open: bool
    name: str
    number: str
    year: int


def look_of(recipient: str, name: str, number: str, decided_on: date) -> Look:
    key = name_key(name, recipient)
    return Look(recipient in Recipient.OPEN, key, number_key(number), decided_on.year)


def on_file(looks: Collection[Look]) -> dict[Look, list[Honour]]:
    """The entries of these looks; one query."""
    found = defaultdict(list)
    rows = Honour.objects.filter(name_key__in={look.name for look in looks})
    for row in rows.select_related("unit").order_by("decided_on", "pk"):
        look = look_of(row.recipient, row.name, row.number, row.decided_on)
        if look in looks:
            found[look].append(row)
    return found


def note(honour: Honour) -> str:
    """What to say of an entry on file that the new one looks like; names nobody."""
    return (
        f"Giống khen thưởng đã ghi theo quyết định số {honour.number} ngày "
        f"{vn_date(honour.decided_on)}, {honour.unit.name}: cùng tên, cùng số, cùng năm. Nếu là "
        "một khen thưởng, chỉ giữ một dòng."
    )


def notes_on(honour: Honour) -> list[str]:
    """What to say of a saved entry; one query."""
    look = look_of(honour.recipient, honour.name, honour.number, honour.decided_on)
    return [note(row) for row in on_file({look})[look] if row.pk != honour.pk]
