"""What leaves the portal with names of people in it is noted."""

from django.db import transaction
from django.db.models import Model

from units.actions.checking import anew
from units.actions.log import record
from units.models import Unit, User


@transaction.atomic
def note_taken_away(
    noun: type[Model], *, by: User, asked: str = "", unit: Unit | None = None
) -> None:
    """Log that somebody took away a list of people, of all units they may see or of one.

    ``asked``: the filter as in the address, where it cannot spell a name that the readers of the
    log may not know.
    """
    meta = noun._meta
    changes = {"asked": ["", asked]} if asked else {}
    label = f"Tải về danh sách {meta.verbose_name_plural}"
    told = {"unit": unit, "changes": changes, "label": label}
    record(f"export_{meta.model_name}", noun(), by=anew(by), **told)
