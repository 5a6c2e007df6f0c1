"""Forms of commendation, the law, the rounds and the ledger of honours in Django's admin.

Writes pass through the actions. Persons and households are not listed here: their names are not
the administrators' concern; the board keeps them on the portal's own page.
"""

from django.contrib import admin, messages

from awards import actions, likeness, rules
from awards.imports import HONOURS, honour_rows
from awards.models import (
    RULES,
    AwardForm,
    BaseSalary,
    DayOff,
    Honour,
    OutlinePart,
    Round,
    RuleSet,
)
from awards.queries import register_starts
from awards.states import RoundState
from campaign.admin import CatalogueAdmin, SetElsewhereAdmin
from config import clock
from config.text import fold
from units.admin import RegisterAdmin
from units.admin_forms import ActionForm
from units.admin_imports import KindAdminMixin


@admin.register(AwardForm)
class AwardFormAdmin(CatalogueAdmin):
    list_display = ["name", "code", "family", "clause"]
    list_select_related = ["family"]
    ordering = ["position"]
    known_by = ("campaign", "family", "code")


@admin.register(BaseSalary)
class BaseSalaryAdmin(CatalogueAdmin):
    list_display = ["valid_from", "amount", "clause", "confidence"]
    ordering = ["-valid_from"]
    known_by = ("valid_from",)


@admin.register(DayOff)
class DayOffAdmin(CatalogueAdmin):
    """The days that the Government swaps each year are entered here."""

    list_display = ["date", "name", "working", "confidence"]
    list_filter = ["working"]
    date_hierarchy = "date"
    ordering = ["-date"]
    known_by = ("date",)


@admin.register(OutlinePart)
class OutlinePartAdmin(CatalogueAdmin):
    """The skeletons of achievement reports; dossiers that were begun keep theirs."""

    list_display = ["title", "recipient", "short", "position", "required", "confidence"]
    list_filter = ["recipient", "short"]
    ordering = ["recipient", "short", "position"]
    known_by = ("recipient", "short", "code")


class EditionAdmin(SetElsewhereAdmin):
    """Read here; the next edition is made on the portal's own page, with a reason."""

    def has_add_permission(self, request):
        return False


@admin.register(RuleSet)
class RuleSetAdmin(EditionAdmin):
    list_display = ["title", "edition", "current", "valid_from", "valid_to", "confidence"]
    list_filter = ["current"]
    ordering = ["-valid_from", "-edition"]


@admin.register(*RULES.values())
class RuleAdmin(EditionAdmin):
    list_display = ["form", "rule_set", "in_words", "clause", "confidence"]
    list_filter = ["rule_set", "confidence"]
    list_select_related = ["form", "rule_set"]
    ordering = ["rule_set", "position"]


@admin.register(Round)
class RoundAdmin(SetElsewhereAdmin):
    """Read here; the board and the leaders keep them on the portal's own page, drafts unseen."""

    list_display = ["title", "unit", "kind", "year", "opens", "due", "state"]
    list_filter = ["year", "kind", "state"]
    list_select_related = ["unit"]
    ordering = ["-year", "-due"]

    def has_add_permission(self, request):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(state=RoundState.DRAFT)


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
        for words in likeness.notes_on(obj):
            self.message_user(request, words, messages.WARNING)
