"""What is asked beside a file: the kind's form, and its answers as JSON."""

import inspect
from collections.abc import Mapping
from datetime import date
from functools import cached_property

from django import forms
from django.db.models import Model
from django.db.models.query import QuerySet
from django.utils.http import urlencode

from config.text import vn_date
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


def options_form(
    kind: ImportKind, user: User | None, data: Mapping | None = None, *, bound: bool = True
) -> forms.Form:
    """The form of what the kind asks; what is not told stands at its initial value."""
    takes = inspect.signature(kind.options).parameters
    extra = {"user": user} if "user" in takes or _passes_on(kind.options) else {}
    empty = kind.options(**extra)
    if not bound:
        return empty
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


class Choice:
    """What a person chose beside the file, in an address or a form; defaults where nothing is told.

    ``refusal`` says why no file can be brought in with it; None when one can.
    """

    def __init__(self, kind: ImportKind, user: User, data: Mapping):
        self.kind, self.user = kind, user
        self.form = options_form(kind, user, data)
        self.options = as_json(self.form.cleaned_data) if self.form.is_valid() else {}
        if not any(name in data for name in self.form.fields) and not self.form.is_valid():
            self.form = options_form(kind, user, data, bound=False)

    @cached_property
    def refusal(self) -> str | None:
        if not self.form.is_valid():
            return "Hãy chọn đủ các mục của bước 1."
        return self.kind.refusal(self.user, self.options)

    @property
    def words(self) -> list[tuple[str, str]]:
        """The choice as (label, value), for headings."""
        return told(self.form, self.options)

    @cached_property
    def hidden(self) -> list[tuple[str, str]]:
        """Names and values that carry the choice into the next form."""
        return [
            (bound.html_name, text)
            for bound in self.form
            for text in _as_sent(bound.field.widget, bound.value())
        ]

    @property
    def query(self) -> str:
        """The choice as it stands in an address."""
        return f"?{urlencode(self.hidden)}" if self.hidden else ""


def _as_sent(widget: forms.Widget, value) -> list[str]:
    found = widget.format_value(value)
    if found is None:
        return []
    return [str(one) for one in found] if isinstance(found, list | tuple) else [str(found)]


def told(form: forms.Form, options: Mapping) -> list[tuple[str, str]]:
    """What was chosen, in words: (label, value) of each field that says something."""
    return [
        (str(field.label), _words(field, options.get(name)))
        for name, field in form.fields.items()
        if options.get(name) not in (None, "", [])
    ]


def told_of(job: Import, user: User) -> list[tuple[str, str]]:
    """What was chosen for a stored import."""
    kind = kind_of(job.kind)
    return told(options_form(kind, user, bound=False), job.options) if kind else []


def _words(field: forms.Field, value) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return str(field.queryset.model._default_manager.filter(pk=value).first() or value)
    if isinstance(field, forms.DateField):
        return vn_date(date.fromisoformat(value))
    return str(dict(getattr(field, "choices", ())).get(value, value))
