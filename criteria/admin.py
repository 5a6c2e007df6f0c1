"""The catalogues of criteria in Django's admin. Every write passes through ``criteria.actions``.

Points are not set here: the board sets them on the page of the set. A set that units have opened
checklists by is shown, not changed.
"""

from django import forms
from django.contrib import admin

from campaign import admin as campaign_admin
from config.text import fold
from criteria import rules
from criteria.actions.catalogue import obstacles, save_catalogue
from criteria.models import Block, BlockMember, CriteriaSet, Criterion, Indicator, Item
from units.admin_forms import ActionForm
from units.kinds import Tier
from units.permissions import is_administrator


class CatalogueForm(ActionForm):
    """Asks the same rules as the action, so that refusals stand at the form."""

    def obstacles(self):
        return obstacles(self.instance)


class IndicatorForm(CatalogueForm):
    tiers = forms.MultipleChoiceField(
        label="Nhóm đơn vị", choices=Tier.choices, widget=forms.CheckboxSelectMultiple
    )


class CatalogueAdmin(campaign_admin.CatalogueAdmin):
    """Rows and their inlines are written by the action of ``criteria``, as the user."""

    form = CatalogueForm

    def save_model(self, request, obj, form, change):
        save_catalogue(obj, by=request.user)

    def save_formset(self, request, form, formset, change):
        for obj in formset.save(commit=False):
            save_catalogue(obj, by=request.user)


class CatalogueInline(admin.TabularInline):
    """Rows of a parent: added and corrected, never deleted."""

    extra = 0
    can_delete = False

    def has_view_permission(self, request, obj=None):
        return is_administrator(request.user)

    def has_add_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return is_administrator(request.user)


class ItemInline(CatalogueInline):
    model = Item

    def has_change_permission(self, request, obj=None):
        closed = obj is not None and rules.not_opened(obj.criteria_set)
        return super().has_change_permission(request, obj) and not closed


class BlockMemberInline(CatalogueInline):
    model = BlockMember
    autocomplete_fields = ["unit"]


@admin.register(CriteriaSet)
class CriteriaSetAdmin(CatalogueAdmin):
    list_display = ["title", "letter", "tier", "version", "first_year", "last_year", "points"]
    list_filter = ["tier"]
    ordering = ["clause", "-version"]

    def has_change_permission(self, request, obj=None):
        closed = obj is not None and rules.not_opened(obj)
        return super().has_change_permission(request, obj) and not closed


@admin.register(Criterion)
class CriterionAdmin(CatalogueAdmin):
    exclude = ["points"]
    list_display = ["clause", "statement", "kind", "evidence_required", "criteria_set"]
    list_filter = ["criteria_set__tier", "kind"]
    list_select_related = ["criteria_set"]
    ordering = ["criteria_set__clause", "-criteria_set__version", "number"]
    inlines = [ItemInline]

    def has_change_permission(self, request, obj=None):
        closed = obj is not None and rules.not_opened(obj.criteria_set)
        return super().has_change_permission(request, obj) and not closed


@admin.register(Indicator)
class IndicatorAdmin(CatalogueAdmin):
    form = IndicatorForm
    list_display = ["label", "code", "unit", "rollup", "section"]
    list_filter = ["section", "rollup"]
    ordering = ["campaign", "position"]
    search_fields = ["label", "code"]
    known_by = ("campaign", "code", "kind")


@admin.register(Block)
class BlockAdmin(CatalogueAdmin):
    list_display = ["name", "tier", "campaign", "basis"]
    list_filter = ["tier"]
    ordering = ["campaign", "tier", "name"]
    inlines = [BlockMemberInline]
    search_fields = ["name", "members__unit__search"]
    known_by = ("campaign", "tier")

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))
