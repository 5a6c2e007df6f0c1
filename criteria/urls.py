"""Addresses under /tieu-chi/."""

from django.urls import path

from criteria.views import evidence, rankings, sets

app_name = "criteria"

urlpatterns = [
    path("", sets.plan_sets, name="sets"),
    path("bo/<int:pk>/", sets.criteria_set, name="set"),
    path("bo/<int:pk>/diem/", sets.set_points, name="set_points"),
    path("bo/<int:pk>/phien-ban/", sets.set_version, name="set_version"),
    path("minh-chung/<int:pk>/", evidence.evidence, name="evidence"),
    path("xep-hang/", rankings.ranking_list, name="rankings"),
    path("xep-hang/tinh/", rankings.compute, name="ranking_compute"),
    path("xep-hang/<int:pk>/", rankings.ranking, name="ranking"),
    path("xep-hang/<int:pk>/hang/<int:row_pk>/", rankings.place, name="ranking_place"),
    path("xep-hang/<int:pk>/cong-bo/", rankings.publish, name="ranking_publish"),
]
