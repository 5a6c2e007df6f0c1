"""Addresses under /tieu-chi/."""

from django.urls import path

from criteria.views import evidence, rankings, sets

app_name = "criteria"

urlpatterns = [
    path("", sets.plan_sets, name="sets"),
    path("bang.<suffix:suffix>", sets.plan_sets_download, name="sets_download"),
    path("bo/<int:pk>/", sets.criteria_set, name="set"),
    path("bo/<int:pk>/bang.<suffix:suffix>", sets.set_download, name="set_download"),
    path("bo/<int:pk>/diem/", sets.set_points, name="set_points"),
    path("bo/<int:pk>/phien-ban/", sets.set_version, name="set_version"),
    path("minh-chung/<int:pk>/", evidence.evidence, name="evidence"),
    path("xep-hang/", rankings.ranking_list, name="rankings"),
    path("xep-hang/bang.<suffix:suffix>", rankings.rankings_download, name="rankings_download"),
    path("xep-hang/tinh/", rankings.compute, name="ranking_compute"),
    path("xep-hang/<int:pk>/", rankings.ranking, name="ranking"),
    path(
        "xep-hang/<int:pk>/bang.<suffix:suffix>",
        rankings.ranking_download,
        name="ranking_download",
    ),
    path("xep-hang/<int:pk>/hang/<int:row_pk>/", rankings.place, name="ranking_place"),
    path("xep-hang/<int:pk>/cong-bo/", rankings.publish, name="ranking_publish"),
]
