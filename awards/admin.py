"""The forms of commendation in Django's admin; writes pass through ``campaign.actions``."""

from django.contrib import admin

from awards.models import AwardForm
from campaign.admin import CatalogueAdmin


@admin.register(AwardForm)
class AwardFormAdmin(CatalogueAdmin):
    list_display = ["name", "code", "clause"]
    ordering = ["position"]
    known_by = ("campaign", "code")
