"""What is asked beside a file: the kind's form, and its answers as JSON."""

import inspect
from collections.abc import Mapping

from django import forms
from django.db.models import Model
from django.db.models.query import QuerySet

from config.workflow import RuleViolation
from units.imports.kind import ImportKind, kind_of
from units.imports.road.values import plain
from units.models import Import, User


def kind_of_job(job: Import) -> ImportKind:
    """The kind of a stored import; ``RuleViolation`` when the portal no longer knows it."""
    kind = kind_of(job.kind)
    if kind is None:
        raise RuleViolation(f"Cổng không còn nhận loại dữ liệu “{job.kind}”.")
    return kind


def options_form(kind: ImportKind, user: User | None, data: Mapping | None = None) -> forms.Form:
    """The form of what the kind asks; what is not told stands at its initial value."""
    takes = inspect.signature(kind.options).parameters
    extra = {"user": user} if "user" in takes or _passes_on(kind.options) else {}
    empty = kind.options(**extra)
    filled = data.copy() if hasattr(data, "copy") else dict(data or {})
    for name, field in empty.fields.items():
        initial = empty.get_initial_for_field(field, name)
        if name not in filled and initial is not None:
            filled[name] = field.prepare_value(initial)
    return kind.options(filled, **extra)


def _passes_on(form: type[forms.Form]) -> bool:
    """Whether a form names ``user`` in a constructor further up."""
    return any(
        "user" in inspect.signature(base.__init__).parameters
        for base in form.__mro__
        if "__init__" in vars(base)
    )


def as_json(cleaned: Mapping) -> dict:
    """A form's answers for ``Import.options``: rows of the database by their key."""
    return {name: _key(value) for name, value in cleaned.items()}


def _key(value):
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, QuerySet | list | tuple):
        return [_key(one) for one in value]
    return plain(value)


def told(kind: ImportKind, options: dict, user: User | None) -> list[tuple[str, str]]:
    """What was chosen, in words: (label, value) of each field that says something."""
    form = options_form(kind, user, options)
    return [
        (str(field.label), _words(form[name], options.get(name)))
        for name, field in form.fields.items()
        if options.get(name) not in (None, "", [])
    ]


def _words(bound: forms.BoundField, value) -> str:
    choices = getattr(bound.field, "choices", None)
    if isinstance(bound.field, forms.ModelChoiceField):
        found = bound.field.queryset.model._default_manager.filter(pk=value).first()
        return str(found or value)
    if choices is None:
        return str(value)
    return str(dict(bound.field.choices).get(value, value))
