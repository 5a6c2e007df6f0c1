from django.urls import include, path

from units.views import poverty, units

app_name = "units"

urlpatterns = [
    path("", units.unit_list, name="list"),
    path("bang.<suffix:suffix>", units.unit_download, name="download"),
    path("<int:pk>/", units.unit_detail, name="detail"),
    path("<int:pk>/bang.<suffix:suffix>", units.unit_below_download, name="below_download"),
    path("ho/", include("units.household_urls")),
    path("ngheo/", poverty.review_table, name="poverty"),
    path("ngheo/bang.xlsx", poverty.review_download, name="poverty_download"),
    path("ngheo/chi-tieu/", poverty.review_plans, name="poverty_plans"),
]
