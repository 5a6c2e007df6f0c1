from django.urls import path

from units.views import poverty, units

app_name = "units"

urlpatterns = [
    path("", units.unit_list, name="list"),
    path("bang.<suffix:suffix>", units.unit_download, name="download"),
    path("<int:pk>/", units.unit_detail, name="detail"),
    path("<int:pk>/bang.<suffix:suffix>", units.unit_below_download, name="below_download"),
    path("ngheo/", poverty.review_table, name="poverty"),
    path("ngheo/bang.xlsx", poverty.review_download, name="poverty_download"),
    path("ngheo/mau.xlsx", poverty.review_template, name="poverty_template"),
    path("ngheo/nhap/", poverty.review_import, name="poverty_import"),
    path("ngheo/nhap/<uuid:token>/", poverty.review_preview, name="poverty_preview"),
    path("ngheo/nhap/<uuid:token>/loi.xlsx", poverty.review_returned, name="poverty_returned"),
    path("ngheo/nhap/<uuid:token>/xac-nhan/", poverty.review_confirm, name="poverty_confirm"),
    path("ngheo/tep/<int:pk>/", poverty.review_source, name="poverty_source"),
    path("ngheo/chi-tieu/", poverty.review_plans, name="poverty_plans"),
]
