"""The catalogues of the plan in Django's admin; every write passes through ``campaign.actions``.

Administrators only, nothing is deleted (``units.admin``). By what a row is known (its code, its
place) is set once, so that the loader of the plan finds it again; the fields changed here are
left alone by it. Deadlines are moved and leave is given on the portal's own pages, with a reason.
"""

from django import forms
from django.contrib import admin
from django.db.models import DecimalField

from campaign import actions, rules
from campaign.imports import CONTRIBUTIONS, contribution_rows
from campaign.models import (
    Campaign,
    Contribution,
    Deadline,
    Duty,
    Extension,
    Goal,
    Passage,
    Period,
    Phase,
)
from campaign.queries import campaign_years
from config import clock
from config.text import fold
from units.admin import RegisterAdmin
from units.admin_forms import ActionForm
from units.admin_imports import KindAdminMixin
from units.kinds import Tier


class CatalogueAdmin(RegisterAdmin):
    """One catalogue; ``known_by``: the fields that stay as they were entered."""

    form = ActionForm
    known_by = ()

    def get_readonly_fields(self, request, obj=None):
        return self.known_by if obj else ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Figures with a decimal comma, as everywhere in the portal."""
        if isinstance(db_field, DecimalField):
            kwargs["localize"] = True
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        actions.save_catalogue(obj, by=request.user)


class PassageForm(ActionForm):
    tiers = forms.MultipleChoiceField(
        label="Nhóm đối tượng",
        choices=Tier.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@admin.register(Campaign)
class CampaignAdmin(CatalogueAdmin):
    list_display = ["title", "plan_number", "plan_date", "starts", "ends"]
    ordering = ["-starts"]
    autocomplete_fields = ["province"]
    known_by = ("code",)


@admin.register(Goal)
class GoalAdmin(CatalogueAdmin):
    list_display = ["code", "statement", "direction", "target", "unit", "due"]
    list_select_related = ["campaign"]
    ordering = ["campaign", "position"]
    known_by = ("campaign", "code")


@admin.register(Passage)
class PassageAdmin(CatalogueAdmin):
    form = PassageForm
    list_display = ["clause", "part", "letter", "statement"]
    list_filter = ["part"]
    ordering = ["part", "position"]
    known_by = ("campaign", "part", "position")


@admin.register(Phase)
class PhaseAdmin(CatalogueAdmin):
    list_display = ["title", "clause", "starts", "ends"]
    ordering = ["position"]
    known_by = ("campaign", "position")


@admin.register(Period)
class PeriodAdmin(CatalogueAdmin):
    list_display = ["title", "kind", "year", "starts", "ends", "reference_date"]
    list_filter = ["kind"]
    ordering = ["year", "kind"]
    known_by = ("campaign", "code")


@admin.register(Duty)
class DutyAdmin(CatalogueAdmin):
    list_display = ["kind", "unit", "starts", "ends", "confidence"]
    list_filter = ["kind", "confidence"]
    list_select_related = ["unit"]
    ordering = ["kind", "starts"]
    autocomplete_fields = ["unit"]
    known_by = ("campaign", "kind", "unit", "starts")


class SetElsewhereAdmin(CatalogueAdmin):
    """Read here; changed on the portal's own page."""

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Deadline)
class DeadlineAdmin(SetElsewhereAdmin):
    """A tier that has no deadline yet gets one here; the board moves it on its own page."""

    list_display = ["period", "tier", "due", "lock", "note"]
    list_filter = ["tier", "period__year"]
    list_select_related = ["period"]
    ordering = ["period__year", "tier"]


@admin.register(Extension)
class ExtensionAdmin(SetElsewhereAdmin):
    list_display = ["unit", "deadline", "until", "granted_by", "granted_at"]
    list_select_related = ["unit", "deadline__period", "granted_by"]
    ordering = ["-granted_at"]
    search_fields = ["unit__search"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))

    def has_add_permission(self, request):
        return False


class RecordForm(ActionForm):
    def obstacles(self):
        told = {"years": campaign_years(), "this_year": clock.today().year}
        return rules.obstacles_to_recording(self.instance, **told)


@admin.register(Contribution)
class ContributionAdmin(KindAdminMixin, RegisterAdmin):
    """Kept on the portal's own pages as well; here with files for the whole province."""

    form = RecordForm
    fields = ("giver", "year", "receiver", "amount", "households", "jobs")
    list_display = ["giver", "year", "receiver", "amount", "households", "jobs"]
    list_filter = ["year"]
    list_select_related = ["giver", "receiver"]
    ordering = ["-year", "receiver__sort_key", "giver__sort_key"]
    search_fields = ["giver__search", "receiver__search"]
    autocomplete_fields = ["giver", "receiver"]
    kinds = ("dong-gop",)

    def get_readonly_fields(self, request, obj=None):
        return ["giver", "year", "receiver"] if obj else []

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))

    def table_definition(self):
        return CONTRIBUTIONS

    def table_rows(self, rows):
        return contribution_rows(rows)

    def save_model(self, request, obj, form, change):
        actions.save_contribution(obj, by=request.user)
