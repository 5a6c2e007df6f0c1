from django.urls import include, path

from units.views import poverty, poverty_units, published, units

app_name = "units"

urlpatterns = [
    path("", units.unit_list, name="list"),
    path("bang.<suffix:suffix>", units.unit_download, name="download"),
    path("<int:pk>/", units.unit_detail, name="detail"),
    path("<int:pk>/bang.<suffix:suffix>", units.unit_below_download, name="below_download"),
    path("sap-xep/", include("units.reorganising_urls")),
    path("", include("units.participant_urls")),
    path("", include("units.people_urls")),
    path("ho/", include("units.household_urls")),
    path("ngheo/", poverty.review_table, name="poverty"),
    path("ngheo/bang.<suffix:suffix>", poverty.review_download, name="poverty_download"),
    path(
        "ngheo/xa/bang.<suffix:suffix>",
        poverty.communes_download,
        name="poverty_communes_download",
    ),
    path(
        "ngheo/hai-muc/bang.<suffix:suffix>", poverty.pairs_download, name="poverty_pairs_download"
    ),
    path(
        "ngheo/doi-chieu/bang.<suffix:suffix>",
        poverty.compared_download,
        name="poverty_compared_download",
    ),
    path("ngheo/chi-tieu/", poverty.review_plans, name="poverty_plans"),
    path(
        "ngheo/chi-tieu/bang.<suffix:suffix>",
        poverty.plans_download,
        name="poverty_plans_download",
    ),
    path("ngheo/kiem-tra/", published.published_check, name="poverty_check"),
    path(
        "ngheo/kiem-tra/mau.<suffix:suffix>",
        published.published_template,
        name="poverty_check_template",
    ),
    path("ngheo/bieu-do.svg", poverty.review_bars, name="poverty_bars"),
    path("ngheo/<int:pk>/", poverty_units.poverty_unit, name="poverty_unit"),
    path(
        "ngheo/<int:pk>/bang.<suffix:suffix>",
        poverty_units.poverty_unit_download,
        name="poverty_unit_download",
    ),
    path(
        "ngheo/<int:pk>/thon/bang.<suffix:suffix>",
        poverty_units.poverty_villages_download,
        name="poverty_villages_download",
    ),
    path(
        "ngheo/<int:pk>/doi-chieu/bang.<suffix:suffix>",
        poverty_units.poverty_unit_compared_download,
        name="poverty_unit_compared_download",
    ),
    path("ngheo/<int:pk>/bieu-do.svg", poverty_units.poverty_chart, name="poverty_chart"),
]
