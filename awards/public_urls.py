"""Addresses under /vinh-danh/."""

from django.urls import path

from awards.views import public

app_name = "honoured"

urlpatterns = [
    path("", public.roll, name="roll"),
    path("bang.<suffix:suffix>", public.roll_download, name="roll_download"),
]
