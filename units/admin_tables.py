"""The lists of Django's admin as tables to take away: the rows that the list's own filter finds."""

from collections.abc import Iterator

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.db import models
from django.shortcuts import redirect
from django.urls import path
from django.utils.text import capfirst

from config import access, downloads
from config.columns import at, moment
from config.paging import streamed
from config.sheets import CODE, DATE, DECIMAL, INTEGER, TEXT, Column, Definition, SheetError
from units.actions.exports import note_taken_away
from units.kinds import Role

KINDS = {
    models.DateField: DATE,
    models.DecimalField: DECIMAL,
    models.IntegerField: INTEGER,
    models.SlugField: CODE,
}
"""Kinds of columns by class of field, the others are texts."""
WIDTHS = {DATE: 13, DECIMAL: 14, INTEGER: 12, CODE: 16, TEXT: 30}
LONGEST_SHEET_TITLE = 31


class TableAdmin(admin.ModelAdmin):
    """A list with "bang.xlsx" and "bang.csv" beside it.

    ``table_fields``: what of a row is handed out; by default every field that people enter.
    ``names_people``: taking the list away is noted in the log.
    """

    change_list_template = "admin/register_change_list.html"
    table_fields: tuple[str, ...] = ()
    names_people = False

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_table"
        table = self.admin_site.admin_view(self.table)
        return [path("bang.<suffix:suffix>", table, name=name), *super().get_urls()]

    @access.audience(Role.ADMINISTRATOR)
    def table(self, request, suffix):
        """Every row of the list as it is filtered, in its order."""
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect(f"{request.path.rpartition('/')[0]}/?e=1")
        if self.names_people:
            asked = request.META.get("QUERY_STRING", "")
            note_taken_away(self.model, by=request.user, asked=asked)
        name, rows = str(self.opts.verbose_name_plural), self.table_rows(rows)
        try:
            return downloads.table(self.table_definition(), rows, name=name, suffix=suffix)
        except SheetError as refusal:  # more rows than a sheet holds
            messages.error(request, *refusal.args)
            return redirect(f"{request.path.rpartition('/')[0]}/")

    def table_definition(self) -> Definition:
        columns = [column for field in self._handed_out() for column in _columns(field)]
        title = capfirst(self.opts.verbose_name_plural).replace("/", "-")
        return Definition(title=title[:LONGEST_SHEET_TITLE], columns=tuple(columns))

    def table_rows(self, rows) -> Iterator[dict]:
        fields = self._handed_out()
        related = [field.name for field in fields if field.is_relation]
        for row in streamed(rows.select_related(*related) if related else rows):
            yield {name: value for field in fields for name, value in _values(field, row).items()}

    def _handed_out(self) -> list[models.Field]:
        if self.table_fields:
            return [self.opts.get_field(name) for name in self.table_fields]
        return [field for field in self.opts.concrete_fields if field.editable]


def _columns(field: models.Field) -> tuple[Column, ...]:
    label = capfirst(field.verbose_name)
    told = str(field.help_text) or f"Theo danh mục {field.model._meta.verbose_name_plural}."
    if isinstance(field, models.DateTimeField):
        return moment(field.name, label, told)
    kind = TEXT if field.choices or field.is_relation else _kind(field)
    options = {"grouped": kind != INTEGER, "multiline": isinstance(field, models.TextField)}
    if kind == DECIMAL:
        options["places"] = field.decimal_places
    return (Column(field.name, label, kind, help=told, width=WIDTHS[kind], **options),)


def _kind(field: models.Field) -> str:
    return next((kind for base, kind in KINDS.items() if isinstance(field, base)), TEXT)


def _values(field: models.Field, row: models.Model) -> dict:
    value = getattr(row, field.name)
    if isinstance(field, models.DateTimeField):
        return at(field.name, value)
    if field.choices:
        return {field.name: getattr(row, f"get_{field.name}_display")()}
    return {field.name: _plain(value)}


def _plain(value):
    """What a cell holds: structures and rows of other tables as text."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_change(told)}" for name, told in value.items())
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(value) if isinstance(value, models.Model) else value


def _change(told) -> str:
    """Old and new value as the log keeps them: "An → Bình"."""
    return " → ".join(map(str, told)) if isinstance(told, list) else str(told)
