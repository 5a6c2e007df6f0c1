"""Addresses of the people of units, under /don-vi/."""

from django.urls import path

from units.views import people

urlpatterns = [
    path("thieu-nguoi/", people.people_thin, name="people_thin"),
    path(
        "thieu-nguoi/bang.<suffix:suffix>", people.people_thin_download, name="people_thin_download"
    ),
    path("<int:pk>/nguoi/", people.people, name="people"),
    path("<int:pk>/nguoi/bang.<suffix:suffix>", people.people_download, name="people_download"),
    path("<int:pk>/nguoi/giao/", people.people_give, name="people_give"),
    path("<int:pk>/nguoi/tai-khoan/", people.people_open, name="people_open"),
    path("<int:pk>/nguoi/<int:seat>/ket-thuc/", people.people_end, name="people_end"),
    path("<int:pk>/nguoi/<int:seat>/ban-giao/", people.people_hand_over, name="people_hand_over"),
    path("<int:pk>/nguoi/<int:seat>/mat-khau/", people.people_renew, name="people_renew"),
]
