"""Addresses of the households, under /don-vi/ho/."""

from django.urls import path

from units.views import households

urlpatterns = [
    path("", households.household_list, name="households"),
    path("bang.<suffix:suffix>", households.household_download, name="households_download"),
    path("so-lieu/", households.household_counts, name="household_counts"),
    path(
        "so-lieu/bang.<suffix:suffix>",
        households.household_counts_download,
        name="household_counts_download",
    ),
    path("them/", households.household_add, name="household_add"),
    path("<int:pk>/", households.household_detail, name="household"),
    path("<int:pk>/sua/", households.household_edit, name="household_edit"),
    path("<int:pk>/tinh-trang/", households.household_status, name="household_status"),
    path("<int:pk>/dang-ky/", households.household_register, name="household_register"),
    path("dang-ky/<int:pk>/", households.household_outcome, name="household_outcome"),
    path("dang-ky/<int:pk>/bo/", households.household_withdraw, name="household_withdraw"),
]
