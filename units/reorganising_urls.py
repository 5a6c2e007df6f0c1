"""Addresses of reorganisations, under "sap-xep/"."""

from django.urls import path

from units.views import reorganising

urlpatterns = [
    path("", reorganising.reorganisations, name="reorganisations"),
    path(
        "bang.<suffix:suffix>",
        reorganising.reorganisations_download,
        name="reorganisations_download",
    ),
    path("moi/", reorganising.start, name="reorganisation_start"),
    path("chua-bo-tri/", reorganising.unplaced, name="unplaced"),
    path("<int:pk>/", reorganising.reorganisation, name="reorganisation"),
    path("<int:pk>/van-ban/", reorganising.head, name="reorganisation_head"),
    path("<int:pk>/don-vi/", reorganising.units, name="reorganisation_units"),
    path("<int:pk>/don-vi/<int:number>/", reorganising.group, name="reorganisation_group"),
    path(
        "<int:pk>/don-vi/<int:number>/sua/",
        reorganising.group_change,
        name="reorganisation_group_change",
    ),
    path("<int:pk>/truc-thuoc/", reorganising.children, name="reorganisation_children"),
    path("<int:pk>/nguoi/", reorganising.seats, name="reorganisation_people"),
    path("<int:pk>/xem-truoc/", reorganising.preview, name="reorganisation_preview"),
    path("<int:pk>/thuc-hien/", reorganising.carry_out, name="reorganisation_carry_out"),
    path("<int:pk>/hoan-tac/", reorganising.undo, name="reorganisation_undo"),
    path("<int:pk>/bo/", reorganising.drop, name="reorganisation_drop"),
]
