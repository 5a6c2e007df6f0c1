"""What leaves the portal with names of people in it is noted."""

from django.db import transaction
from django.db.models import Model

from units.actions.checking import anew
from units.actions.log import record
from units.models import User


@transaction.atomic
def note_taken_away(noun: type[Model], *, by: User, asked: str = "") -> None:
    """Log that somebody took away a list of people; ``asked``: the filter, as in the address."""
    meta = noun._meta
    changes = {"asked": ["", asked]} if asked else {}
    label = f"Tải về danh sách {meta.verbose_name_plural}"
    record(f"export_{meta.model_name}", noun(), by=anew(by), changes=changes, label=label)
