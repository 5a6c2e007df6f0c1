"""Addresses under /khen-thuong/."""

from django.urls import path

from awards import views

app_name = "awards"

urlpatterns = [
    path("", views.honours, name="honours"),
    path("bang.<suffix:suffix>", views.honours_download, name="honours_download"),
    path("ghi/", views.honour_add, name="honour_add"),
    path("<int:pk>/", views.honour, name="honour"),
    path("<int:pk>/xoa/", views.honour_remove, name="honour_remove"),
    path("don-vi/<int:pk>/", views.unit_honours, name="unit_honours"),
    path(
        "don-vi/<int:pk>/bang.<suffix:suffix>",
        views.unit_honours_download,
        name="unit_honours_download",
    ),
]
