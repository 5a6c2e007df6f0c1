"""Addresses of the import road."""

from django.urls import path

from units.views import imports

app_name = "imports"

urlpatterns = [
    path("", imports.home, name="home"),
    path("bang.<suffix:suffix>", imports.history_download, name="history_download"),
    path("<uuid:token>/", imports.detail, name="detail"),
    path("<uuid:token>/tien-do/", imports.progress, name="progress"),
    path("<uuid:token>/loi.xlsx", imports.returned, name="returned"),
    path("<uuid:token>/tep/", imports.source, name="source"),
    path("<uuid:token>/buoc/<slug:name>/", imports.step, name="step"),
    path("<slug:slug>/", imports.start, name="start"),
    path("<slug:slug>/mau.<suffix:suffix>", imports.template, name="template"),
]
