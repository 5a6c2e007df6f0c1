"""Catalogues kept by hand: one door for all of them, for the apps above as well."""

from django.db import transaction
from django.db.models import CharField, Model, TextField

from config.text import clean_line, clean_text
from config.workflow import refuse
from units.actions import record
from units.actions.checking import anew, differences, refuse_invalid, stored
from units.permissions import keeps_catalogues


@transaction.atomic
def save_catalogue(obj: Model, *, by, reason: str = "") -> Model:
    """Enter or correct one row of a catalogue and log what changed; saving nothing new logs none.

    From then on the loader of the plan leaves the changed fields alone (``campaign.actions.plan``).
    """
    by = anew(by)
    refuse(keeps_catalogues(by))
    before = stored(obj)
    _tidy_texts(obj)
    refuse_invalid(obj)
    obj.save()
    names = tuple(field.name for field in obj._meta.fields if not field.primary_key)
    if changes := differences(before, obj, names):
        verb = "create" if before is None else "correct"
        record(f"{verb}_{obj._meta.model_name}", obj, by=by, changes=changes, reason=reason)
    return obj


def _tidy_texts(obj: Model) -> None:
    """One spelling, whatever keyboard or document a text came from."""
    for field in obj._meta.fields:
        value = getattr(obj, field.attname)
        if isinstance(value, str) and isinstance(field, TextField):
            setattr(obj, field.attname, clean_text(value))
        elif isinstance(value, str) and isinstance(field, CharField):
            setattr(obj, field.attname, clean_line(value))
