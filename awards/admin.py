"""Forms of commendation and the ledger of honours in Django's admin.

Writes pass through the actions. Persons and households are not listed here: their names are not
the administrators' concern; the board keeps them on the portal's own page.
"""

from django.contrib import admin

from awards import actions, rules
from awards.imports import HONOURS, honour_rows
from awards.models import AwardForm, Honour
from awards.queries import register_starts
from campaign.admin import CatalogueAdmin
from config import clock
from config.text import fold
from units.admin import RegisterAdmin
from units.admin_forms import ActionForm
from units.admin_imports import KindAdminMixin


@admin.register(AwardForm)
class AwardFormAdmin(CatalogueAdmin):
    list_display = ["name", "code", "clause"]
    ordering = ["position"]
    known_by = ("campaign", "code")


class HonourForm(ActionForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "recipient" in self.fields:
            named = dict(Honour.Recipient.choices)
            open_to_all = [(kind, named[kind]) for kind in Honour.Recipient.OPEN]
            self.fields["recipient"].choices = open_to_all

    def obstacles(self):
        told = {"register_starts": register_starts(), "today": clock.today()}
        return rules.obstacles_to_honouring(self.instance, **told)


@admin.register(Honour)
class HonourAdmin(KindAdminMixin, RegisterAdmin):
    form = HonourForm
    list_display = ["name", "recipient", "form", "number", "decided_on", "unit"]
    list_filter = ["recipient", "form", "decided_on"]
    list_select_related = ["form", "unit"]
    ordering = ["sort_key", "decided_on"]
    search_fields = ["search", "unit__search"]
    search_help_text = "Tên, số quyết định hoặc đơn vị, gõ không dấu cũng được"
    autocomplete_fields = ["unit"]
    kinds = ("khen-thuong",)

    def get_queryset(self, request):
        return super().get_queryset(request).filter(recipient__in=Honour.Recipient.OPEN)

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))

    def table_definition(self):
        return HONOURS

    def table_rows(self, rows):
        return honour_rows(rows.select_related("unit", "form"))

    def save_model(self, request, obj, form, change):
        actions.save_honour(obj, by=request.user)
