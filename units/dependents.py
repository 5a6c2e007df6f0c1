"""What has been built upon units or accounts: rows of any table that point at them.

Every app's tables are asked through the models' own relations, so that the apps above need not be
known here: a report, a household, an appointment, a line of the log each hold a row fast.
"""

from collections.abc import Collection

from django.db.models import Model, QuerySet


def built_upon(rows: QuerySet, *, but: Collection[str] = ()) -> list[str]:
    """The nouns of what points at any of the rows, in Vietnamese; empty when nothing does.

    ``but``: relations left out, as "model.field" of Django ("units.Succession.predecessor"). One
    cheap question for each relation, whatever the number of rows.
    """
    keys = rows.order_by().values("pk")
    found = []
    for model, field in _pointing_at(rows.model):
        if f"{model._meta.label}.{field.name}" in but:
            continue
        if model._base_manager.filter(**{f"{field.name}__in": keys}).exists():
            found.append(str(model._meta.verbose_name))
    return list(dict.fromkeys(found))


def _pointing_at(model: type[Model]):
    """Each foreign key to the model, hidden ones and those of plain many-to-many tables too."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and not relation.many_to_many:
            yield relation.related_model, relation.field
