"""Addresses of villages, enterprises and persons, under /don-vi/."""

from django.urls import path

from units.kinds import Kind
from units.views import participants, persons

urlpatterns = [
    path(
        "<int:pk>/them-thon/",
        participants.participant_add,
        {"kind": Kind.VILLAGE},
        name="add_village",
    ),
    path(
        "<int:pk>/them-doanh-nghiep/",
        participants.participant_add,
        {"kind": Kind.ENTERPRISE},
        name="add_enterprise",
    ),
    path("<int:pk>/sua/", participants.participant_edit, name="participant_edit"),
    path("<int:pk>/ket-thuc/", participants.participant_end, name="participant_end"),
    path("ca-nhan/", persons.person_list, name="persons"),
    path("ca-nhan/bang.<suffix:suffix>", persons.person_download, name="persons_download"),
    path("ca-nhan/them/", persons.person_add, name="person_add"),
    path("ca-nhan/<int:pk>/", persons.person_detail, name="person"),
    path("ca-nhan/<int:pk>/sua/", persons.person_edit, name="person_edit"),
]
