"""The registers in Django's admin. Every write passes through ``units.actions``.

An account's flags give no right here: each page asks for the administrator's appointment of
today (``is_staff`` only opens the door). Nothing is ever deleted; what ends gets an end date.
"""

from django.contrib import admin, messages
from django.contrib.auth import admin as auth_admin  # noqa: F401  # registers Group first
from django.contrib.auth.models import Group
from django.http import HttpResponseRedirect

from config.text import fold
from config.workflow import RuleViolation
from units import actions
from units.admin_forms import (
    AppointmentForm,
    StandardForm,
    SuccessionForm,
    UnitForm,
    UserForm,
)
from units.admin_imports import KindAdminMixin
from units.admin_tables import TableAdmin
from units.models import Appointment, LogEntry, PovertyStandard, Succession, Unit, User
from units.permissions import is_administrator

admin.site.unregister(Group)


class RegisterAdmin(TableAdmin):
    """Administrators only; no deleting; a refusal of the domain is told, never a crash."""

    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request):
        return is_administrator(request.user)

    def has_view_permission(self, request, obj=None):
        return is_administrator(request.user)

    def has_add_permission(self, request):
        return is_administrator(request.user)

    def has_change_permission(self, request, obj=None):
        return is_administrator(request.user)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form has told every refusal already, save those that came about meanwhile."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except RuleViolation as refusal:
            for reason in refusal.args:
                messages.error(request, reason)
            return HttpResponseRedirect(request.get_full_path())


@admin.register(Unit)
class UnitAdmin(KindAdminMixin, RegisterAdmin):
    kinds = ("thon", "doanh-nghiep")
    form = UnitForm
    fields = UnitForm.Meta.fields
    list_display = ["name", "code", "kind", "parent", "valid_from", "valid_to", "confidence"]
    list_filter = ["kind", "confidence"]
    list_select_related = ["parent"]
    ordering = ["sort_key", "valid_from"]
    search_fields = ["search"]
    search_help_text = "Tên hoặc mã, gõ không dấu cũng được"
    autocomplete_fields = ["parent"]

    def get_readonly_fields(self, request, obj=None):
        return ["code", "kind", "parent", "valid_from"] if obj else []

    def get_search_results(self, request, queryset, search_term):
        words = fold(search_term)
        return (queryset.matching(words) if words else queryset), False

    def save_model(self, request, obj, form, change):
        actions.save_unit(obj, by=request.user)


@admin.register(Succession)
class SuccessionAdmin(RegisterAdmin):
    form = SuccessionForm
    fields = SuccessionForm.Meta.fields
    list_display = ["predecessor", "successor", "date", "way", "confidence"]
    list_filter = ["date", "way", "confidence"]
    list_select_related = ["predecessor", "successor"]
    ordering = ["-date", "predecessor__sort_key"]
    search_fields = ["predecessor__search", "successor__search"]
    autocomplete_fields = ["predecessor", "successor"]

    def get_readonly_fields(self, request, obj=None):
        return ["predecessor"] if obj else []

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))

    def save_model(self, request, obj, form, change):
        actions.save_succession(obj, by=request.user)


@admin.register(User)
class UserAdmin(RegisterAdmin):
    form = UserForm
    fields = (*UserForm.Meta.fields, "new_password")
    list_display = ["username", "full_name", "position", "is_active", "last_login"]
    table_fields = ("username", "full_name", "position", "email", "is_active", "last_login")
    names_people = True
    list_filter = ["is_active"]
    ordering = ["username"]
    search_fields = ["username", "full_name", "email"]

    def lookup_allowed(self, lookup, value, request=None):
        """A filter in the address must not spell a password's hash out, letter by letter."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def save_model(self, request, obj, form, change):
        actions.save_user(obj, by=request.user, password=form.cleaned_data["new_password"])


@admin.register(Appointment)
class AppointmentAdmin(KindAdminMixin, RegisterAdmin):
    kinds = ("tai-khoan",)
    form = AppointmentForm
    fields = (*AppointmentForm.Meta.fields, "reason")
    list_display = ["user", "role", "unit", "starts", "ends"]
    names_people = True
    list_filter = ["role"]
    list_select_related = ["user", "unit"]
    ordering = ["-starts", "user__username"]
    search_fields = ["user__username", "user__full_name", "unit__search"]
    autocomplete_fields = ["user", "unit"]

    def get_readonly_fields(self, request, obj=None):
        return ["user", "unit", "role", "starts", "basis"] if obj else []

    def save_model(self, request, obj, form, change):
        if change:
            told = form.cleaned_data["reason"]
            actions.end_appointment(obj, by=request.user, ends=obj.ends, reason=told)
            return
        made = actions.appoint(
            obj.user,
            obj.unit,
            obj.role,
            by=request.user,
            starts=obj.starts,
            ends=obj.ends,
            basis=obj.basis,
        )
        obj.pk = made.pk


@admin.register(PovertyStandard)
class PovertyStandardAdmin(RegisterAdmin):
    form = StandardForm
    list_display = ["name", "code", "first_year", "last_year", "basis"]
    ordering = ["first_year"]

    def save_model(self, request, obj, form, change):
        actions.save_standard(obj, by=request.user)


@admin.register(LogEntry)
class LogEntryAdmin(RegisterAdmin):
    """The log is read, never written, here."""

    list_display = ["at", "by", "action", "label", "unit"]
    table_fields = ("at", "by", "action", "model", "label", "unit", "changes", "reason")
    names_people = True
    list_filter = ["action", "model"]
    list_select_related = ["by", "unit"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    search_fields = ["label", "by__username", "by__full_name"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
